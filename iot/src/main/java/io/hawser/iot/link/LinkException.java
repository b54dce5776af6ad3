package io.hawser.iot.link;

import java.time.Duration;
import java.util.Optional;

/** A call to the server that did not do what it should: of which kind the failure is decides what is done next. */
public final class LinkException extends Exception {
    private static final long serialVersionUID = 1;

    /** What sort of failure it is. */
    public enum Kind {
        /** Nobody answered: no name, no connection, no time, a broken connection, no trust. */
        UNREACHABLE,
        /** The server has no time now (503). */
        BUSY,
        /** The server does not know us, or does not let us do this (401 or 403, also with a new token). */
        DENIED,
        /** The server said no in another way. */
        REFUSED,
        /** The server said something that has no meaning. */
        GARBLED,
        /** We have been closed. */
        CLOSED
    }

    private final Kind kind;
    private final int status;
    private final transient Optional<Duration> retryAfter;

    private LinkException(
            Kind kind, int status, String reason, Optional<Duration> retryAfter, Optional<Throwable> cause) {
        super(reason, cause.orElse(null));
        this.kind = kind;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** Nobody answered. */
    public static LinkException unreachable(String reason, Throwable cause) {
        return new LinkException(Kind.UNREACHABLE, 0, reason, Optional.empty(), Optional.of(cause));
    }

    /** The server has no time now; {@code retryAfter} is when it will have, if it says. */
    public static LinkException busy(String reason, Optional<Duration> retryAfter) {
        return new LinkException(Kind.BUSY, 503, reason, retryAfter, Optional.empty());
    }

    /** The server answered {@code status} for {@code reason}. */
    public static LinkException answered(Kind kind, int status, String reason) {
        return new LinkException(kind, status, reason, Optional.empty(), Optional.empty());
    }

    /** We have been closed. */
    public static LinkException closed() {
        return new LinkException(Kind.CLOSED, 0, "it is closed", Optional.empty(), Optional.empty());
    }

    /** What sort of failure it is. */
    public Kind kind() {
        return kind;
    }

    /** The status that the server answered; 0 if it did not. */
    public int status() {
        return status;
    }

    /** When the server will have time, if it said. */
    public Optional<Duration> retryAfter() {
        return retryAfter == null ? Optional.empty() : retryAfter;
    }
}
