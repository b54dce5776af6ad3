package io.hawser.app.hub;

import io.hawser.app.admin.health.Check;
import io.hawser.app.metrics.Family;
import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.event.EventCode;
import io.hawser.core.store.StoreException;
import io.hawser.store.local.StoreListener;
import io.hawser.store.local.disk.Level;
import io.hawser.store.nats.NatsListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people, counters and whoever runs the hub how the disk of the data folder does, or NATS in its place. */
final class StoreWarden implements StoreListener, NatsListener {
    private static final Logger LOG = LoggerFactory.getLogger(StoreWarden.class);

    private final Counters counters;
    private final CompletableFuture<StoreException> failure = new CompletableFuture<>();
    private volatile Level room = Level.AMPLE;
    private volatile boolean away;

    StoreWarden(Counters counters) {
        this.counters = counters;
    }

    /** What keeps a store. */
    enum Place {
        DISK,
        NATS
    }

    /** Completes when the store has failed. */
    CompletableFuture<StoreException> failure() {
        return failure.copy();
    }

    /** What must hold for the hub to be used: the store works, and takes what makes the data grow, whatever it is {@code on}. */
    List<Check> checks(Place on) {
        return List.of(
                new Check("store", () -> !failure.isDone()),
                on == Place.DISK ? new Check("disk", () -> room != Level.FULL) : new Check("nats", () -> !away));
    }

    /** The same as a number. */
    CompletableFuture<List<Family>> measured() {
        boolean ready = !failure.isDone() && room != Level.FULL && !away;
        return CompletableFuture.completedFuture(
                List.of(Family.gauge("store_ready", "1 while the store takes what is to be kept, else 0")
                        .with(ready ? 1 : 0)));
    }

    @Override
    public void failed(StoreException why) {
        LOG.error("store failed, nothing is acknowledged any more: {}", why.getMessage(), EventCode.STORE_FAILED);
        failure.complete(why);
    }

    @Override
    public void room(Level level, String text) {
        room = level;
        switch (level) {
            case AMPLE -> LOG.info("store has room: {}", text, EventCode.DISK_AMPLE);
            case LOW -> {
                counters.add(Counter.DISK_LOW);
                LOG.warn("store runs out of room: {}", text, EventCode.DISK_LOW);
            }
            case FULL -> {
                counters.add(Counter.DISK_FULL);
                LOG.error("store has no room: {}", text, EventCode.DISK_FULL);
            }
        }
    }

    @Override
    public void away(String text) {
        away = true;
        counters.add(Counter.STORE_AWAY);
        LOG.error("store is away: {}", text, EventCode.STORE_AWAY);
    }

    @Override
    public void back(String text) {
        away = false;
        LOG.info("store is back: {}", text, EventCode.STORE_BACK);
    }
}
