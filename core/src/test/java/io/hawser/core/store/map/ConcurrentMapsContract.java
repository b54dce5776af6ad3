package io.hawser.core.store.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.store.engine.Store;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Several parties at one map at the same time. Each engine's test extends this and says how to make one. */
public abstract class ConcurrentMapsContract {
    private static final MapName NAME = new MapName("test", "shared");
    private static final long SEED = 20261121;
    private static final int WRITERS = 8;
    private static final int OPERATIONS = 5_000;
    private static final int KEYS = 5;

    /** A new, empty engine with a thread of its own, which ends after the test. */
    protected abstract Store open();

    @Test
    void eightWritersThatCompareAndSetAreLinearizable() throws InterruptedException, ExecutionException {
        Maps maps = open().maps();
        MapHistory history = new MapHistory();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            Random random = new Random(SEED + writer);
            writers.add(threads.submit(() -> {
                for (int i = 0; i < OPERATIONS / WRITERS; i++) {
                    act(maps, history, random);
                }
            }));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        threads.shutdown();
        assertThat(history.size()).isGreaterThanOrEqualTo(OPERATIONS);
        assertThat(history.contradictions()).as("seed %d", SEED).isEmpty();
    }

    /** Reads a key, and then tries to replace what it read: each writes its revision's predecessor into the value. */
    private static void act(Maps maps, MapHistory history, Random random) {
        String key = "k" + random.nextInt(KEYS);
        long began = history.begin();
        Optional<MapEntry> entry = maps.get(NAME, key).join();
        long seen = entry.map(MapEntry::revision).orElse(0L);
        history.saw(key, began, seen);
        if (random.nextInt(3) == 0) {
            return;
        }
        Fields value = Fields.of("on", Value.of(seen));
        began = history.begin();
        MapOutcome outcome = maps.compareAndSet(NAME, key, seen, value).join();
        if (outcome.done()) {
            history.wrote(key, began, seen, outcome.revision());
        } else {
            history.saw(key, began, outcome.revision());
        }
    }

    @Test
    void theCheckerFindsWhatCannotBe() {
        MapHistory lostUpdate = new MapHistory();
        lostUpdate.wrote("a", lostUpdate.begin(), 0, 1);
        lostUpdate.wrote("a", lostUpdate.begin(), 0, 2);
        assertThat(lostUpdate.contradictions()).hasSize(1);
        MapHistory staleRead = new MapHistory();
        long began = staleRead.begin();
        staleRead.wrote("a", staleRead.begin(), 0, 1);
        staleRead.saw("a", began, 0);
        assertThat(staleRead.contradictions()).isEmpty();
        staleRead.saw("a", staleRead.begin(), 0);
        assertThat(staleRead.contradictions()).hasSize(1);
        MapHistory early = new MapHistory();
        early.saw("a", early.begin(), 1);
        early.wrote("a", early.begin(), 0, 1);
        assertThat(early.contradictions()).hasSize(1);
    }
}
