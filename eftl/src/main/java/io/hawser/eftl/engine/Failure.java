package io.hawser.eftl.engine;

import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ServerFrame.Refusal;

/**
 * Why something that the program asked for was not done.
 *
 * @param kind what kind of failure it is
 * @param code the protocol's error or close code ({@code specs/eftl.md} 1.10 and 1.11)
 * @param reason what was wrong, for people
 */
public record Failure(Kind kind, int code, String reason) {
    /** What can go wrong. */
    public enum Kind {
        /** The server said no. */
        REFUSED,
        /** There is no connection, or it ended first. */
        CLOSED,
        /** No answer came in time. */
        TIMEOUT,
        /** The frame is longer than the server takes. */
        TOO_LARGE,
        /** The server is too old for it. */
        UNSUPPORTED
    }

    static Failure refused(Refusal refusal) {
        String reason = refusal.reason().isEmpty() ? "the server refused without a reason" : refusal.reason();
        boolean late = refusal.code() == EftlError.REQUEST_TIMEOUT.code();
        return new Failure(late ? Kind.TIMEOUT : Kind.REFUSED, refusal.code(), reason);
    }

    static Failure closed(int code, String reason) {
        return new Failure(Kind.CLOSED, code, reason);
    }

    static Failure timeout(String reason) {
        return new Failure(Kind.TIMEOUT, EftlError.REQUEST_TIMEOUT.code(), reason);
    }

    static Failure tooLarge(long bytes, long limit) {
        return new Failure(
                Kind.TOO_LARGE,
                EftlError.PUBLISH_FAILED.code(),
                "a message of " + bytes + " bytes exceeds the server's limit of " + limit);
    }

    /** The server knows nothing of {@code what}. */
    public static Failure unsupported(String what) {
        return new Failure(Kind.UNSUPPORTED, 0, what + " not supported with this server");
    }
}
