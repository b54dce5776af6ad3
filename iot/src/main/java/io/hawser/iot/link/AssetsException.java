package io.hawser.iot.link;

import java.io.IOException;

/** A provisioning file cannot be used, or not be written; the message says which, why, and what to do. */
public final class AssetsException extends IOException {
    private static final long serialVersionUID = 1;

    /** What sort of failure it is. */
    public enum Kind {
        /** There is no such file, or it may not be read. */
        UNREADABLE,
        /** The passphrase is wrong, or what is in the file is not whole; the format cannot tell one from the other. */
        UNOPENED,
        /** What it says has no meaning here. */
        UNUSABLE,
        /** It cannot be changed, as activation must: it or its folder is read-only. */
        READ_ONLY,
        /** It was not changed: the disk is full or broken. */
        UNWRITTEN
    }

    private final Kind kind;

    AssetsException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    AssetsException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** What sort of failure it is. */
    public Kind kind() {
        return kind;
    }
}
