package io.hawser.verify.bench;

import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.map.MapName;
import io.hawser.core.store.map.MapSettings;
import io.hawser.core.store.map.Maps;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.store.local.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * How many map sets a second are acknowledged after their fsync, with 1,000 on their way, beside RocksDB alone that writes
 * the same keys and values in synced batches of 1,000.
 */
final class MapBench {
    private static final MapName NAME = new MapName("bench", "sets");
    private static final int WINDOW = 1_000;
    private static final int KEYS = 100_000;
    private static final int BYTES = 128;
    private static final int WARM_UPS = 2;
    private static final int ROUNDS = 5;
    private static final long ROUND_NANOS = 2_000_000_000L;

    private long next;

    private MapBench() {}

    /** Runs the rounds in turn and prints the medians. */
    public static void main(String[] arguments) throws IOException, RocksDBException, InterruptedException {
        Path folder = Files.createTempDirectory("hawser-bench");
        double[] sets = new double[ROUNDS];
        double[] puts = new double[ROUNDS];
        MapBench bench = new MapBench();
        try (LocalStore store = LocalStore.open(
                        folder.resolve("data"), InstantSource.system(), DurableListener.NONE, failure -> {
                            throw failure;
                        });
                Options options = new Options().setCreateIfMissing(true);
                RocksDB raw = RocksDB.open(options, folder.resolve("raw").toString())) {
            store.maps().define(NAME, MapSettings.DEFAULT).join();
            for (int round = -WARM_UPS; round < ROUNDS; round++) {
                double set = bench.sets(store.maps());
                double put = bench.puts(raw);
                if (round >= 0) {
                    sets[round] = set;
                    puts[round] = put;
                }
            }
        } finally {
            delete(folder);
        }
        print(sets, puts);
    }

    private static void print(double[] sets, double[] puts) {
        Arrays.sort(sets);
        Arrays.sort(puts);
        System.out.printf(
                Locale.ROOT,
                "maps: %d-byte values, %,d keys, window %,d, fsync before each answer, medians of %d rounds%n",
                BYTES,
                KEYS,
                WINDOW,
                ROUNDS);
        System.out.printf(Locale.ROOT, "%-32s %,12.0f /s%n", "hawser map sets", sets[ROUNDS / 2]);
        System.out.printf(Locale.ROOT, "%-32s %,12.0f /s%n", "raw RocksDB, batches of 1,000", puts[ROUNDS / 2]);
        System.out.printf(Locale.ROOT, "%-32s %12.2f x%n", "ratio", sets[ROUNDS / 2] / puts[ROUNDS / 2]);
    }

    private String key() {
        return "key" + next++ % KEYS;
    }

    private double sets(Maps maps) throws InterruptedException {
        Fields value = Fields.of("body", Value.of("x".repeat(BYTES)));
        Semaphore window = new Semaphore(WINDOW);
        long started = System.nanoTime();
        long count = 0;
        for (; System.nanoTime() - started < ROUND_NANOS; count++) {
            window.acquire();
            maps.set(NAME, key(), value).whenComplete((revision, failed) -> window.release());
        }
        window.acquire(WINDOW);
        return count * 1e9 / (System.nanoTime() - started);
    }

    private double puts(RocksDB raw) throws RocksDBException {
        byte[] value = "x".repeat(BYTES).getBytes(StandardCharsets.US_ASCII);
        long started = System.nanoTime();
        long count = 0;
        try (WriteOptions synced = new WriteOptions().setSync(true)) {
            for (; System.nanoTime() - started < ROUND_NANOS; count += WINDOW) {
                try (WriteBatch batch = new WriteBatch()) {
                    for (int i = 0; i < WINDOW; i++) {
                        batch.put(key().getBytes(StandardCharsets.UTF_8), value);
                    }
                    raw.write(synced, batch);
                }
            }
        }
        return count * 1e9 / (System.nanoTime() - started);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
