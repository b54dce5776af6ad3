package io.hawser.store.rack;

import io.hawser.core.store.StoreException;
import java.util.ArrayList;
import java.util.List;

/**
 * Syncs what the writer wrote, and then tells: one sync for all rounds that were written meanwhile, in a thread of its own,
 * so that the writer need not wait for the rack.
 */
final class Committer {
    /** So many rounds may wait while one sync is under way; a writer that is further ahead gathers larger ones. */
    private static final int MOST = 2;

    private final Rack rack;
    private final Fault fault;
    private final Thread thread;
    private List<Round> written = new ArrayList<>();
    private boolean closing;

    /** Starts the thread, which leaves {@code rack} alone once {@code fault} has a reason. */
    Committer(Rack rack, Fault fault) {
        this.rack = rack;
        this.fault = fault;
        this.thread = new Thread(this::run, "hawser-store-sync");
        thread.setDaemon(true);
        thread.start();
    }

    /** {@code round} was written. Waits while too many are. */
    synchronized void add(Round round) throws InterruptedException {
        while (written.size() >= MOST) {
            wait();
        }
        written.add(round);
        notifyAll();
    }

    /** Ends when everything that was added is told. */
    void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Round> take() throws InterruptedException {
        while (written.isEmpty() && !closing) {
            wait();
        }
        List<Round> taken = written;
        written = new ArrayList<>();
        notifyAll();
        return taken;
    }

    private void run() {
        while (true) {
            try {
                List<Round> rounds = take();
                if (rounds.isEmpty()) {
                    return;
                }
                commit(rounds);
            } catch (InterruptedException stopped) {
                fault.found(new StoreException("the store's thread was interrupted", stopped));
            }
        }
    }

    /** Whatever goes wrong, the thread goes on: the writer waits for it, and every round hears how it ended. */
    private void commit(List<Round> rounds) {
        try {
            if (fault.why() == null && rounds.stream().anyMatch(Round::synced)) {
                rack.sync();
            }
        } catch (StoreException failed) {
            fault.found(failed);
        } catch (RuntimeException | Error bug) {
            fault.found(new StoreException("the store failed: " + bug, bug));
        }
        StoreException why = fault.why();
        rounds.forEach(why == null ? Round::tell : round -> round.refuse(why));
    }
}
