package io.hawser.eftl.gateway.subscription;

import io.hawser.eftl.gateway.channel.EftlClient;
import io.hawser.eftl.gateway.party.Event;

/**
 * How much one session keeps for its client, all its subscriptions together, and how much the client has open. Owner: the
 * session's.
 */
final class Room {
    private final int maxEvents;
    private final long maxBytes;
    private final int maxPending;
    private long bytes;
    private int pending;

    /**
     * Room that is empty.
     *
     * @param maxEvents how many events one subscription may keep
     * @param maxBytes how many bytes all may keep
     * @param maxPending how many events the client may have open that it acknowledges by hand
     */
    Room(int maxEvents, long maxBytes, int maxPending) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        this.maxPending = maxPending;
    }

    /** How many events one subscription may keep until they can be sent. */
    int maxWaiting() {
        return maxEvents;
    }

    /** How many sent events one subscription may keep until they are acknowledged. */
    int maxSent() {
        return Math.min(maxEvents, EftlClient.AUTO_WINDOW);
    }

    boolean exceeded() {
        return bytes > maxBytes;
    }

    void keep(Event event) {
        bytes += event.weight();
    }

    void release(Event event) {
        bytes -= event.weight();
    }

    /** The client has one event more, or with -1 one less, to acknowledge by hand. */
    void pending(int change) {
        pending += change;
    }

    /** True if the client must acknowledge something before it gets more of what it acknowledges by hand. */
    boolean closed() {
        return pending >= maxPending;
    }
}
