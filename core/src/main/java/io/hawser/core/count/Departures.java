package io.hawser.core.count;

/**
 * Counts what leaves for one party, and tells all of it at once, so that a batch costs what one message does. Belongs to the
 * party's loop.
 */
public final class Departures {
    private final Traffic traffic;
    private final String protocol;
    private long messages;
    private long bytes;

    /** Tells {@code traffic} of what leaves for a party of {@code protocol}. */
    public Departures(Traffic traffic, String protocol) {
        this.traffic = traffic;
        this.protocol = protocol;
    }

    /** One message of {@code weight} bytes leaves. */
    public void add(int weight) {
        messages++;
        bytes += weight;
    }

    /** The batch is over. */
    public void tell() {
        if (messages > 0) {
            traffic.out(protocol, messages, bytes);
            messages = 0;
            bytes = 0;
        }
    }
}
