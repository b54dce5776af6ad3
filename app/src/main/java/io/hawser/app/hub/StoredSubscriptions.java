package io.hawser.app.hub;

import io.hawser.core.bytes.BytesException;
import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.event.EventCode;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Conductor;
import io.hawser.core.route.DurableSubscription;
import io.hawser.core.route.InterestBytes;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableInfo;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableName;
import io.hawser.eftl.gateway.kept.ChannelHistory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the conductor's durable subscriptions those of the store: makes what the store holds heard again, before anybody can
 * publish, and forgets what the store deletes by itself. Logs and counts what durables lose. Thread-safe.
 */
final class StoredSubscriptions implements DurableListener {
    private static final Logger LOG = LoggerFactory.getLogger(StoredSubscriptions.class);

    private final Counters counters;
    private final CompletableFuture<Bus> opened = new CompletableFuture<>();

    StoredSubscriptions(Counters counters) {
        this.counters = counters;
    }

    /**
     * Returns when the conductor of {@code bus} knows every durable of its store, which must have this as its listener.
     *
     * @param bus as those see it whose durables they are
     *
     * @throws StoreException that names the durable whose definition cannot be read
     */
    void restore(Bus bus) {
        List<CompletableFuture<Void>> added = bus.store().durables().list().join().stream()
                .map(durable -> add(durable, bus.conductor()))
                .toList();
        added.forEach(CompletableFuture::join);
        opened.complete(bus);
    }

    private static CompletableFuture<Void> add(DurableInfo durable, Conductor conductor) {
        try {
            return conductor.add(new DurableSubscription(
                    durable.name(), InterestBytes.read(durable.definition().bytes())));
        } catch (BytesException unreadable) {
            throw new StoreException(
                    "the definition of durable " + durable.name() + " cannot be read: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    /**
     * Whoever defined the durable anew meanwhile may have told the conductor before it forgets here, so what the store has
     * then is added again.
     */
    @Override
    public void deleted(DurableName name) {
        LOG.info("durable {} deleted: nobody consumed from it for too long", name, EventCode.DURABLE_ABANDONED);
        counters.add(Counter.DURABLES_ABANDONED);
        opened.thenAccept(bus -> forget(bus, name));
    }

    private static void forget(Bus bus, DurableName name) {
        Conductor conductor = bus.conductor();
        conductor.interests().durable(name).ifPresent(conductor::remove);
        bus.store().durables().find(name).thenAccept(again -> again.ifPresent(durable -> add(durable, conductor)));
    }

    /** Completes when the durable {@code name} is gone from the store; the conductor forgets it. */
    CompletableFuture<Void> delete(DurableName name) {
        return opened.thenCompose(bus -> {
            CompletableFuture<Void> deleted = bus.store().durables().delete(name);
            forget(bus, name);
            return deleted;
        });
    }

    @Override
    public void lost(DurableName name, long id, Loss why) {
        if (ChannelHistory.isOne(name) && (why == Loss.FULL || why == Loss.EXPIRED)) {
            return;
        }
        switch (why) {
            case FULL -> counters.add(Counter.DROPPED_FULL_DURABLE);
            case EXPIRED -> counters.add(Counter.EXPIRED);
            case UNDELIVERABLE -> {
                counters.add(Counter.UNDELIVERABLE);
                LOG.warn(
                        "durable {} message {} dropped: it was delivered as often as is allowed",
                        name,
                        id,
                        EventCode.MESSAGE_UNDELIVERABLE);
            }
            case DAMAGED -> {
                counters.add(Counter.DAMAGED);
                LOG.error(
                        "durable {} message {} not delivered: it is damaged in the data folder",
                        name,
                        id,
                        EventCode.MESSAGE_DAMAGED);
            }
        }
    }

    @Override
    public void filling(DurableInfo durable) {
        if (ChannelHistory.isOne(durable.name())) {
            return;
        }
        counters.add(Counter.DURABLES_FILLED);
        LOG.warn(
                "durable {} is four fifths full: {} messages, {} bytes",
                durable.name(),
                durable.waiting() + durable.out(),
                durable.bytes(),
                EventCode.DURABLE_NEARLY_FULL);
    }

    @Override
    public void relieved(DurableInfo durable) {
        if (!ChannelHistory.isOne(durable.name())) {
            LOG.info("durable {} has room again", durable.name(), EventCode.DURABLE_HAS_ROOM);
        }
    }
}
