package io.hawser.core.route;

import io.hawser.core.border.Checkpoint;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Owns the interest table. Anybody asks for a change from any thread; everybody routes against {@link #interests()}.
 * Whoever was told that its change is done can rely on every later publication seeing it.
 */
public final class Conductor {
    private final InterestTable table;
    private final Optional<Checkpoint> exit;

    /** A conductor of an empty table that works on {@code thread}. */
    public Conductor(Executor thread) {
        this(new InterestTable(thread), Optional.empty());
    }

    private Conductor(InterestTable table, Optional<Checkpoint> exit) {
        this.table = table;
        this.exit = exit;
    }

    /** The same table, for those who hear what {@code exit} lets pass. */
    Conductor behind(Checkpoint exit) {
        return new Conductor(table, Optional.of(exit));
    }

    /** What those who are added here hear through; empty: they hear the bus as it is. */
    Optional<Checkpoint> exit() {
        return exit;
    }

    /** The newest snapshot. */
    public Interests interests() {
        return table.interests();
    }

    /**
     * Tells {@code watcher} every new snapshot, on the conductor's thread, and the newest at once. It must not throw: the
     * changes of that snapshot would never be told.
     *
     * @return takes the watcher back; callable from any thread
     */
    public Runnable onChange(Consumer<Interests> watcher) {
        return table.onChange(watcher);
    }

    /** Completes, on the conductor's thread, when {@code subscription} is in the snapshot. */
    public CompletableFuture<Void> add(Subscription subscription) {
        return table.change(interests -> interests.with(subscription, exit));
    }

    /** Runs {@code task} on the conductor's thread, behind the changes that are asked for already. */
    void post(Runnable task) {
        table.post(task);
    }

    /** Completes, on the conductor's thread, when {@code subscription} is not in the snapshot. */
    public CompletableFuture<Void> remove(Subscription subscription) {
        return table.change(interests -> interests.without(subscription));
    }
}
