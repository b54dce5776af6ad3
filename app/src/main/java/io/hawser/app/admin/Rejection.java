package io.hawser.app.admin;

/** What is asked cannot be done; the text says what is wrong and what to do. */
public final class Rejection extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    private Rejection(int status, String text) {
        super(text, null, false, false);
        this.status = status;
    }

    /** The question makes no sense. */
    public static Rejection wrong(String text) {
        return new Rejection(400, text);
    }

    /** The rules do not allow it. */
    public static Rejection denied(String text) {
        return new Rejection(403, text);
    }

    /** What it is about is not there. */
    public static Rejection missing(String text) {
        return new Rejection(404, text);
    }

    /** It makes sense, but not now. */
    public static Rejection conflict(String text) {
        return new Rejection(409, text);
    }

    /** The status of the answer. */
    public int status() {
        return status;
    }
}
