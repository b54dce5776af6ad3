package io.hawser.app.hub;

import io.hawser.app.admin.health.Check;
import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.event.EventCode;
import io.hawser.core.store.StoreException;
import io.hawser.store.local.StoreListener;
import io.hawser.store.local.disk.Level;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people, counters and whoever runs the hub how the disk of the data folder does. */
final class StoreWarden implements StoreListener {
    private static final Logger LOG = LoggerFactory.getLogger(StoreWarden.class);

    private final Counters counters;
    private final CompletableFuture<StoreException> failure = new CompletableFuture<>();
    private volatile Level room = Level.AMPLE;

    StoreWarden(Counters counters) {
        this.counters = counters;
    }

    /** Completes when the disk has failed. */
    CompletableFuture<StoreException> failure() {
        return failure.copy();
    }

    /** What must hold for the hub to be used: the store works, and takes what makes the data grow. */
    List<Check> checks() {
        return List.of(new Check("store", () -> !failure.isDone()), new Check("disk", () -> room != Level.FULL));
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
}
