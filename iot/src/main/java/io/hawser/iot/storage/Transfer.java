package io.hawser.iot.storage;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One content on its way, and what has been moved so far. Moved by one worker; {@link #abort} may be called from any thread.
 */
final class Transfer {
    final StorageObject object;
    final StorageObject.Side side;
    /** Bytes that have been moved and stay so. */
    long moved;

    MessageDigest md5 = md5();
    /** Of what has been downloaded so far. */
    Optional<String> tag = Optional.empty();
    /** Bytes that a stream of the program has got, which nobody can take back. */
    long given;

    /** For whoever watches: whether it is the network's turn, and since when by the watcher's clock. Written in the other order. */
    private volatile boolean waits;

    private volatile long since;
    private @Nullable StorageException aborted;
    private Runnable interruption = () -> {};

    Transfer(StorageObject object, StorageObject.Side side) {
        this.object = object;
        this.side = side;
    }

    /** Begins anew. */
    void restart() {
        moved = 0;
        md5 = md5();
        tag = Optional.empty();
    }

    /** What is moved from now on is counted and hashed. */
    void moved(byte[] bytes, int from, int count) {
        md5.update(bytes, from, count);
        moved += count;
    }

    /** From {@code now} on it is the network that something is waited for from. */
    void waits(long now) {
        since = now;
        waits = true;
    }

    /** Something has come, or gone; now this side works. */
    void works() {
        waits = false;
    }

    /** How many nanoseconds the network has let us wait, at {@code now}; 0 while this side works. */
    long still(long now) {
        return waits ? now - since : 0;
    }

    /** Ends it for {@code why}, which is told by whoever moves it. */
    void abort(StorageException why) {
        Runnable interrupt;
        synchronized (this) {
            aborted = aborted == null ? why : aborted;
            interrupt = interruption;
        }
        interrupt.run();
    }

    /** From now on {@code how} ends what the worker waits for. */
    void interruption(Runnable how) throws StorageException {
        synchronized (this) {
            interruption = how;
        }
        check();
    }

    /** Throws why it was aborted, if it was. */
    void check() throws StorageException {
        StorageException why = why();
        if (why != null) {
            throw why;
        }
    }

    private synchronized @Nullable StorageException why() {
        return aborted;
    }

    /** An abort that is no reason not to try again is forgotten. */
    synchronized void forgive() {
        if (aborted != null && aborted.isPassing()) {
            aborted = null;
        }
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has MD5", missing);
        }
    }
}
