package io.hawser.core.route;

import io.hawser.core.match.Captures;
import io.hawser.core.match.ContentIndex;
import io.hawser.core.match.ContentMatcher;
import io.hawser.core.match.PersistentMap;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.RegexpIndex;
import io.hawser.core.match.TopicIndex;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Message;
import io.hawser.core.store.durable.DurableName;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Everything that anybody wants, at one moment. Immutable: a change makes a new snapshot that shares most of the old.
 *
 * <p>Each subscription is filed under exactly one access path, and what the path does not prove is checked when the path
 * leads to it:
 *
 * <pre>
 *   exact topic          -> topics     rest checked: content, regexp, scope
 *   a content predicate  -> contents   rest checked: topic, regexp, scope
 *   a topic wildcard     -> topics
 *   a regexp             -> regexps, or everything if messages without a text shall match too
 *   nothing of these     -> contents, among those that match all
 * </pre>
 */
public final class Interests {
    /** Nobody wants anything. */
    public static final Interests NONE = new Interests(
            PersistentMap.empty(),
            PersistentMap.empty(),
            Ears.NONE,
            TopicIndex.empty(),
            ContentIndex.empty(),
            RegexpIndex.empty(),
            RegexpIndex.empty());

    private final PersistentMap<Subscription, Subscription> all;
    private final PersistentMap<DurableName, DurableSubscription> durables;
    private final Ears open;

    private final TopicIndex<Subscription> topics;
    private final ContentIndex<Subscription> contents;
    private final RegexpIndex<Subscription> regexps;

    /** Those who take messages without a text by what can be said of them. */
    private final RegexpIndex<Subscription> everything;

    private Interests(
            PersistentMap<Subscription, Subscription> all,
            PersistentMap<DurableName, DurableSubscription> durables,
            Ears open,
            TopicIndex<Subscription> topics,
            ContentIndex<Subscription> contents,
            RegexpIndex<Subscription> regexps,
            RegexpIndex<Subscription> everything) {
        this.all = all;
        this.durables = durables;
        this.open = open;
        this.topics = topics;
        this.contents = contents;
        this.regexps = regexps;
        this.everything = everything;
    }

    /** How many subscriptions there are. */
    public int size() {
        return all.size();
    }

    /** Tells {@code visitor} every subscription, in no order that means anything. */
    public void forEach(Consumer<Subscription> visitor) {
        all.forEachKey(visitor);
    }

    /** The durable subscription {@code name}, if there is one. */
    public Optional<DurableSubscription> durable(DurableName name) {
        return durables.get(name);
    }

    /**
     * True if somebody would hear a message on the open bus that came from {@code origin}, on a topic that {@code topics}
     * matches, as far as topics tell.
     *
     * @param topics its first two segments are no wildcards, and {@code >} is none of them
     */
    public boolean anyoneHears(String origin, TopicPattern topics) {
        return open.anyone(origin, topics);
    }

    /** This and {@code subscription}; a durable subscription replaces the one of its name. */
    public Interests with(Subscription subscription) {
        if (all.find(subscription) != null) {
            return this;
        }
        if (subscription instanceof DurableSubscription durable) {
            DurableSubscription older = durables.find(durable.name());
            Interests cleared = older == null ? this : without(older);
            return cleared.filed(subscription, true, cleared.durables.with(durable.name(), durable));
        }
        return filed(subscription, true, durables);
    }

    /** This without {@code subscription}; the same if it is not here. */
    public Interests without(Subscription subscription) {
        if (all.find(subscription) == null) {
            return this;
        }
        return filed(
                subscription,
                false,
                subscription instanceof DurableSubscription durable ? durables.without(durable.name()) : durables);
    }

    private Interests filed(
            Subscription subscription, boolean in, PersistentMap<DurableName, DurableSubscription> named) {
        Interest interest = subscription.interest();
        boolean byContent = !interest.content().predicates().isEmpty();
        TopicIndex<Subscription> newTopics = topics;
        ContentIndex<Subscription> newContents = contents;
        RegexpIndex<Subscription> newRegexps = regexps;
        RegexpIndex<Subscription> newEverything = everything;
        if (interest.topic().exact() || (!byContent && !interest.topic().everything())) {
            newTopics =
                    in ? topics.with(interest.topic(), subscription) : topics.without(interest.topic(), subscription);
        } else if (byContent || interest.regexp().isEmpty()) {
            ContentMatcher content = interest.content();
            newContents = in ? contents.with(content, subscription) : contents.without(content, subscription);
        } else if (interest.everything()) {
            newEverything = refiled(everything, subscription, interest.regexp().get(), in);
        } else {
            newRegexps = refiled(regexps, subscription, interest.regexp().get(), in);
        }
        return new Interests(
                in ? all.with(subscription, subscription) : all.without(subscription),
                named,
                open.counted(interest, in),
                newTopics,
                newContents,
                newRegexps,
                newEverything);
    }

    private static RegexpIndex<Subscription> refiled(
            RegexpIndex<Subscription> index, Subscription subscription, Regexp regexp, boolean in) {
        return in ? index.with(regexp, subscription) : index.without(regexp, subscription);
    }

    /** Tells {@code visitor} every subscription that wants {@code message}, once each, with what its regexp captured. */
    public void match(Message message, BiConsumer<Subscription, Captures> visitor) {
        topics.match(message.topic().text(), subscription -> {
            if (subscription.interest().wantsContent(message)) {
                visit(subscription, message, visitor);
            }
        });
        if (!contents.isEmpty()) {
            contents.match(message.fields(), subscription -> {
                if (subscription.interest().wantsTopic(message)) {
                    visit(subscription, message, visitor);
                }
            });
        }
        if (!regexps.isEmpty()) {
            message.text().ifPresent(text -> match(regexps, text, message, visitor));
        }
        if (!everything.isEmpty()) {
            match(everything, message.spoken(), message, visitor);
        }
    }

    private static void match(
            RegexpIndex<Subscription> index, String text, Message message, BiConsumer<Subscription, Captures> visitor) {
        index.match(text, (subscription, captures) -> {
            if (subscription.interest().scope().admits(message)) {
                visitor.accept(subscription, captures);
            }
        });
    }

    private static void visit(Subscription subscription, Message message, BiConsumer<Subscription, Captures> visitor) {
        Interest interest = subscription.interest();
        Captures captures = interest.scope().admits(message) ? interest.capture(message) : null;
        if (captures != null) {
            visitor.accept(subscription, captures);
        }
    }
}
