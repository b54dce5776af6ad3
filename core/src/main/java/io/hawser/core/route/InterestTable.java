package io.hawser.core.route;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The newest snapshot of all interests, and its changes.
 *
 * <p>Concurrency: changes go into a queue; a count of those not yet taken decides who posts the one task that takes them
 * all, folds them into one new snapshot, publishes it, and then completes each change. So a burst of changes costs one
 * snapshot.
 */
final class InterestTable {
    private final Executor thread;
    private final ConcurrentLinkedQueue<Change> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final List<Consumer<Interests>> watchers = new CopyOnWriteArrayList<>();
    /** Written on the thread alone. */
    private volatile Interests interests = Interests.NONE;

    private record Change(UnaryOperator<Interests> what, CompletableFuture<Void> published) {}

    InterestTable(Executor thread) {
        this.thread = thread;
    }

    Interests interests() {
        return interests;
    }

    /** Runs {@code task} after what is asked for already. */
    void post(Runnable task) {
        thread.execute(task);
    }

    Runnable onChange(Consumer<Interests> watcher) {
        watchers.add(watcher);
        thread.execute(() -> watcher.accept(interests));
        return () -> watchers.remove(watcher);
    }

    CompletableFuture<Void> change(UnaryOperator<Interests> what) {
        Change change = new Change(what, new CompletableFuture<>());
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
                next = change.what().apply(next);
                changes.add(change);
            }
            interests = next;
            watchers.forEach(watcher -> watcher.accept(interests));
            changes.forEach(change -> change.published().complete(null));
            taken = queued.addAndGet(-taken);
        } while (taken > 0);
    }
}
