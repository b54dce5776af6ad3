package io.hawser.iot.registry.kept;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.record.Records;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings changes to the store, and back. Every future of it completes on the owner: when the change is safe and seen in the
 * images, or with what was wrong, and then nothing has changed. Owner only.
 *
 * <p>Concurrency: a change is decided on what the images show, so two changes of one thing must not overlap. Whoever changes
 * something takes a turn in its name; the next turn in that name begins when the one before has ended. Changes of different
 * things go to the store together.
 */
public final class Keeper {
    private final Records records;
    private final Executor owner;
    /** Turns that wait behind one that has begun; a name is here as long as a turn in it goes on. */
    private final Map<String, Queue<Runnable>> turns = new HashMap<>();

    /**
     * Over the records of a store.
     *
     * @param owner runs one task at a time; all of the registry belongs to it
     */
    public Keeper(Records records, Executor owner) {
        this.records = records;
        this.owner = owner;
    }

    /** The store's records. */
    public Records records() {
        return records;
    }

    /** Where every future completes. */
    public Executor owner() {
        return owner;
    }

    /** Makes {@code edits}, at most 1,000, all at once; completes with {@code answer}. */
    public <T> CompletableFuture<T> commit(List<Edit> edits, T answer) {
        if (edits.isEmpty()) {
            return CompletableFuture.completedFuture(answer);
        }
        return records.commit(edits.stream().map(Edit::change).toList())
                .whenCompleteAsync(
                        (outcome, failure) -> {
                            if (failure == null) {
                                edits.forEach(edit -> edit.made().run());
                            }
                        },
                        owner)
                .thenApply(outcome -> answer);
    }

    /** Begins {@code change} when every turn in {@code name} before it has ended, at once if there is none. */
    public <T> CompletableFuture<T> inTurn(String name, Supplier<CompletableFuture<T>> change) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Runnable turn = () -> begin(name, change, done);
        Queue<Runnable> waiting = turns.get(name);
        if (waiting == null) {
            turns.put(name, new ArrayDeque<>());
            turn.run();
        } else {
            waiting.add(turn);
        }
        return done;
    }

    /** Begins {@code change} when every turn in each of {@code names} before it has ended; it is a turn in all of them. */
    public <T> CompletableFuture<T> inTurns(Collection<String> names, Supplier<CompletableFuture<T>> change) {
        CompletableFuture<T> done = new CompletableFuture<>();
        List<String> distinct = names.stream().distinct().toList();
        int[] missing = {distinct.size()};
        distinct.forEach(name -> inTurn(name, () -> {
            missing[0]--;
            if (missing[0] == 0) {
                attempt(change).whenComplete((answer, failure) -> tell(done, answer, failure));
            }
            return done;
        }));
        return done;
    }

    /** Whether a turn in {@code name} goes on. */
    public boolean isBusy(String name) {
        return turns.containsKey(name);
    }

    private <T> void begin(String name, Supplier<CompletableFuture<T>> change, CompletableFuture<T> done) {
        attempt(change).whenComplete((answer, failure) -> {
            next(name);
            tell(done, answer, failure);
        });
    }

    private static <T> void tell(CompletableFuture<T> done, T answer, @Nullable Throwable failure) {
        if (failure == null) {
            done.complete(answer);
        } else {
            done.completeExceptionally(RegistryException.cause(failure));
        }
    }

    private static <T> CompletableFuture<T> attempt(Supplier<CompletableFuture<T>> change) {
        try {
            return change.get();
        } catch (RegistryException | StoreException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private void next(String name) {
        Queue<Runnable> waiting = turns.get(name);
        Runnable next = waiting == null ? null : waiting.poll();
        if (next == null) {
            turns.remove(name);
        } else {
            owner.execute(next);
        }
    }
}
