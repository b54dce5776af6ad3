package io.hawser.clever.engine;

import io.hawser.clever.wire.CleverFrame;
import io.hawser.clever.wire.ProtocolException;
import io.hawser.net.Loop;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sends what waits, in order, as fast as the network takes it and not faster: what the network does not take stays here, where
 * it can still expire. Owner: the party's loop.
 */
final class Outbound {
    private final CleverParty party;
    private final Loop loop;
    private final Outgoing waiting;
    private boolean pumping;

    Outbound(CleverParty party, Loop loop) {
        this.party = party;
        this.loop = loop;
        this.waiting =
                new Outgoing(party.settings().maxQueued(), party.settings().maxQueuedBytes());
    }

    int size() {
        return waiting.size();
    }

    /** Sends {@code parcel} when its turn comes, unless it can wait no longer. */
    void queue(Parcel parcel) {
        if (!party.mayWait(parcel.kind())) {
            parcel.fail(Failure.closed("there is no connection to the peer"));
        } else if (waiting.add(parcel)) {
            pump();
        } else {
            party.tally(CleverCount.OVERFLOWED);
            parcel.fail(new Failure(
                    Failure.Kind.OVERFLOW, "too much waits to be sent already: " + waiting.size() + " parcels"));
        }
    }

    /** {@code parcel} is not sent any more if it has not been sent in time. */
    void expires(Parcel parcel, Question what) {
        what.expiry()
                .ifPresent(limit -> parcel.expiresBy(loop.schedule(limit, () -> {
                    waiting.remove(parcel);
                    party.tally(CleverCount.EXPIRED);
                    parcel.fail(new Failure(Failure.Kind.EXPIRED, what.name() + " could not be sent within " + limit));
                })));
    }

    void takeBack(Parcel parcel) {
        parcel.end();
        waiting.remove(parcel);
    }

    void putBack(List<Parcel> again) {
        waiting.putBack(again);
    }

    void failAll(Predicate<Parcel> which, Failure why) {
        waiting.take(which).forEach(parcel -> parcel.fail(why));
    }

    /** Sends what can go now. */
    void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            for (Parcel next = next(); next != null; next = next()) {
                waiting.remove(next);
                next.depart(party.link().orElseThrow());
            }
        } finally {
            pumping = false;
        }
    }

    private @Nullable Parcel next() {
        CleverLink link = party.link().orElse(null);
        if (link == null || !link.canTakeMore()) {
            return null;
        }
        Parcel next = waiting.peek(link.carriesFile());
        return next != null && next.choosy() && !link.introduced() ? null : next;
    }

    /** Says {@code frame} on {@code on} at once; false if it cannot be said. */
    boolean say(CleverLink on, CleverFrame frame) {
        try {
            hand(on, party.codec().write(frame));
            return true;
        } catch (ProtocolException unsayable) {
            party.unexpected("it could not be sent: " + unsayable.reason());
            return false;
        }
    }

    /** Says {@code frame} when it can go, unless {@code to} has ended by then; false if it cannot be said. */
    boolean answer(CleverLink to, CleverFrame frame) {
        if (party.link().orElse(null) != to) {
            return true;
        }
        try {
            byte[] bytes = party.codec().write(frame);
            Parcel parcel = new Parcel(Parcel.Kind.ANSWER, true, false, bytes.length, on -> hand(on, bytes), why -> {});
            if (!waiting.add(parcel)) {
                party.tally(CleverCount.OVERFLOWED);
                to.drop("the peer asks faster than it reads the answers");
            }
            pump();
            return true;
        } catch (ProtocolException unsayable) {
            party.unexpected("an answer could not be sent: " + unsayable.reason());
            return false;
        }
    }

    /** Gives {@code frame} to the network. */
    void hand(CleverLink to, byte[] frame) {
        party.tally(CleverCount.FRAMES_OUT);
        to.send(frame);
    }
}
