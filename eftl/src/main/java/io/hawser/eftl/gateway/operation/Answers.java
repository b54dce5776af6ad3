package io.hawser.eftl.gateway.operation;

import io.hawser.core.message.Ending;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ServerFrame;
import io.hawser.eftl.wire.ServerFrame.Refusal;
import java.util.Optional;
import java.util.OptionalLong;

/** What operations are answered, by kind: done with nothing to tell, not done, or nobody knows any more. */
final class Answers {
    private static final String FORGOTTEN = "it was done before, and its result is no longer remembered";

    private Answers() {}

    static ServerFrame done(long seq) {
        return new ServerFrame.Acknowledged(seq, Optional.empty(), OptionalLong.empty());
    }

    static ServerFrame notDone(long seq, int code, String reason) {
        return new ServerFrame.Acknowledged(seq, Optional.of(new Refusal(code, reason)), OptionalLong.empty());
    }

    static ServerFrame unknown(long seq) {
        return notDone(seq, EftlError.PUBLISH_FAILED.code(), FORGOTTEN);
    }

    static ServerFrame replyUnknown(long seq) {
        return noReply(seq, EftlError.REQUEST_FAILED.code(), FORGOTTEN);
    }

    static ServerFrame noReply(long seq, int code, String reason) {
        return new ServerFrame.RequestReply(seq, Optional.empty(), Optional.of(new Refusal(code, reason)));
    }

    static ServerFrame mapDone(long seq) {
        return new ServerFrame.MapResponse(seq, Optional.empty(), Optional.empty(), OptionalLong.empty());
    }

    static ServerFrame mapUnknown(long seq) {
        return mapFailed(seq, EftlError.MAP_REQUEST_FAILED.code(), FORGOTTEN);
    }

    static ServerFrame mapFailed(long seq, int code, String reason) {
        return new ServerFrame.MapResponse(
                seq, Optional.empty(), Optional.of(new Refusal(code, reason)), OptionalLong.empty());
    }

    /** How the end of a request is told: to one of ours exactly; TIBCO's clients know two codes for it. */
    static EftlError error(Ending ending, boolean ours) {
        return switch (ending) {
            case DENIED -> EftlError.REQUEST_DISALLOWED;
            case EXPIRED -> ours ? EftlError.REQUEST_TIMEOUT : EftlError.REQUEST_FAILED;
            case ABSENT -> ours ? EftlError.REQUEST_UNHEARD : EftlError.REQUEST_FAILED;
            case DONE, REFUSED, FAILED -> EftlError.REQUEST_FAILED;
        };
    }
}
