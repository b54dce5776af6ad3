package io.hawser.core.route;

import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
import io.hawser.core.access.Principal;
import io.hawser.core.border.Checkpoint;
import io.hawser.core.border.Ruling;
import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.Relay;
import io.hawser.core.message.Wording;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.MessageId;
import io.hawser.core.store.engine.Store;
import io.hawser.core.trace.TraceStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Takes a message to everybody who wants it. Holds no state of its own: routes on the caller's thread, against the
 * conductor's newest snapshot.
 */
public final class Router {
    private final Conductor conductor;
    private final Store store;
    private final Access access;
    private final Counters counters;
    private final List<Wording> texts;
    private final List<Relay> relays;
    private final Retained retained;
    private final Optional<Checkpoint> entrance;

    /** A router over the interests of {@code conductor}. */
    public Router(Conductor conductor, Store store, Access access, Counters counters) {
        this(conductor, store, access, counters, List.of());
    }

    /** The same; the first of {@code texts} that can make a text of a message without one does. */
    public Router(Conductor conductor, Store store, Access access, Counters counters, List<Wording> texts) {
        this(conductor, store, access, counters, texts, List.of(), Retained.nothing(counters));
    }

    /**
     * The same.
     *
     * @param relays what is said on the open bus each of them may say further
     * @param retained what newcomers hear first
     */
    public Router(
            Conductor conductor,
            Store store,
            Access access,
            Counters counters,
            List<Wording> texts,
            List<Relay> relays,
            Retained retained) {
        this(conductor, store, access, counters, List.copyOf(texts), List.copyOf(relays), retained, Optional.empty());
    }

    private Router(
            Conductor conductor,
            Store store,
            Access access,
            Counters counters,
            List<Wording> texts,
            List<Relay> relays,
            Retained retained,
            Optional<Checkpoint> entrance) {
        this.conductor = conductor;
        this.store = store;
        this.access = access;
        this.counters = counters;
        this.texts = texts;
        this.relays = relays;
        this.retained = retained;
        this.entrance = entrance;
    }

    /** This for those whose messages come onto the bus through {@code entrance}. */
    Router behind(Checkpoint entrance) {
        return new Router(conductor, store, access, counters, texts, relays, retained, Optional.of(entrance));
    }

    /**
     * True if somebody would hear a message on the open bus that came from {@code origin} with a topic that {@code topics}
     * matches, or something that it makes a relay say, as far as {@code interests} tell, which know topics alone.
     *
     * @param topics its first two segments are no wildcards, and {@code >} is none of them
     */
    public boolean anyoneHears(Interests interests, String origin, TopicPattern topics) {
        return (entrance.isPresent() && entrance.get().renames())
                || interests.anyoneHears(origin, topics)
                || relays.stream().anyMatch(relay -> relay.takes(topics));
    }

    /** What {@link Bus#welcome} does, in a table that is seen through {@code table}. */
    CompletableFuture<Void> welcome(Conductor table, LiveSubscription<?> newcomer) {
        if (!retained.any() || newcomer.group().isPresent()) {
            return table.add(newcomer);
        }
        newcomer.asNewcomer();
        return table.add(newcomer).thenCompose(done -> retained.offer(newcomer, table, access));
    }

    /**
     * Offers {@code message} to every live subscription that wants it, and appends it to the store for every durable that
     * does. Callable from any thread.
     */
    public Receipt publish(Principal principal, Message message) {
        return publish(principal, message, Optional.empty());
    }

    /**
     * The same for a publisher that may say the same once more: durables keep {@code message} once, however often it comes
     * with this {@code id}. Live subscriptions get it each time.
     */
    public Receipt publish(Principal principal, Message message, MessageId id) {
        return publish(principal, message, Optional.of(id));
    }

    private Receipt publish(Principal principal, Message said, Optional<MessageId> id) {
        if (entrance.isEmpty()) {
            return routeAndRelay(principal, said, id);
        }
        Ruling ruling = entrance.get().judge(said);
        if (ruling instanceof Ruling.Passed passed) {
            return routeAndRelay(principal, passed.message(), id);
        }
        if (ruling instanceof Ruling.KeptOut kept) {
            counters.tracer().note(TraceStep.KEPT_OUT, said, "", kept.reason());
            return new Receipt.KeptOut(kept.reason());
        }
        return new Receipt.Routed(0, false);
    }

    /** What is relayed is not relayed again. */
    private Receipt routeAndRelay(Principal principal, Message said, Optional<MessageId> id) {
        Receipt receipt = route(principal, said, id);
        Headers headers = said.headers();
        if (relays.isEmpty()
                || headers.channel().isPresent()
                || headers.answers().isPresent()
                || receipt instanceof Receipt.Refused) {
            return receipt;
        }
        for (int i = 0; i < relays.size(); i++) {
            String relay = "~" + i;
            Optional<Message> further = relays.get(i).of(said);
            if (further.isPresent()) {
                Optional<MessageId> own = id.map(known -> new MessageId(known.lineage() + relay, known.seq()));
                receipt = receipt.and(route(principal, further.get(), own));
            }
        }
        return receipt;
    }

    private Receipt route(Principal principal, Message said, Optional<MessageId> id) {
        Message message = texts.isEmpty() ? said : worded(said);
        Action action = action(message);
        if (!mayPublish(principal, action, message)) {
            counters.add(Counter.REFUSED);
            String topic = message.topic().text();
            Action missing = access.missing(principal, action, topic);
            String reason = principal.name() + " may not " + missing.label() + " on " + topic;
            counters.tracer().note(TraceStep.REFUSED, message, "", reason);
            return new Receipt.Refused(reason);
        }
        counters.add(Counter.PUBLISHED);
        counters.traffic().in(message.headers().source().protocol(), message.weight());
        return retained.keeps(message)
                ? retained.keep(message, () -> reach(principal, message, id))
                : reach(principal, message, id);
    }

    private Receipt reach(Principal principal, Message message, Optional<MessageId> id) {
        Interests interests = conductor.interests();
        counters.tracer().note(TraceStep.ARRIVED, message, "", "");
        Reach reach = new Reach(access, message, "", counters.tracer());
        interests.match(message, reach);
        reach.choose();
        List<Reach> beyond = interests.borderless() ? List.of() : beyond(interests, principal, message);
        beyond.forEach(reach::add);
        counters.add(Counter.ROUTED, reach.live());
        boolean stored = !reach.durables().isEmpty();
        for (Reach each : beyond) {
            stored |= !each.durables().isEmpty();
        }
        if (!stored) {
            if (reach.live() == 0) {
                counters.add(Counter.UNHEARD);
            }
            return new Receipt.Routed(reach.live(), reach.lagging());
        }
        return new Receipt.Storing(reach.receivers(), append(reach, beyond, id), reach.lagging());
    }

    private static Action action(Message message) {
        return message.headers().replyTo().isPresent() ? Action.REQUEST : Action.PUBLISH;
    }

    /** A request is another action than a publication; whoever was asked may answer. */
    private boolean mayPublish(Principal principal, Action action, Message message) {
        return message.headers().answers().isPresent()
                || access.allows(principal, action, message.topic().text());
    }

    /**
     * Whom {@code message} reaches behind checkpoints. Where it leaves under another name, {@code principal} must be allowed to
     * say it under that too: no new name opens what a rule has closed.
     */
    private List<Reach> beyond(Interests interests, Principal principal, Message message) {
        List<Reach> beyond = new ArrayList<>();
        interests.forEachExit((exit, paths) -> {
            if (exit.judge(message) instanceof Ruling.Passed passed) {
                Message outside = passed.message();
                if (outside != message && !mayPublish(principal, action(message), outside)) {
                    counters.add(Counter.REFUSED);
                    return;
                }
                Reach reach = new Reach(access, outside, " " + exit, counters.tracer());
                paths.match(outside, reach);
                reach.choose();
                beyond.add(reach);
            }
        });
        return beyond;
    }

    private Message worded(Message said) {
        for (Wording wording : texts) {
            Optional<String> text = wording.text(said);
            if (text.isPresent()) {
                return said.text().isPresent() ? said : said.withText(text.get());
            }
        }
        return said;
    }

    /** Completes when all durables have it that shall. */
    private CompletableFuture<Long> append(Reach inside, List<Reach> beyond, Optional<MessageId> id) {
        List<CompletableFuture<Long>> appended = new ArrayList<>();
        if (!inside.durables().isEmpty()) {
            appended.add(append(inside.message(), id, inside.durables()));
        }
        for (Reach reach : beyond) {
            if (!reach.durables().isEmpty()) {
                // the store keeps an id once, whatever it is the id of
                Optional<MessageId> own = id.map(one -> new MessageId(one.lineage() + reach.side(), one.seq()));
                appended.add(append(reach.message(), own, reach.durables()));
            }
        }
        return appended.stream()
                .reduce((one, other) -> one.thenCombine(other, Math::max))
                .orElseThrow();
    }

    private CompletableFuture<Long> append(Message message, Optional<MessageId> messageId, List<DurableName> durables) {
        return store.durables().append(message, messageId, durables).whenComplete((id, failure) -> {
            counters.add(failure == null ? Counter.STORED : Counter.STORE_FAILED);
            if (failure instanceof StoreException refused) {
                refused.countIn(counters);
            }
        });
    }
}
