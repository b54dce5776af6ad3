package io.hawser.core.store.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.shelf.MemoryDesk;
import io.hawser.core.store.shelf.MemoryShelf;
import io.hawser.core.time.ManualClock;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A wrong bit is told with the map and the key, and the other keys go on. */
class DamagedMapTest {
    private static final MapName NAME = new MapName("test", "one");
    private static final Fields VALUE = Fields.of("n", Value.of(7));

    private final ManualClock clock = new ManualClock();
    private final MemoryShelf shelf = new MemoryShelf();
    private final MapBook book = new MapBook(shelf, MapLimits.DEFAULT);
    private final Maps maps =
            new ShelfMaps(new MemoryDesk(new StoreThread(clock, clock, clock::schedule), shelf, book), book);

    private <T> T done(CompletableFuture<T> future) {
        clock.run();
        return future.join();
    }

    private void damaged(CompletableFuture<?> future, String bit) {
        clock.run();
        assertThatThrownBy(future::join)
                .as(bit)
                .cause()
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("map test:one, key a is damaged");
    }

    /** The bytes on the shelf themselves. */
    private byte[] record(String key) {
        return shelf.get(MapLayout.entry(1, MapLimits.DEFAULT.key(key))).orElseThrow();
    }

    @Test
    void everyBitOfAnEntryIsGuarded() {
        done(maps.define(NAME, MapSettings.DEFAULT.withHistory(1)));
        done(maps.set(NAME, "a", VALUE));
        done(maps.set(NAME, "b", VALUE));
        byte[] record = record("a");
        for (int bit = 0; bit < record.length * 8; bit++) {
            record[bit / 8] ^= (byte) (1 << bit % 8);
            String description = "bit " + bit;
            damaged(maps.get(NAME, "a"), description);
            damaged(maps.history(NAME, "a"), description);
            damaged(maps.keys(NAME, "", "", 10), description);
            damaged(maps.create(NAME, "a", VALUE), description);
            damaged(maps.remove(NAME, "a"), description);
            record[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(done(maps.get(NAME, "a")).orElseThrow().value()).isEqualTo(VALUE);
        assertThat(done(maps.set(NAME, "b", VALUE))).isPositive();
    }

    @Test
    void aWatchThatMeetsDamageFailsAndOthersGoOn() {
        done(maps.set(NAME, "a", VALUE));
        List<String> heard = new ArrayList<>();
        record("a")[9] ^= 1;
        MapWatch watch = maps.watch(NAME, "", MapStart.CURRENT, clock, new MapWatch.Listener() {
            @Override
            public void changed(List<MapEntry> changes) {
                heard.add("changed");
            }

            @Override
            public void restarted() {
                heard.add("restarted");
            }

            @Override
            public void failed(StoreException why) {
                heard.add(why.getMessage());
            }
        });
        watch.request(9);
        done(maps.set(NAME, "b", VALUE));
        clock.run();
        assertThat(heard).hasSize(1).first().asString().startsWith("map test:one, key a is damaged: its checksum");
    }

    @Test
    void aDamagedEntryCanBeDropped() {
        done(maps.set(NAME, "a", VALUE));
        record("a")[9] ^= 1;
        done(maps.drop(NAME));
        done(maps.set(NAME, "a", VALUE));
        assertThat(done(maps.get(NAME, "a"))).isPresent();
    }
}
