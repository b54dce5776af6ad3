package io.hawser.clever.gateway;

import io.hawser.clever.engine.Failure;
import io.hawser.clever.engine.Outcome;
import io.hawser.clever.engine.Question;
import io.hawser.clever.wire.ProtocolException;
import io.hawser.net.Loop;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What copters must hear first when they come back, because a file was in the way and the connection was broken for it. Owner: the
 * gateway's loop.
 */
final class Emergencies {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Loop loop;
    private final Map<String, Emergency> waiting = new HashMap<>();

    private record Emergency(Question question, Outcome outcome, Loop.Timer timer) {}

    Emergencies(Loop loop) {
        this.loop = loop;
    }

    /** The copter {@code id} must hear {@code question} first when it is back, if that is soon. */
    void remember(String id, Question question, Outcome outcome) {
        Loop.Timer timer = loop.schedule(PATIENCE, () -> {
            Emergency late = waiting.remove(id);
            if (late != null) {
                String why = "it did not come back within " + PATIENCE.toSeconds() + " s";
                late.outcome().failed(new Failure(Failure.Kind.EXPIRED, why));
            }
        });
        Emergency before = waiting.put(id, new Emergency(question, outcome, timer));
        if (before != null) {
            before.timer().cancel();
            before.outcome().failed(new Failure(Failure.Kind.REFUSED, "'" + question.name() + "' took its place"));
        }
    }

    /** {@code session} is back, or new. */
    void tell(CleverSession session) {
        Emergency emergency = waiting.remove(session.id());
        if (emergency == null) {
            return;
        }
        emergency.timer().cancel();
        try {
            session.party().send(emergency.question(), emergency.outcome());
        } catch (ProtocolException e) {
            emergency.outcome().failed(new Failure(Failure.Kind.REFUSED, e.reason()));
        }
    }
}
