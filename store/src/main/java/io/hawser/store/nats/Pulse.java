package io.hawser.store.nats;

import io.hawser.core.store.StoreException;
import io.hawser.store.rack.Gate;
import io.hawser.store.rack.Round;
import java.util.Optional;

/**
 * Refuses what makes the data grow while JetStream does not answer, and sees to it that what nobody waits for, such as that a
 * message is done with, does not stay in memory for long. Owner: the writer.
 */
final class Pulse implements Gate {
    /** After so many milliseconds. */
    private static final long PERIOD = 250;

    private final Link link;
    private long due = Long.MAX_VALUE;

    Pulse(Link link) {
        this.link = link;
    }

    @Override
    public void turn(Round round) {
        if (due <= round.now()) {
            round.sync();
        }
        if (round.synced()) {
            due = Long.MAX_VALUE;
        } else if (round.bytes() > 0) {
            due = Math.min(due, round.now() + PERIOD);
        }
    }

    @Override
    public long due() {
        return due;
    }

    /** What has been taken waits until JetStream answers. */
    @Override
    public Optional<StoreException> refusal() {
        return Optional.empty();
    }

    @Override
    public Optional<StoreException> outage() {
        return link.outage();
    }

    @Override
    public boolean beside(long bytes) {
        return false;
    }
}
