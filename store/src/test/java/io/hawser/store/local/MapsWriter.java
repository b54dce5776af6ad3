package io.hawser.store.local;

import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.map.MapEntry;
import io.hawser.core.store.map.MapName;
import io.hawser.core.store.map.MapOutcome;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A program that changes a map until it is killed. It prints a line for each change that was acknowledged:
 * {@code key revision n}.
 */
final class MapsWriter {
    static final MapName NAME = new MapName("test", "killed");
    static final int KEYS = 8;

    private MapsWriter() {}

    /** Writes into the folder {@code arguments[0]}; {@code arguments[1]} is the seed. */
    public static void main(String[] arguments) {
        LocalStore store = LocalStore.open(
                Path.of(arguments[0]), InstantSource.system(), DurableListener.NONE, failure -> System.exit(1));
        for (int writer = 0; writer < KEYS; writer++) {
            Random random = new Random(Long.parseLong(arguments[1]) + writer);
            Thread thread = new Thread(() -> write(store, random));
            thread.start();
        }
    }

    private static void write(LocalStore store, Random random) {
        try {
            for (long n = 1; true; n++) {
                String key = "k" + random.nextInt(KEYS);
                long now = store.maps()
                        .get(NAME, key)
                        .join()
                        .map(MapEntry::revision)
                        .orElse(0L);
                CompletableFuture<MapOutcome> done =
                        store.maps().compareAndSet(NAME, key, now, Fields.of("n", Value.of(n)));
                MapOutcome outcome = done.join();
                if (outcome.done()) {
                    System.out.println(key + ' ' + outcome.revision() + ' ' + n);
                }
            }
        } catch (CompletionException failed) {
            System.exit(1);
        }
    }
}
