package io.hawser.core.route;

import io.hawser.core.access.Access;
import io.hawser.core.match.Captures;
import io.hawser.core.message.Message;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.trace.TraceStep;
import io.hawser.core.trace.Tracer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Whom one message reached, under one name. Lives for one publication, on its thread. */
final class Reach implements BiConsumer<Subscription, Captures> {
    private final Access access;
    private final Message message;
    private final String side;
    private final Tracer tracer;
    private List<DurableName> durables = List.of();
    private Map<Group, Map<LiveSubscription<?>, Captures>> groups = Map.of();
    private int live;
    private int receiving;
    private boolean lagging;

    /** Of nobody yet; {@code side} names the checkpoint behind which they are, if they are behind one. */
    Reach(Access access, Message message, String side, Tracer tracer) {
        this.access = access;
        this.message = message;
        this.side = side;
        this.tracer = tracer;
    }

    @Override
    public void accept(Subscription subscription, Captures captures) {
        boolean heard = subscription.interest().mayHear(message, access);
        if (tracer.on()) {
            trace(subscription, heard);
        }
        if (!heard) {
            return;
        }
        if (subscription instanceof LiveSubscription<?> party) {
            if (party.group().isPresent()) {
                share(party.group().get(), party, captures);
            } else {
                lagging |= party.deliver(message, captures);
                live++;
            }
        } else if (subscription instanceof DurableSubscription durable) {
            if (durables.isEmpty()) {
                durables = new ArrayList<>();
            }
            durables.add(durable.name());
            receiving += durable.receives() ? 1 : 0;
        }
    }

    private void trace(Subscription subscription, boolean heard) {
        String wish = "subscribed to " + subscription.interest().topic();
        if (subscription instanceof LiveSubscription<?> party) {
            tracer.note(
                    heard ? TraceStep.MATCHED : TraceStep.WITHHELD,
                    message,
                    party.session().name(),
                    wish);
        } else if (subscription instanceof DurableSubscription durable) {
            tracer.note(
                    heard ? TraceStep.STORED : TraceStep.WITHHELD,
                    message,
                    durable.name().name(),
                    wish + ", for " + durable.name().scope());
        }
    }

    private void share(Group group, LiveSubscription<?> member, Captures captures) {
        if (groups.isEmpty()) {
            groups = new HashMap<>();
        }
        groups.computeIfAbsent(group, key -> new LinkedHashMap<>()).put(member, captures);
    }

    /** One of each group gets it. */
    void choose() {
        groups.forEach((group, members) -> {
            LiveSubscription<?> one = group.choose(List.copyOf(members.keySet()));
            lagging |= one.deliver(message, members.getOrDefault(one, Captures.EMPTY));
            live++;
        });
    }

    /** Counts whom {@code other} reached among these; not its durables. */
    void add(Reach other) {
        live += other.live;
        receiving += other.receiving;
        lagging |= other.lagging;
    }

    Message message() {
        return message;
    }

    String side() {
        return side;
    }

    /** The durables that want it. */
    List<DurableName> durables() {
        return durables;
    }

    /** How many live subscriptions it was handed to. */
    int live() {
        return live;
    }

    /** How many live subscriptions and durables of somebody it was handed to. */
    int receivers() {
        return live + receiving;
    }

    boolean lagging() {
        return lagging;
    }
}
