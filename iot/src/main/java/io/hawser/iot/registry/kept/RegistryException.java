package io.hawser.iot.registry.kept;

import java.util.concurrent.CompletionException;

/** The registry refused; the text says what and what to do. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of refusal it is. */
    private final Reason reason;

    /** Why the registry refuses. */
    public enum Reason {
        /** There is no such thing. */
        UNKNOWN,
        /** What was asked is not something that can be had at all. */
        INVALID,
        /** It cannot be had as things are: it is there already, or in another state. */
        CONFLICT,
        /** A limit is reached. */
        LIMIT,
        /** Whoever asks may not have it. */
        FORBIDDEN
    }

    /** With a text for the user. */
    public RegistryException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** What kind of refusal it is. */
    public Reason reason() {
        return reason;
    }

    /** What was wrong with a future that ended with {@code failure}. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
        return cause == null ? failure : cause;
    }

    /** There is no {@code what}. */
    public static RegistryException unknown(String what) {
        return new RegistryException(Reason.UNKNOWN, "there is no " + what);
    }

    /** What was asked can never be had. */
    public static RegistryException invalid(String message) {
        return new RegistryException(Reason.INVALID, message);
    }

    /** It cannot be had as things are. */
    public static RegistryException conflict(String message) {
        return new RegistryException(Reason.CONFLICT, message);
    }

    /** A limit is reached. */
    public static RegistryException limit(String message) {
        return new RegistryException(Reason.LIMIT, message);
    }

    /** Whoever asks may not have it. */
    public static RegistryException forbidden(String message) {
        return new RegistryException(Reason.FORBIDDEN, message);
    }
}
