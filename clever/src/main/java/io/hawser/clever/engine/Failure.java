package io.hawser.clever.engine;

/**
 * Why something that the program asked for was not done.
 *
 * @param kind what kind of failure it is
 * @param reason what was wrong, for people
 */
public record Failure(Kind kind, String reason) {
    /** What can go wrong. */
    public enum Kind {
        /** The peer, which is one of ours, said why not. */
        REFUSED,
        /** There is no connection, or it ended first. */
        CLOSED,
        /** No answer came in time. */
        TIMEOUT,
        /** It could not be sent in time and was not sent, or nothing showed in time that it came, and it was taken back. */
        EXPIRED,
        /** Too much waits to be sent already. */
        OVERFLOW,
        /** A file could not be read or written here. */
        FILE,
        /** Only peers of ours can do that. */
        UNSUPPORTED
    }

    static Failure closed(String reason) {
        return new Failure(Kind.CLOSED, reason);
    }
}
