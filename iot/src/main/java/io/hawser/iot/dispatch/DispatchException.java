package io.hawser.iot.dispatch;

/** Why the dispatcher gave a message up, or did not keep it. */
public final class DispatchException extends Exception {
    private static final long serialVersionUID = 1;

    /** What sort of reason it is. */
    public enum Reason {
        /** The content that the message speaks of could not be stored. */
        CONTENT_FAILED,
        /** The dispatcher was closed before the message could be sent; if it was being sent, it may have arrived. */
        CLOSED,
        /** The dispatcher was closed; the message lies on disk and leaves with the next one for the same endpoint. */
        KEPT,
        /** The message could not be kept on disk; it is queued in memory alone. */
        NOT_KEPT,
        /** The message is older than anything that is kept. */
        TOO_OLD
    }

    private final Reason reason;

    private DispatchException(Reason reason, String text) {
        super(text);
        this.reason = reason;
    }

    static DispatchException of(Reason reason, String text) {
        return new DispatchException(reason, text);
    }

    static DispatchException of(Reason reason, String text, Throwable cause) {
        DispatchException failure = new DispatchException(reason, text);
        failure.initCause(cause);
        return failure;
    }

    /** What sort of reason it is. */
    public Reason reason() {
        return reason;
    }
}
