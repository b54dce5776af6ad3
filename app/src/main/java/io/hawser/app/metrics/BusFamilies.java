package io.hawser.app.metrics;

import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.count.Traffic;
import io.hawser.core.route.Conductor;
import io.hawser.core.route.DurableSubscription;
import io.hawser.core.route.Subscription;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the bus counts: what came and left, what was lost and why, and who wants something. */
final class BusFamilies {
    /** Which counters are losses of messages, and under which reason all of them are one family. */
    private static final Map<Counter, String> LOSSES = new EnumMap<>(Map.of(
            Counter.DROPPED_SLOW_CONSUMER, "slow_consumer",
            Counter.DROPPED_FULL_DURABLE, "full_durable",
            Counter.DROPPED_UNSAYABLE, "unsayable",
            Counter.EXPIRED, "expired",
            Counter.UNDELIVERABLE, "undeliverable",
            Counter.DAMAGED, "damaged",
            Counter.REFUSED, "acl",
            Counter.KEPT_AT_BORDER, "border",
            Counter.THINNED_AT_BORDER, "rate",
            Counter.MALFORMED, "invalid"));

    private final Counters counters;
    private final Conductor conductor;

    BusFamilies(Counters counters, Conductor conductor) {
        this.counters = counters;
        this.conductor = conductor;
    }

    List<Family> now() {
        List<Family> families = new ArrayList<>(traffic());
        Family lost = Family.counter(
                "dropped_messages", "messages, or what should have been one, that did not arrive, by reason");
        for (Counter counter : Counter.values()) {
            String reason = LOSSES.get(counter);
            if (reason == null) {
                String name = counter.name().toLowerCase(Locale.ROOT);
                families.add(Family.counter(name, counter.meaning()).with(counters.get(counter)));
            } else {
                lost.with(counters.get(counter), "reason", reason);
            }
        }
        families.add(lost);
        families.add(limits());
        families.add(subscriptions());
        return families;
    }

    private Family limits() {
        Family reached =
                Family.counter("limit_reached", "times that somebody wanted more than a limit allows (docs/limits.md)");
        counters.limits().forEach(limit -> reached.with(limit.times(), "limit", limit.name()));
        return reached;
    }

    private List<Family> traffic() {
        Family messages = Family.counter("messages", "messages that came onto the bus and left it, by protocol");
        Family bytes = Family.counter("message_bytes", "bytes of them");
        for (Map.Entry<String, Traffic.Sums> each : counters.traffic().sums().entrySet()) {
            Traffic.Sums sums = each.getValue();
            messages.with(sums.messagesIn(), "protocol", each.getKey(), "direction", "in");
            messages.with(sums.messagesOut(), "protocol", each.getKey(), "direction", "out");
            bytes.with(sums.bytesIn(), "protocol", each.getKey(), "direction", "in");
            bytes.with(sums.bytesOut(), "protocol", each.getKey(), "direction", "out");
        }
        return List.of(messages, bytes);
    }

    private Family subscriptions() {
        int[] kinds = new int[2];
        conductor.interests().forEach(each -> kinds[isDurable(each) ? 1 : 0]++);
        return Family.gauge("subscriptions", "who wants something of the open bus and of channels")
                .with(kinds[0], "kind", "live")
                .with(kinds[1], "kind", "durable");
    }

    private static boolean isDurable(Subscription subscription) {
        return subscription instanceof DurableSubscription;
    }
}
