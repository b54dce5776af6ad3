package io.hawser.eftl.gateway.subscription;

import io.hawser.core.access.AccessException;
import io.hawser.core.event.EventCode;
import io.hawser.core.match.Regexp;
import io.hawser.core.route.Bus;
import io.hawser.core.route.DurableSubscription;
import io.hawser.core.route.Interest;
import io.hawser.core.route.InterestBytes;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.session.Owner;
import io.hawser.core.session.PartyEvent;
import io.hawser.core.session.Session;
import io.hawser.core.store.durable.DurableConsumer;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.durable.StoredMessage;
import io.hawser.eftl.gateway.channel.EftlClient;
import io.hawser.eftl.gateway.channel.EftlMapping;
import io.hawser.eftl.gateway.channel.Wish;
import io.hawser.eftl.gateway.kept.DurableRefusedException;
import io.hawser.eftl.gateway.kept.DurableSeat;
import io.hawser.eftl.gateway.kept.DurableWish;
import io.hawser.eftl.gateway.kept.SharedDurables;
import io.hawser.eftl.gateway.party.Event;
import io.hawser.eftl.gateway.party.Output;
import io.hawser.eftl.gateway.party.Party;
import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.ClientFrame.DurableType;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.eftl.wire.ServerFrame;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one client listens to. Owner: the session's; answers of conductor and store are posted to it.
 *
 * <p>When the client comes back to its session it asks for its subscriptions again, under the same ids. Each then goes on
 * where it was; until then its events wait.
 */
public final class EftlSubscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(EftlSubscriptions.class);

    private final Bus bus;
    private final Owner owner;
    private final Output output;
    private final EftlMapping mapping;
    private final EftlClient client;
    private final SharedDurables durables;
    private final int maxSubscriptions;
    private final Flow flow;
    private final Feeds feeds;
    private final Map<String, EftlSubscription> subscriptions = new LinkedHashMap<>();

    /** None yet; of a client that may have {@code maxSubscriptions}. */
    public EftlSubscriptions(Party parts, SharedDurables durables, int maxSubscriptions) {
        this.bus = parts.bus();
        this.owner = parts.owner();
        this.output = parts.output();
        this.mapping = parts.mapping();
        this.client = parts.client();
        this.durables = durables;
        this.maxSubscriptions = maxSubscriptions;
        Room room = new Room(
                mapping.channel().limits().maxQueue(),
                bus.outbox().bytes(),
                client.maxPending(mapping.channel().limits().maxPendingAcks()));
        this.feeds = new Feeds(parts, this::report);
        this.flow = new Flow(client, output, room, bus, owner);
    }

    /** What waits for the client, and what did. */
    public Session<?> session() {
        return flow.session();
    }

    /** Adds a subscription, or goes on with the one that has its id, and answers. */
    public void subscribe(ClientFrame.Subscribe frame) {
        EftlSubscription known = subscriptions.get(frame.id());
        if (known != null && !known.wanted() && known.answersTo(frame)) {
            goOn(known, frame.stopped());
            return;
        }
        if (frame.durable().isPresent() && !mapping.channel().persistent()) {
            String channel = "/" + mapping.channel().name();
            refuse(frame, EftlError.SUBSCRIPTION_INVALID, "channel " + channel + " is not persistent: no durables");
            return;
        }
        if (subscriptions.size() + feeds.size() >= maxSubscriptions && known == null && !feeds.has(frame.id())) {
            bus.counters().limit("eftl.max-subscriptions").reached();
            String limit = "this client has " + maxSubscriptions + " subscriptions, and may have no more";
            refuse(frame, EftlError.SUBSCRIPTION_FAILED, limit);
            return;
        }
        if (client.ours() && frame.feed().isPresent()) {
            unsubscribe(new ClientFrame.Unsubscribe(frame.id(), false));
            feeds.open(frame, frame.feed().get());
            return;
        }
        try {
            subscribe(frame, mapping.wish(frame, client, this::report));
        } catch (AccessException forbidden) {
            refuse(frame, EftlError.SUBSCRIPTION_DISALLOWED, Output.reason(forbidden));
        } catch (ProtocolException | IllegalArgumentException invalid) {
            refuse(frame, EftlError.SUBSCRIPTION_INVALID, String.valueOf(invalid.getMessage()));
        }
    }

    private void subscribe(ClientFrame.Subscribe frame, Wish wish) {
        Interest heard =
                wish.interest().heardBy(client.principal(), bus.access()).orElse(null);
        if (heard == null) {
            String denied = client.principal().name() + " may not subscribe to "
                    + wish.interest().topic();
            refuse(frame, EftlError.SUBSCRIPTION_DISALLOWED, denied);
            return;
        }
        EftlSubscription subscription = new EftlSubscription(frame, client.ackMode(frame.ack()), flow.room());
        feeds.close(frame.id());
        EftlSubscription older = subscriptions.put(frame.id(), subscription);
        if (older != null) {
            close(older);
        }
        if (frame.durable().isPresent()) {
            DurableName name = client.durable(frame.type(), frame.durable().get());
            if (frame.type() == DurableType.STANDARD) {
                askForDurable(subscription, name, heard);
            } else {
                askToShare(subscription, new DurableWish(name, settings(frame), heard, client.principal()));
            }
        } else {
            LiveSubscription<EftlSubscription> live =
                    new LiveSubscription<>(heard, flow.session(), subscription, wish.group());
            subscription.ask(live);
            bus.welcome(live).whenCompleteAsync((done, failure) -> answer(subscription, failure), owner);
        }
    }

    /** The client has come back and asks for what it had. */
    private void goOn(EftlSubscription subscription, boolean stopped) {
        subscription.want(stopped);
        flow.confirm(subscription);
        if (client.protocol() == 0) {
            subscription.backlog().renumber();
        } else {
            subscription.backlog().replay();
        }
        flowAgain(subscription);
    }

    /**
     * The durable must be in the snapshot and in the store before the client is told. Both are asked at once, so that
     * whatever is asked of either later finds it there. One that exists has its settings still, and the new matcher.
     */
    private void askForDurable(EftlSubscription subscription, DurableName name, Interest interest) {
        DurableSubscription durable = new DurableSubscription(name, interest);
        subscription.ask(durable);
        CompletableFuture.allOf(
                        bus.store().durables().obtain(name, bus.durable(), InterestBytes.write(interest), true),
                        bus.conductor().add(durable))
                .whenCompleteAsync(
                        (done, failure) -> {
                            answer(subscription, failure);
                            if (failure == null && !subscription.ended() && !subscription.stopped()) {
                                consume(subscription, name);
                            }
                        },
                        owner);
    }

    /** What a durable that several may share is like if this subscription makes it. */
    private DurableSettings settings(ClientFrame.Subscribe frame) {
        return frame.type() == DurableType.SHARED
                ? bus.durable().shared()
                : bus.durable().lastValue(frame.key().orElseThrow());
    }

    private void askToShare(EftlSubscription subscription, DurableWish wish) {
        DurableSeat seat = durables.subscribe(wish, owner);
        subscription.share(seat);
        seat.taken()
                .whenCompleteAsync(
                        (durable, failure) -> {
                            if (durable != null) {
                                subscription.ask(durable);
                            }
                            answer(subscription, failure);
                            if (failure == null && !subscription.ended() && subscription.flows()) {
                                consume(subscription, wish.name());
                            }
                        },
                        owner);
    }

    /** A consumer that was replaced may still be told what was on its way. */
    private void consume(EftlSubscription subscription, DurableName name) {
        DurableConsumer consumer = bus.store().durables().consume(name, owner, new DurableConsumer.Listener() {
            private final int term = subscription.newTerm();
            private final Rights rights = new Rights(bus, client.principal(), subscription);

            @Override
            public void delivered(List<StoredMessage> messages) {
                if (subscription.inTerm(term)) {
                    rights.heard(messages)
                            .forEach(event -> subscription.backlog().hold(event));
                    flow.pump(subscription);
                }
            }

            @Override
            public void withdrawn(List<Long> ids) {
                subscription.withdraw(ids);
            }

            @Override
            public void displaced() {
                if (subscription.inTerm(term)) {
                    displace(subscription, name);
                }
            }
        });
        subscription.consume(
                consumer,
                client.window(subscription.ack(), mapping.channel().limits().maxPendingAcks()));
    }

    /** What is no longer kept here comes again from the store, counted. */
    private void flowAgain(EftlSubscription subscription) {
        if (subscription.flows()
                && subscription.lacksEvents()
                && subscription.asked().orElse(null) instanceof DurableSubscription durable) {
            subscription.consumeNoMore();
            consume(subscription, durable.name());
        }
        flow.pump(subscription);
    }

    private void answer(EftlSubscription subscription, @Nullable Throwable failure) {
        if (subscription.ended()) {
            return;
        }
        if (failure == null) {
            subscription.stand();
            bus.journal().note(client.origin(), PartyEvent.SUBSCRIBED, subscription.wish());
            flow.confirm(subscription);
            flow.pump(subscription);
        } else {
            subscriptions.remove(subscription.id(), subscription);
            EftlError error = Output.cause(failure) instanceof DurableRefusedException refused
                    ? refused.error()
                    : EftlError.SUBSCRIPTION_FAILED;
            output.unsubscribed(subscription.id(), error, Output.reason(failure));
        }
    }

    /** For good: with 21 the client would ask again when it comes back, and take the durable from the newer one. */
    private void displace(EftlSubscription subscription, DurableName name) {
        close(subscription);
        subscriptions.remove(subscription.id(), subscription);
        String reason = "durable " + name.name() + " was deleted or taken over by a newer subscription";
        output.unsubscribed(subscription.id(), EftlError.SUBSCRIPTION_INVALID, reason);
    }

    /**
     * Ends a subscription; with {@code delete} its durable goes with its messages, else it stays. One that others share stays
     * until the last of them gives it up.
     */
    public void unsubscribe(ClientFrame.Unsubscribe frame) {
        EftlSubscription subscription = subscriptions.remove(frame.id());
        if (feeds.close(frame.id()) || subscription == null) {
            return;
        }
        boolean shared = subscription.leave(frame.delete());
        close(subscription);
        if (!shared && frame.delete() && subscription.asked().orElse(null) instanceof DurableSubscription durable) {
            remove(durable);
        }
        pump();
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
        subscription.leave(false);
        if (subscription.asked().orElse(null) instanceof LiveSubscription<?> live) {
            bus.conductor().remove(live);
        }
    }

    /** Delivers nothing more; what the client did not look at comes again after the start ({@code specs/eftl.md} 1.14). */
    public void stop(ClientFrame.Stop frame) {
        EftlSubscription subscription = subscriptions.get(frame.id());
        if (subscription == null) {
            output.failure(EftlError.STOP_FAILED, unknown(frame.id()));
        } else {
            subscription.stop(true);
            subscription.backlog().back(frame.lastSeq());
            pump();
        }
    }

    /** The client must hear that it is started before the next event, or it throws that away. */
    public void start(ClientFrame.Start frame) {
        EftlSubscription subscription = subscriptions.get(frame.id());
        if (subscription == null) {
            output.failure(EftlError.START_FAILED, unknown(frame.id()));
            return;
        }
        output.send(new ServerFrame.Started(frame.id()));
        subscription.stop(false);
        flowAgain(subscription);
    }

    private String unknown(String id) {
        return feeds.has(id)
                ? "subscription '" + id + "' reads what is kept: close it, and subscribe again from where you are"
                : "no subscription has the id '" + id + "'; subscribe first";
    }

    /** Without an id exactly that event, with one every event of the subscription up to it ({@code specs/eftl.md} 1.7). */
    public void acknowledge(ClientFrame.Acknowledge frame) {
        Optional<String> id = frame.id();
        long seq = frame.seq();
        if (id.isPresent()) {
            Optional.ofNullable(subscriptions.get(id.get()))
                    .ifPresent(one -> acknowledge(List.of(one), backlog -> backlog.acknowledgeUpTo(seq)));
        } else if (client.protocol() == 0) {
            acknowledge(subscriptions.values(), backlog -> backlog.acknowledgeUpTo(seq));
        } else {
            acknowledge(subscriptions.values(), backlog -> backlog.acknowledge(seq));
        }
    }

    private void acknowledge(Collection<EftlSubscription> acknowledged, Function<Backlog, List<Event>> acknowledging) {
        boolean closed = flow.room().closed();
        acknowledged.forEach(subscription -> subscription.done(acknowledging.apply(subscription.backlog())));
        if (closed && !flow.room().closed()) {
            pump();
        }
    }

    /** The client reads on, or may have more. */
    public void pump() {
        flow.resume(new ArrayList<>(subscriptions.values()));
        feeds.pump();
    }

    /** The client is away; what it has asked for stays. */
    public void away() {
        subscriptions.values().forEach(EftlSubscription::away);
        flow.pause();
        feeds.closeAll();
    }

    /** The client has asked again for all that it wants since it came back; what it did not ask for, it has given up. */
    public void prune() {
        for (EftlSubscription subscription : new ArrayList<>(subscriptions.values())) {
            if (!subscription.wanted()) {
                subscriptions.remove(subscription.id());
                close(subscription);
            }
        }
    }

    /** Ends everything; durables stay. */
    public void end() {
        subscriptions.values().forEach(this::close);
        subscriptions.clear();
        feeds.closeAll();
        flow.end();
    }

    /** Runs on whatever thread was matching. */
    private void report(Regexp regexp) {
        LOG.warn("eftl[{}] costly regexp, by {}: {}", client.id(), regexp.engine(), regexp, EventCode.COSTLY_REGEXP);
    }

    private void refuse(ClientFrame.Subscribe frame, EftlError error, String reason) {
        output.unsubscribed(frame.id(), error, reason);
    }
}
