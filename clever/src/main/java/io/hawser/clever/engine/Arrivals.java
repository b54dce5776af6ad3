package io.hawser.clever.engine;

import io.hawser.core.value.Value;
import io.hawser.net.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Actions that were handed to the network and must come in time or not at all. Peers read in order, so the answer to a ping behind
 * an action shows that the action was read ({@code specs/clever.md} 4); one ping serves all that were sent before it. Where no answer
 * comes before an action expires, the connection is cut, and what is still on its way goes with it. Owner: the party's loop.
 */
final class Arrivals {
    private final CleverParty party;
    private final Loop loop;
    /** Sent, in order. */
    private final List<Arrival> open = new ArrayList<>();

    private boolean asking;

    /** One action. */
    private static final class Arrival {
        private final Question action;
        private final Outcome outcome;
        private Loop.@Nullable Timer expiry;

        Arrival(Question action, Outcome outcome) {
            this.action = action;
            this.outcome = outcome;
        }

        void stopClock() {
            if (expiry != null) {
                expiry.cancel();
            }
        }
    }

    Arrivals(CleverParty party, Loop loop) {
        this.party = party;
        this.loop = loop;
    }

    /**
     * {@code action} has just been handed to the network.
     *
     * @param since the loop's clock when the program said it
     */
    void await(Question action, long since, Outcome outcome) {
        if (action.expiry().isEmpty() || party.settings().ping().isEmpty()) {
            outcome.done(Value.Null.NULL);
            return;
        }
        Arrival sent = new Arrival(action, outcome);
        Duration waited = Duration.ofNanos(loop.nanoTime() - since);
        sent.expiry = loop.schedule(action.expiry().get().minus(waited), () -> late(sent));
        open.add(sent);
        ask();
    }

    private void ask() {
        if (asking || open.isEmpty()) {
            return;
        }
        asking = true;
        List<Arrival> before = List.copyOf(open);
        Duration patience = before.get(before.size() - 1).action.expiry().orElseThrow();
        party.ping(patience, new Outcome() {
            @Override
            public void done(Value value) {
                asking = false;
                before.stream().filter(open::remove).forEach(arrived -> {
                    arrived.stopClock();
                    arrived.outcome.done(Value.Null.NULL);
                });
                ask();
            }

            /** An error is an answer too. */
            @Override
            public void failed(Failure why) {
                if (why.kind() == Failure.Kind.REFUSED) {
                    done(Value.Null.NULL);
                } else {
                    asking = false;
                }
            }
        });
    }

    private void late(Arrival sent) {
        open.remove(sent);
        party.tally(CleverCount.EXPIRED);
        String why = sent.action.name() + " was sent, but the peer did not show within "
                + sent.action.expiry().orElseThrow() + " that it has it";
        sent.outcome.failed(
                new Failure(Failure.Kind.EXPIRED, why + "; the connection was cut, so that it does not come later"));
        party.hangUp(why);
    }

    /** The connection has ended. */
    void lost() {
        List<Arrival> unknown = List.copyOf(open);
        open.clear();
        unknown.forEach(sent -> {
            sent.stopClock();
            sent.outcome.failed(Failure.closed("the connection was lost before the peer showed that it has "
                    + sent.action.name() + "; it will not come later"));
        });
    }
}
