package io.hawser.store.local;

import io.hawser.core.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that owns ledger and disk.
 *
 * <p><b>Group commit.</b> Each turn takes whatever has arrived, up to a limit, lets it change the ledger and one batch, lets
 * the durables hand out what they can, writes the batch, and only then tells anybody anything. It never waits to fill a batch.
 *
 * <p><b>Failure.</b> When a write or a read fails, what was told stays true, nothing more is told but the failure, and the
 * disk is not touched again: whether a failed sync reached the disk cannot be known.
 *
 * <p>Owner of {@code failure} is the thread itself.
 */
final class Writer {
    private static final int MAX_STEPS = 4096;
    private static final long MAX_BYTES = 4 << 20;
    private static final long END_SECONDS = 30;

    private final BlockingQueue<Step> queue = new LinkedBlockingQueue<>();
    private final Disk disk;
    private final Ledger ledger;
    private final Consumer<StoreException> onFailure;
    private final Thread thread;
    private @Nullable StoreException failure;
    private volatile boolean closing;
    private volatile boolean ended;

    /**
     * Something to do.
     *
     * @param bytes about how much it writes
     * @param work changes the ledger and the round
     * @param refused hears why the work was not done, or not written
     */
    record Step(long bytes, BiConsumer<Ledger, Round> work, Consumer<StoreException> refused) {}

    Writer(Disk disk, Ledger ledger, Consumer<StoreException> onFailure) {
        this.disk = disk;
        this.ledger = ledger;
        this.onFailure = onFailure;
        this.thread = new Thread(this::run, "hawser-store");
        thread.setDaemon(true);
        thread.start();
    }

    /** Does {@code step} after those before it. */
    void submit(Step step) {
        if (closing) {
            step.refused().accept(StoreException.closed());
            return;
        }
        queue.add(step);
        if (ended) {
            refuseQueued();
        }
    }

    /** Does what was submitted, then lets go of the disk. */
    void close() {
        closing = true;
        queue.add(new Step(0, (all, round) -> {}, refused -> {}));
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
                if (failure == null) {
                    turn(steps);
                } else {
                    refuse(steps, failure);
                }
            }
        } catch (InterruptedException stopped) {
            fail(new StoreException("the store's thread was interrupted", stopped));
        } finally {
            ended = true;
            disk.close();
            refuseQueued();
        }
    }

    private List<Step> take() throws InterruptedException {
        List<Step> steps = new ArrayList<>();
        // messages of deleted durables are removed while nobody waits
        Step next = failure == null && ledger.sheds() ? queue.poll() : queue.take();
        for (long bytes = 0; next != null; next = queue.poll()) {
            steps.add(next);
            bytes += next.bytes();
            if (steps.size() >= MAX_STEPS || bytes >= MAX_BYTES) {
                break;
            }
        }
        return steps;
    }

    private void turn(List<Step> steps) {
        try (Round round = new Round(disk)) {
            steps.forEach(step -> step.work().accept(ledger, round));
            for (LocalDurable durable : round.touched()) {
                if (durable.deliver(round)) {
                    queue.add(new Step(0, (all, next) -> next.touch(durable), refused -> {}));
                }
            }
            if (ledger.sheds()) {
                ledger.shed(round);
            }
            ledger.finish(round);
            round.finish();
        } catch (StoreException failed) {
            fail(failed);
            refuse(steps, failed);
        } catch (RuntimeException | Error bug) {
            StoreException failed = new StoreException("the store failed: " + bug, bug);
            fail(failed);
            refuse(steps, failed);
        }
    }

    private void fail(StoreException failed) {
        failure = failed;
        onFailure.accept(failed);
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
