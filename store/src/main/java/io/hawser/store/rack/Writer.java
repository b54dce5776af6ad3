package io.hawser.store.rack;

import io.hawser.core.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that owns the rack and the parts that live on it.
 *
 * <p><b>Group commit.</b> Each turn takes whatever has arrived, up to a limit, lets it change the parts and one batch, lets
 * the parts do what follows, and writes the batch. A {@link Committer} syncs it and only then tells anybody anything, while
 * the next turns go on. It never waits to fill a batch.
 *
 * <p><b>Failure.</b> When a write, a sync or a read fails, what was told stays true, nothing more is told but the failure,
 * and the rack is not touched again: whether a failed sync was done cannot be known.
 */
public final class Writer {
    private static final int MAX_STEPS = 4096;
    private static final long MAX_BYTES = 4 << 20;
    private static final long END_SECONDS = 30;

    private final BlockingQueue<Step> queue = new LinkedBlockingQueue<>();
    private final Rack rack;
    private final InstantSource clock;
    private final Gate gate;
    /** The gate is the last of them. */
    private final List<Part> parts;

    private final Fault fault;
    private final Committer committer;
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean ended;

    /**
     * Something to do.
     *
     * @param bytes about how much it writes
     * @param grows whether it is refused when there is no room
     * @param work changes a part and the round
     * @param refused hears why the work was not done, or not written
     */
    private record Step(long bytes, boolean grows, Consumer<Round> work, Consumer<StoreException> refused) {}

    /**
     * Starts the thread.
     *
     * @param rack closed at the end
     * @param clock the time of each turn
     * @param gate says whether more can be taken
     * @param parts what lives on it
     * @param onFailure told once, on a thread of the store, when the rack fails
     */
    public Writer(Rack rack, InstantSource clock, Gate gate, List<Part> parts, Consumer<StoreException> onFailure) {
        this.rack = rack;
        this.clock = clock;
        this.gate = gate;
        this.parts = Stream.concat(parts.stream(), Stream.of(gate)).toList();
        this.fault = new Fault(onFailure);
        this.committer = new Committer(rack, fault);
        this.thread = new Thread(this::run, "hawser-store");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Does {@code work} after what was submitted before; {@code done}, which it returns, hears why if it is not done.
     *
     * @param bytes about how much it writes
     */
    public <T> CompletableFuture<T> submit(long bytes, CompletableFuture<T> done, Consumer<Round> work) {
        submit(new Step(bytes, false, work, done::completeExceptionally));
        return done;
    }

    /** As {@link #submit}, for what makes the data grow: not done, and {@code done} hears why, while there is no room. */
    public <T> CompletableFuture<T> grow(long bytes, CompletableFuture<T> done, Consumer<Round> work) {
        submit(new Step(bytes, true, work, done::completeExceptionally));
        return done;
    }

    /** Does {@code work} after what was submitted before; nobody waits for it. */
    public void later(Consumer<Round> work) {
        submit(new Step(0, false, work, refused -> {}));
    }

    /**
     * So many bytes are about to be written into files beside the database. May be called from any thread.
     *
     * @throws StoreException with why nothing may be written there while there is no room
     */
    public void room(long bytes) {
        gate.outage().or(gate::refusal).ifPresent(why -> {
            throw why;
        });
        if (gate.beside(bytes)) {
            later(round -> {});
        }
    }

    private void submit(Step step) {
        if (closing) {
            step.refused().accept(StoreException.closed());
            return;
        }
        Optional<StoreException> outage = step.grows() ? gate.outage() : Optional.empty();
        if (outage.isPresent()) {
            step.refused().accept(outage.get());
            return;
        }
        queue.add(step);
        if (ended) {
            refuseQueued();
        }
    }

    /** Does what was submitted, then lets go of the rack. */
    public void close() {
        closing = true;
        queue.add(new Step(0, false, round -> {}, refused -> {}));
        try {
            thread.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing || !queue.isEmpty()) {
                List<Step> steps = take();
                StoreException why = fault.why();
                if (why == null) {
                    turn(steps);
                } else {
                    refuse(steps, why);
                }
            }
        } catch (InterruptedException stopped) {
            fault.found(new StoreException("the store's thread was interrupted", stopped));
        } finally {
            ended = true;
            committer.close();
            rack.close();
            refuseQueued();
        }
    }

    private List<Step> take() throws InterruptedException {
        List<Step> steps = new ArrayList<>();
        Step next = next();
        for (long bytes = 0; next != null; next = queue.poll()) {
            steps.add(next);
            bytes += next.bytes();
            if (steps.size() >= MAX_STEPS || bytes >= MAX_BYTES) {
                break;
            }
        }
        return steps;
    }

    /** The next step; null if a part has something to do before there is one. */
    private @Nullable Step next() throws InterruptedException {
        long due =
                fault.why() == null ? parts.stream().mapToLong(Part::due).min().orElse(Long.MAX_VALUE) : Long.MAX_VALUE;
        if (due == Long.MAX_VALUE) {
            return queue.take();
        }
        return due == 0 ? queue.poll() : queue.poll(due - clock.millis(), TimeUnit.MILLISECONDS);
    }

    private void turn(List<Step> steps) throws InterruptedException {
        Round round = new Round(rack, clock.millis(), why -> refuse(steps, why));
        try {
            steps.forEach(step -> take(step, round));
            parts.forEach(part -> part.turn(round));
            round.write();
        } catch (StoreException failed) {
            fault.found(failed);
            round.refuse(failed);
            return;
        } catch (RuntimeException | Error bug) {
            StoreException failed = new StoreException("the store failed: " + bug, bug);
            fault.found(failed);
            round.refuse(failed);
            return;
        }
        try {
            committer.add(round);
        } catch (InterruptedException stopped) {
            round.refuse(new StoreException("the store's thread was interrupted", stopped));
            throw stopped;
        }
    }

    private void take(Step step, Round round) {
        Optional<StoreException> refusal = step.grows() ? gate.refusal() : Optional.empty();
        refusal.ifPresentOrElse(why -> round.afterwards(() -> step.refused().accept(why)), () -> step.work()
                .accept(round));
    }

    private void refuseQueued() {
        for (Step step = queue.poll(); step != null; step = queue.poll()) {
            step.refused().accept(StoreException.closed());
        }
    }

    private static void refuse(List<Step> steps, StoreException why) {
        steps.forEach(step -> step.refused().accept(why));
    }
}
