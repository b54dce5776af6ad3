package io.hawser.iot.dispatch;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How many messages and bytes may be queued or on their way, and are. Callable from any thread. */
final class QueueRoom {
    private final int maxCount;
    private final long maxBytes;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    QueueRoom(int maxCount, long maxBytes) {
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
    }

    /** Takes room for all, or for none. What another thread takes and gives back meanwhile counts as taken. */
    void take(int moreCount, long moreBytes) {
        boolean fits = count.addAndGet(moreCount) <= maxCount;
        fits &= bytes.addAndGet(moreBytes) <= maxBytes;
        if (!fits) {
            release(moreCount, moreBytes);
            throw new QueueFullException(moreCount, moreBytes, this);
        }
    }

    /** Takes room whether there is any or not, for what must not be refused. */
    void force(int moreCount, long moreBytes) {
        count.addAndGet(moreCount);
        bytes.addAndGet(moreBytes);
    }

    void release(int fewerCount, long fewerBytes) {
        count.addAndGet(-fewerCount);
        bytes.addAndGet(-fewerBytes);
    }

    int count() {
        return count.get();
    }

    int capacity() {
        return Math.max(maxCount - count(), 0);
    }

    /** How much is in use, in percent with one decimal. */
    double load() {
        return Math.round(count() * 1_000.0 / maxCount) / 10.0;
    }

    @Override
    public String toString() {
        return count + " of " + maxCount + " messages and " + bytes + " of " + maxBytes + " bytes";
    }
}
