package io.hawser.core.count;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many messages came onto the bus and left it, and how many bytes, by protocol. Any thread adds, any thread reads. There are as
 * many protocols as gateways, never more.
 */
public final class Traffic {
    private final Map<String, Flow> flows = new ConcurrentHashMap<>();

    /** What went one way, both ways. Each is a sum so far. */
    public record Sums(long messagesIn, long bytesIn, long messagesOut, long bytesOut) {}

    private static final class Flow {
        final LongAdder messagesIn = new LongAdder();
        final LongAdder bytesIn = new LongAdder();
        final LongAdder messagesOut = new LongAdder();
        final LongAdder bytesOut = new LongAdder();

        Sums sums() {
            return new Sums(messagesIn.sum(), bytesIn.sum(), messagesOut.sum(), bytesOut.sum());
        }
    }

    /** One message of {@code bytes} came from a party of {@code protocol}. */
    public void in(String protocol, long bytes) {
        Flow flow = flow(protocol);
        flow.messagesIn.increment();
        flow.bytesIn.add(bytes);
    }

    /** So many messages, of {@code bytes} together, left for parties of {@code protocol}. */
    public void out(String protocol, long messages, long bytes) {
        Flow flow = flow(protocol);
        flow.messagesOut.add(messages);
        flow.bytesOut.add(bytes);
    }

    /** The sums of each protocol that had any, in the order of their names. */
    public Map<String, Sums> sums() {
        Map<String, Sums> sums = new TreeMap<>();
        flows.forEach((protocol, flow) -> sums.put(protocol, flow.sums()));
        return sums;
    }

    private Flow flow(String protocol) {
        Flow known = flows.get(protocol);
        return known == null ? flows.computeIfAbsent(protocol, name -> new Flow()) : known;
    }
}
