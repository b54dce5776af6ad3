package io.hawser.app.terminal;

/** How a command can end; the numbers are part of the interface. */
public enum Exit {
    /** Done. */
    OK(0),
    /** It was tried and did not work. */
    FAILED(1),
    /** The command line or the configuration makes no sense. */
    USAGE(2),
    /** The hub cannot be reached. */
    NO_CONNECTION(3),
    /** The hub does not allow it. */
    DENIED(4),
    /** No answer came in time. */
    TIMEOUT(5),
    /** What it is about is not there. */
    NOT_FOUND(6);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    /** The process's exit code. */
    public int code() {
        return code;
    }
}
