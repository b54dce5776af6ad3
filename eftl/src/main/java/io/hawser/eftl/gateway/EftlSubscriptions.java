package io.hawser.eftl.gateway;

import io.hawser.core.access.Action;
import io.hawser.core.match.Regexp;
import io.hawser.core.message.Message;
import io.hawser.core.route.Bus;
import io.hawser.core.route.DurableSubscription;
import io.hawser.core.route.Interest;
import io.hawser.core.route.InterestBytes;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.Session;
import io.hawser.core.store.durable.DurableConsumer;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.StoredMessage;
import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.ClientFrame.AckMode;
import io.hawser.eftl.wire.ClientFrame.DurableType;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.eftl.wire.ServerFrame;
import io.hawser.net.Loop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one logged-in client listens to, and the events on their way to it. Owner: the connection's loop; answers of
 * conductor and store are posted to it.
 *
 * <p>While the client reads slowly, live events wait in the session's outbox. Events of durables are handed out by the
 * store as far as the client's window allows, and wait in their subscription: the store holds them anyway until they are
 * acknowledged, so they cost nothing here.
 */
final class EftlSubscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(EftlSubscriptions.class);

    private final Bus bus;
    private final Loop loop;
    private final EftlOutput output;
    private final EftlMapping mapping;
    private final EftlClient client;
    private final EftlSettings settings;
    private final Session<EftlSubscription> session;
    private final Map<String, EftlSubscription> subscriptions = new LinkedHashMap<>();

    EftlSubscriptions(
            Bus bus, Loop loop, EftlOutput output, EftlMapping mapping, EftlClient client, EftlSettings settings) {
        this.bus = bus;
        this.loop = loop;
        this.output = output;
        this.mapping = mapping;
        this.client = client;
        this.settings = settings;
        this.session = new Session<>(client.id(), client.principal(), loop, bus.outbox(), bus.counters(), this::drain);
    }

    void subscribe(ClientFrame.Subscribe frame) {
        if (frame.durable().isPresent() && frame.type() != DurableType.STANDARD) {
            refuse(frame, EftlError.SUBSCRIPTION_FAILED, "only standard durables are supported by this version");
            return;
        }
        if (frame.stopped()) {
            refuse(frame, EftlError.SUBSCRIPTION_FAILED, "stopped subscriptions are not supported by this version");
            return;
        }
        if (subscriptions.size() >= settings.maxSubscriptions() && !subscriptions.containsKey(frame.id())) {
            String limit = "this client has " + settings.maxSubscriptions() + " subscriptions, and may have no more";
            refuse(frame, EftlError.SUBSCRIPTION_FAILED, limit);
            return;
        }
        try {
            subscribe(frame, mapping.interest(frame, client.ours(), this::report));
        } catch (ProtocolException | IllegalArgumentException invalid) {
            refuse(frame, EftlError.SUBSCRIPTION_INVALID, String.valueOf(invalid.getMessage()));
        }
    }

    private void subscribe(ClientFrame.Subscribe frame, Interest interest) {
        String topic = interest.topic().toString();
        if (!bus.access().allows(client.principal(), Action.SUBSCRIBE, topic)) {
            refuse(frame, EftlError.SUBSCRIPTION_DISALLOWED, client.user() + " may not subscribe to " + topic);
            return;
        }
        EftlSubscription subscription = new EftlSubscription(frame.id(), client.ackMode(frame.ack()));
        EftlSubscription older = subscriptions.put(frame.id(), subscription);
        if (older != null) {
            close(older);
        }
        if (frame.durable().isPresent()) {
            askForDurable(subscription, client.durable(frame.durable().get()), interest);
        } else {
            LiveSubscription<EftlSubscription> live = new LiveSubscription<>(interest, session, subscription);
            subscription.ask(live);
            bus.conductor().add(live).whenCompleteAsync((done, failure) -> answer(subscription, failure), loop);
        }
    }

    /**
     * The durable must be in the snapshot and in the store before the client is told. Both are asked at once, so that
     * whatever is asked of either later finds it there.
     */
    private void askForDurable(EftlSubscription subscription, DurableName name, Interest interest) {
        DurableSubscription durable = new DurableSubscription(name, interest);
        subscription.ask(durable);
        CompletableFuture.allOf(
                        bus.store().durables().define(name, InterestBytes.write(interest)),
                        bus.conductor().add(durable))
                .whenCompleteAsync(
                        (done, failure) -> {
                            answer(subscription, failure);
                            if (failure == null && !subscription.ended()) {
                                consume(subscription, name);
                            }
                        },
                        loop);
    }

    private void consume(EftlSubscription subscription, DurableName name) {
        DurableConsumer consumer = bus.store().durables().consume(name, loop, new DurableConsumer.Listener() {
            @Override
            public void delivered(List<StoredMessage> messages) {
                subscription.hand(messages);
                send(subscription);
            }

            @Override
            public void displaced() {
                displace(subscription, name);
            }
        });
        subscription.consume(consumer, client.window(subscription.ack(), settings.maxPendingAcks()));
    }

    private void answer(EftlSubscription subscription, @Nullable Throwable failure) {
        if (subscription.ended()) {
            return;
        }
        if (failure == null) {
            confirm(subscription);
        } else {
            subscriptions.remove(subscription.id(), subscription);
            output.unsubscribed(subscription.id(), EftlError.SUBSCRIPTION_FAILED, EftlOutput.reason(failure));
        }
    }

    private void displace(EftlSubscription subscription, DurableName name) {
        if (!subscription.ended()) {
            subscription.end();
            subscriptions.remove(subscription.id(), subscription);
            String reason = "durable " + name.name() + " was deleted or taken over by a newer subscription";
            output.unsubscribed(subscription.id(), EftlError.SUBSCRIPTION_FAILED, reason);
        }
    }

    /** Ends a subscription; with {@code delete} its durable goes with its messages, else it stays. */
    void unsubscribe(ClientFrame.Unsubscribe frame) {
        EftlSubscription subscription = subscriptions.remove(frame.id());
        if (subscription == null) {
            return;
        }
        close(subscription);
        if (frame.delete() && subscription.asked().orElse(null) instanceof DurableSubscription durable) {
            remove(durable);
        }
    }

    /** Both are asked at once, so that a subscription that follows finds neither any more. */
    private void remove(DurableSubscription durable) {
        bus.store().durables().delete(durable.name()).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.error("eftl[{}] durable {} is not deleted", client.id(), durable.name(), failure);
            }
        });
        bus.conductor().remove(durable);
    }

    private void close(EftlSubscription subscription) {
        subscription.end();
        if (subscription.asked().orElse(null) instanceof LiveSubscription<?> live) {
            bus.conductor().remove(live);
        }
    }

    /** Without an id exactly that event, with one every event of the subscription up to it ({@code specs/eftl.md} 1.7). */
    void acknowledge(ClientFrame.Acknowledge frame) {
        Optional<String> id = frame.id();
        if (id.isPresent()) {
            EftlSubscription subscription = subscriptions.get(id.get());
            if (subscription != null) {
                subscription.acknowledgeUpTo(frame.seq());
            }
        } else if (client.protocol() == 0) {
            subscriptions.values().forEach(subscription -> subscription.acknowledgeUpTo(frame.seq()));
        } else {
            subscriptions.values().forEach(subscription -> subscription.acknowledge(frame.seq()));
        }
    }

    /** The client reads on. */
    void writable() {
        session.resume();
        subscriptions.values().forEach(this::send);
    }

    /** Ends everything; durables stay. */
    void end() {
        subscriptions.values().forEach(this::close);
        subscriptions.clear();
        session.close();
    }

    private void drain() {
        while (output.writable()) {
            Delivery<EftlSubscription> next = session.poll();
            if (next == null) {
                return;
            }
            if (!next.key().ended()) {
                confirm(next.key());
                event(next.key(), next.message(), 0, 0);
            }
        }
    }

    private void send(EftlSubscription subscription) {
        List<Long> forGood = new ArrayList<>();
        while (output.writable()) {
            StoredMessage stored = subscription.nextHanded();
            if (stored == null) {
                break;
            }
            long seq = event(subscription, stored.message(), stored.id(), stored.deliveryCount());
            if (subscription.ack() == AckMode.NONE) {
                forGood.add(stored.id());
            } else {
                subscription.sent(seq, stored.id());
            }
        }
        subscription.sentForGood(forGood);
    }

    private long event(EftlSubscription subscription, Message message, long storeId, int deliveryCount) {
        return output.event(subscription.head(), message, storeId, deliveryCount);
    }

    private void confirm(EftlSubscription subscription) {
        if (subscription.confirm()) {
            output.send(new ServerFrame.Subscribed(subscription.id()));
        }
    }

    /** Runs on whatever thread was matching. */
    private void report(Regexp regexp) {
        LOG.warn("eftl[{}] costly regexp, now run by {}: {}", client.id(), regexp.engine(), regexp);
    }

    private void refuse(ClientFrame.Subscribe frame, EftlError error, String reason) {
        output.unsubscribed(frame.id(), error, reason);
    }
}
