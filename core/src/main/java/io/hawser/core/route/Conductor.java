package io.hawser.core.route;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Owns the interest table. Anybody asks for a change from any thread; everybody routes against {@link #interests()}.
 *
 * <p>Concurrency: changes go into a queue; a count of those not yet taken decides who posts the one task that takes them
 * all, folds them into one new snapshot, publishes it, and then completes each change. So a burst of changes costs one
 * snapshot, and whoever was told that its change is done can rely on every later publication seeing it.
 */
public final class Conductor {
    private final Executor thread;
    private final ConcurrentLinkedQueue<Change> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final List<Consumer<Interests>> watchers = new CopyOnWriteArrayList<>();
    private volatile Interests interests = Interests.NONE;

    private record Change(Subscription subscription, boolean add, CompletableFuture<Void> published) {}

    /** A conductor of an empty table that works on {@code thread}. */
    public Conductor(Executor thread) {
        this.thread = thread;
    }

    /** The newest snapshot. */
    public Interests interests() {
        return interests;
    }

    /**
     * Tells {@code watcher} every new snapshot, on the conductor's thread, and the newest at once. It must not throw: the
     * changes of that snapshot would never be told.
     *
     * @return takes the watcher back; callable from any thread
     */
    public Runnable onChange(Consumer<Interests> watcher) {
        watchers.add(watcher);
        thread.execute(() -> watcher.accept(interests));
        return () -> watchers.remove(watcher);
    }

    /** Completes, on the conductor's thread, when {@code subscription} is in the snapshot. */
    public CompletableFuture<Void> add(Subscription subscription) {
        return change(subscription, true);
    }

    /** Completes, on the conductor's thread, when {@code subscription} is not in the snapshot. */
    public CompletableFuture<Void> remove(Subscription subscription) {
        return change(subscription, false);
    }

    private CompletableFuture<Void> change(Subscription subscription, boolean add) {
        Change change = new Change(subscription, add, new CompletableFuture<>());
        queue.add(change);
        if (queued.getAndIncrement() == 0) {
            thread.execute(this::apply);
        }
        return change.published();
    }

    private void apply() {
        int taken = queued.get();
        do {
            List<Change> changes = new ArrayList<>(taken);
            Interests next = interests;
            for (int i = 0; i < taken; i++) {
                @Nullable Change change = queue.poll();
                if (change == null) {
                    break;
                }
                next = change.add() ? next.with(change.subscription()) : next.without(change.subscription());
                changes.add(change);
            }
            interests = next;
            watchers.forEach(watcher -> watcher.accept(interests));
            changes.forEach(change -> change.published().complete(null));
            taken = queued.addAndGet(-taken);
        } while (taken > 0);
    }
}
