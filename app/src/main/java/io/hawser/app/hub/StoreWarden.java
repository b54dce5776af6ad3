package io.hawser.app.hub;

import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.store.StoreException;
import io.hawser.store.local.StoreListener;
import io.hawser.store.local.disk.Level;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people, counters and whoever runs the hub how the disk of the data folder does. */
final class StoreWarden implements StoreListener {
    private static final Logger LOG = LoggerFactory.getLogger(StoreWarden.class);

    private final Counters counters;
    private final CompletableFuture<StoreException> failure;

    StoreWarden(Counters counters, CompletableFuture<StoreException> failure) {
        this.counters = counters;
        this.failure = failure;
    }

    @Override
    public void failed(StoreException why) {
        LOG.error("store failed, nothing is acknowledged any more: {}", why.getMessage());
        failure.complete(why);
    }

    @Override
    public void room(Level level, String text) {
        switch (level) {
            case AMPLE -> LOG.info("store has room: {}", text);
            case LOW -> {
                counters.add(Counter.DISK_LOW);
                LOG.warn("store runs out of room: {}", text);
            }
            case FULL -> {
                counters.add(Counter.DISK_FULL);
                LOG.error("store has no room: {}", text);
            }
        }
    }
}
