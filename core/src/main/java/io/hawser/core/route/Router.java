package io.hawser.core.route;

import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
import io.hawser.core.access.Principal;
import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.match.Captures;
import io.hawser.core.message.Message;
import io.hawser.core.message.TextTemplate;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.MessageId;
import io.hawser.core.store.engine.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * Takes a message to everybody who wants it. Holds no state of its own: routes on the caller's thread, against the
 * conductor's newest snapshot.
 */
public final class Router {
    private final Conductor conductor;
    private final Store store;
    private final Access access;
    private final Counters counters;
    private final List<TextTemplate> texts;
    private final Retained retained;

    /** A router over the interests of {@code conductor}. */
    public Router(Conductor conductor, Store store, Access access, Counters counters) {
        this(conductor, store, access, counters, List.of());
    }

    /** The same; the first of {@code texts} that can make a text of a message without one does. */
    public Router(Conductor conductor, Store store, Access access, Counters counters, List<TextTemplate> texts) {
        this(conductor, store, access, counters, texts, Retained.nothing(counters));
    }

    /** The same; newcomers hear first what is {@code retained}. */
    public Router(
            Conductor conductor,
            Store store,
            Access access,
            Counters counters,
            List<TextTemplate> texts,
            Retained retained) {
        this.conductor = conductor;
        this.store = store;
        this.access = access;
        this.counters = counters;
        this.texts = List.copyOf(texts);
        this.retained = retained;
    }

    /**
     * Puts {@code newcomer} into the interests, and offers it the last message of each topic that is retained and that it wants.
     * Those of a group hear only what comes from now on. Completes on the conductor's thread, as {@link Conductor#add} does.
     */
    public CompletableFuture<Void> welcome(LiveSubscription<?> newcomer) {
        if (!retained.any() || newcomer.group().isPresent()) {
            return conductor.add(newcomer);
        }
        newcomer.asNewcomer();
        return conductor.add(newcomer).thenRun(() -> retained.offer(newcomer, access));
    }

    /**
     * Offers {@code message} to every live subscription that wants it, and appends it to the store for every durable that
     * does. A request is another action than a publication; whoever was asked may answer.
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
        Message message = texts.isEmpty() ? said : worded(said);
        String topic = message.topic().text();
        Action action = message.headers().replyTo().isPresent() ? Action.REQUEST : Action.PUBLISH;
        if (message.headers().answers().isEmpty() && !access.allows(principal, action, topic)) {
            counters.add(Counter.REFUSED);
            Action missing = access.missing(principal, action, topic);
            return new Receipt.Refused(principal.name() + " may not " + missing.label() + " on " + topic);
        }
        counters.add(Counter.PUBLISHED);
        return retained.keeps(message) ? retained.keep(message, () -> routed(message, id)) : routed(message, id);
    }

    private Receipt routed(Message message, Optional<MessageId> id) {
        Reach reach = new Reach(access, message);
        conductor.interests().match(message, reach);
        reach.choose();
        counters.add(Counter.ROUTED, reach.live);
        if (reach.live == 0 && reach.durables.isEmpty()) {
            counters.add(Counter.UNHEARD);
        }
        if (reach.durables.isEmpty()) {
            return new Receipt.Routed(reach.live, reach.lagging);
        }
        return new Receipt.Storing(reach.live + reach.receiving, append(message, id, reach.durables), reach.lagging);
    }

    private Message worded(Message said) {
        for (TextTemplate template : texts) {
            Optional<String> text = template.text(said);
            if (text.isPresent()) {
                return said.text().isPresent() ? said : said.withText(text.get());
            }
        }
        return said;
    }

    private CompletableFuture<Long> append(Message message, Optional<MessageId> messageId, List<DurableName> durables) {
        return store.durables()
                .append(message, messageId, durables)
                .whenComplete((id, failure) -> counters.add(failure == null ? Counter.STORED : Counter.STORE_FAILED));
    }

    /** Whom one message reached. Lives for one publication, on its thread. */
    private static final class Reach implements BiConsumer<Subscription, Captures> {
        private final Access access;
        private final Message message;
        private List<DurableName> durables = List.of();
        private Map<Group, Map<LiveSubscription<?>, Captures>> groups = Map.of();
        private int live;
        private int receiving;
        private boolean lagging;

        Reach(Access access, Message message) {
            this.access = access;
            this.message = message;
        }

        @Override
        public void accept(Subscription subscription, Captures captures) {
            Principal reader = subscription.interest().scope().reader().orElse(null);
            if (reader != null
                    && !access.allows(reader, Action.SUBSCRIBE, message.topic().text())) {
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
    }
}
