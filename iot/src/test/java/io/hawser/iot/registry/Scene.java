package io.hawser.iot.registry;

import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.engine.MemoryStore;
import io.hawser.core.store.engine.Store;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.time.ManualClock;
import io.hawser.iot.registry.kept.RegistryException;
import io.hawser.store.local.LocalStore;
import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A registry over a real store, in memory or on disk; the test's thread is its owner, and turns time. */
public final class Scene implements AutoCloseable {
    /** When the first life begins, in milliseconds since the epoch. */
    public static final long START = 1_000_000_000_000L;

    private static final int PATIENCE_SECONDS = 20;

    private final ManualClock clock = new ManualClock();
    private final Random random = new Random(7);
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Supplier<Store> opener;
    private final boolean kept;
    private Store store;
    private Registry registry;
    private RegistryLimits limits = RegistryLimits.DEFAULT;

    private Scene(Optional<Path> folder) {
        clock.advance(Duration.ofMillis(START));
        kept = folder.isPresent();
        opener = () -> folder.<Store>map(this::local).orElseGet(this::memory);
        store = opener.get();
        registry = open();
    }

    /** Over a store in memory; it outlives the registry. */
    public static Scene inMemory() {
        return new Scene(Optional.empty());
    }

    /** Over a store in {@code folder}. */
    public static Scene on(Path folder) {
        return new Scene(Optional.of(folder));
    }

    private Store memory() {
        return new MemoryStore(
                new StoreThread(clock, clock, clock::schedule), DurableListener.NONE, StoreLimits.IN_MEMORY);
    }

    private Store local(Path folder) {
        return new LocalStore(
                new Disk(DataFolder.open(folder)), clock, DurableListener.NONE, StoreLimits.ON_DISK, failure -> {});
    }

    private Registry open() {
        Executor owner = tasks::add;
        return done(Registry.open(store.records(), owner, clock, random, limits));
    }

    /** The registry of now. */
    public Registry registry() {
        return registry;
    }

    /** Its time. */
    public ManualClock clock() {
        return clock;
    }

    /** Ends this life, if its store can be opened again with all that is in it, and begins another. */
    public Scene restart() {
        if (kept) {
            store.close();
            store = opener.get();
        }
        tasks.clear();
        registry = open();
        return this;
    }

    /** Begins another life with other limits. */
    public Scene restart(RegistryLimits newLimits) {
        limits = newLimits;
        return restart();
    }

    /** What {@code future} says; meanwhile the owner works. */
    public <T> T done(CompletableFuture<T> future) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!future.isDone()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("nothing in " + PATIENCE_SECONDS + " s");
            }
            clock.run();
            next().run();
        }
        return future.join();
    }

    private Runnable next() {
        try {
            Runnable task = tasks.poll(1, TimeUnit.MILLISECONDS);
            return task == null ? () -> {} : task;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException("interrupted", stopped);
        }
    }

    /** Why {@code future} is refused. */
    public RegistryException refused(CompletableFuture<?> future) {
        try {
            done(future);
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RegistryException refused) {
                return refused;
            }
            throw failed;
        }
        throw new AssertionError("not refused");
    }

    /** A new public key. */
    public static PublicKey key() {
        try {
            return KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        store.close();
        clock.run();
    }
}
