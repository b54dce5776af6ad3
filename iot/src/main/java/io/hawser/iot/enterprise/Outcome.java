package io.hawser.iot.enterprise;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.operator.RequestState;
import java.util.Optional;

/**
 * What became of something that a device was to do.
 *
 * @param request what the server calls it; {@link EnterpriseClient#outcome} asks again
 * @param state how it ended
 * @param status what the device answered, as in HTTP; 0 if it did not
 * @param body what it said with that; may be empty
 * @param reason why it was not done, in the server's words; may be empty
 */
public record Outcome(String request, State state, int status, String body, String reason) {
    private static final int FIRST_FAILURE = 400;

    /** How it ended. */
    public enum State {
        /** The device has done it. */
        COMPLETED,
        /** The device, or the server, refused it; or the device took it and never answered, and nobody knows. */
        FAILED,
        /** The device did not come for it as long as the server kept it. */
        EXPIRED,
        /** An operator at the hub took it back before the device came for it. */
        CANCELLED,
        /** We have waited long enough; it may still be done. */
        TIMED_OUT
    }

    static Outcome of(RequestState said) {
        Optional<IotMessage.Response> response = said.response();
        int status = response.map(IotMessage.Response::statusCode).orElse(0);
        return new Outcome(
                said.id(),
                state(said.status(), status),
                status,
                response.map(answer -> new String(answer.body().bytes(), UTF_8)).orElse(""),
                said.reason());
    }

    static Outcome timedOut(String request, String reason) {
        return new Outcome(request, State.TIMED_OUT, 0, "", reason);
    }

    private static State state(RequestState.Status said, int status) {
        return switch (said) {
            case COMPLETED -> status < FIRST_FAILURE ? State.COMPLETED : State.FAILED;
            case FAILED -> State.FAILED;
            case EXPIRED -> State.EXPIRED;
            case CANCELLED -> State.CANCELLED;
            case RECEIVED, DISPATCHED -> State.TIMED_OUT;
        };
    }

    /** True if the device has done it. */
    public boolean isCompleted() {
        return state == State.COMPLETED;
    }
}
