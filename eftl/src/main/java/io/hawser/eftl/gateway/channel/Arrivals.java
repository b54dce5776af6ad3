package io.hawser.eftl.gateway.channel;

import io.hawser.core.access.Principal;
import io.hawser.core.count.Counter;
import io.hawser.core.link.Linkage;
import io.hawser.core.message.Message;
import io.hawser.core.message.Passage;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Receipt;
import io.hawser.core.store.durable.MessageId;
import io.hawser.eftl.wire.Body;
import io.hawser.eftl.wire.ServerFrame;
import java.util.concurrent.CompletableFuture;

/** Brings what comes over one link onto the bus, once whatever other ways it takes. Stateless but for the linkage. */
public final class Arrivals {
    private final Bus bus;
    private final Principal principal;
    private final String link;

    /**
     * The arrivals over {@code link}.
     *
     * @param principal in whose name they come, for access rules
     * @param link what messages are said to come from, so that they do not go back
     */
    public Arrivals(Bus bus, Principal principal, String link) {
        this.bus = bus;
        this.principal = principal;
        this.link = link;
    }

    /**
     * Brings a message in. Completes on the linkage's owner: with what became of it; if it was turned back, nobody got it. Callable
     * from any thread; what one thread brings keeps its order.
     */
    public CompletableFuture<Receipt> take(Body body, ServerFrame.Origin origin) {
        return CompletableFuture.supplyAsync(
                () -> {
                    Message message = LinkMapping.message(body, origin, link);
                    return admits(message) ? publish(message) : new Receipt.Routed(0, false);
                },
                bus.linkage());
    }

    /** True if {@code message} was not here, and is let in. The linkage's owner only. */
    public boolean admits(Message message) {
        boolean admitted = bus.linkage().admit(passage(message)) == Linkage.Verdict.NEW;
        if (!admitted) {
            bus.counters().add(Counter.TURNED_BACK);
        }
        return admitted;
    }

    /** Takes {@code message}, which was admitted, to everybody who wants it. The linkage's owner only. */
    public Receipt publish(Message message) {
        Passage passage = passage(message);
        return bus.router()
                .publish(
                        principal,
                        message,
                        new MessageId("hub/" + passage.hub(), passage.number().orElseThrow()));
    }

    private static Passage passage(Message message) {
        return message.headers().passage().orElseThrow();
    }
}
