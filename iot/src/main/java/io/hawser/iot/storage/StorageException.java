package io.hawser.iot.storage;

/** A content that did not get where it should. */
public final class StorageException extends Exception {
    private static final long serialVersionUID = 1;

    /** What sort of failure it is. */
    public enum Kind {
        /** Nobody answered, or the connection broke, as often as it was tried. */
        UNREACHABLE,
        /** The server has no time now (503), as often as it was tried. */
        BUSY,
        /** The server does not let us (401 or 403), also with a new token. */
        DENIED,
        /** There is no such content at the server (404). */
        ABSENT,
        /** The server said no in another way. */
        REFUSED,
        /** What arrived is not what was sent, by its hash, as often as it was tried. */
        DAMAGED,
        /** The file on this side cannot be read or written. */
        LOCAL,
        /** It was cancelled, or the device closed. */
        CANCELLED,
        /** There is no room in the queue. */
        FULL
    }

    private final Kind kind;

    StorageException(Kind kind, String reason) {
        super(reason);
        this.kind = kind;
    }

    StorageException(Kind kind, String reason, Throwable cause) {
        super(reason, cause);
        this.kind = kind;
    }

    /** What sort of failure it is. */
    public Kind kind() {
        return kind;
    }

    /** True if it may go better next time. */
    boolean isPassing() {
        return kind == Kind.UNREACHABLE || kind == Kind.BUSY || kind == Kind.DAMAGED || kind == Kind.DENIED;
    }
}
