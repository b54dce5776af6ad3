package io.hawser.core.store.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.engine.TestEngine;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;

/** Where the contracts of maps are played: one engine, a map or two, and ears that hear what watches tell. */
public abstract class MapsStage {
    static final MapName ONE = new MapName("test", "one");
    static final MapName TWO = new MapName("test", "two");

    /** 3 maps, keys of 20 bytes, values of 1,000, 5 older revisions, pages of 10, 4 removed keys, 12 watches. */
    static final MapLimits LIMITS = new MapLimits(3, 20, 1_000, 5, 10, 4, 12, MapSettings.DEFAULT);

    private final TestEngine engine = open(StoreLimits.IN_MEMORY.withMaps(LIMITS));

    /** A new, empty engine. */
    protected abstract TestEngine open(StoreLimits limits);

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    TestEngine engine() {
        return engine;
    }

    Maps maps() {
        return engine.store().maps();
    }

    void settle() {
        engine.settle();
    }

    void pass(Duration time) {
        engine.clock().advance(time);
        settle();
    }

    /** What {@code future} completes with, once the engine has done all it was asked. */
    <T> T done(CompletableFuture<T> future) {
        settle();
        assertThat(future).isDone();
        return future.join();
    }

    long set(MapName name, String key, long n) {
        return done(maps().set(name, key, value(n)));
    }

    static Fields value(long n) {
        return Fields.of("n", Value.of(n));
    }

    /** Says a revision in short: the key and its value, or how it went. */
    static String brief(MapEntry entry) {
        return entry.key()
                + switch (entry.kind()) {
                    case SET -> "=" + entry.value().get("n").orElseThrow();
                    case REMOVED -> " removed";
                    case EXPIRED -> " expired";
                };
    }

    /** Hears what a watch tells. */
    final class Ear implements MapWatch.Listener {
        final List<MapEntry> changes = new ArrayList<>();
        final MapWatch watch;
        private final List<String> heard = new ArrayList<>();

        Ear(MapName name, String prefix, MapStart start, int credit) {
            watch = maps().watch(name, prefix, start, engine.clock(), this);
            watch.request(credit);
        }

        @Override
        public void changed(List<MapEntry> more) {
            changes.addAll(more);
            more.forEach(change -> heard.add(brief(change)));
        }

        @Override
        public void restarted() {
            heard.add("restarted");
        }

        @Override
        public void failed(StoreException why) {
            heard.add(why.getMessage());
        }

        /** What came since the last time. */
        List<String> heard() {
            settle();
            List<String> all = List.copyOf(heard);
            heard.clear();
            return all;
        }
    }
}
