package io.hawser.core.route;

import io.hawser.core.border.Checkpoint;
import io.hawser.core.match.Captures;
import io.hawser.core.match.PersistentMap;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Message;
import io.hawser.core.store.durable.DurableName;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Everything that anybody wants, at one moment. Immutable: a change makes a new snapshot that shares most of the old.
 *
 * <p>Those who hear the bus as it is are filed together, those behind a checkpoint with their like: what it does not let
 * pass is not matched there at all, and what it renames is matched under its new name.
 */
public final class Interests {
    /** Nobody wants anything. */
    public static final Interests NONE = new Interests(
            PersistentMap.empty(), PersistentMap.empty(), Ears.NONE, AccessPaths.NONE, PersistentMap.empty());

    private static final TopicPattern EVERY_TOPIC = TopicPattern.parse(TopicPattern.REST);

    /** Behind which checkpoint each subscription is. */
    private final PersistentMap<Subscription, Optional<Checkpoint>> all;

    private final PersistentMap<DurableName, DurableSubscription> durables;
    private final Ears open;
    private final AccessPaths paths;
    private final PersistentMap<Checkpoint, AccessPaths> beyond;

    private Interests(
            PersistentMap<Subscription, Optional<Checkpoint>> all,
            PersistentMap<DurableName, DurableSubscription> durables,
            Ears open,
            AccessPaths paths,
            PersistentMap<Checkpoint, AccessPaths> beyond) {
        this.all = all;
        this.durables = durables;
        this.open = open;
        this.paths = paths;
        this.beyond = beyond;
    }

    /** How many subscriptions there are. */
    public int size() {
        return all.size();
    }

    /** Tells {@code visitor} every subscription, in no order that means anything. */
    public void forEach(Consumer<Subscription> visitor) {
        all.forEachKey(visitor);
    }

    /** The checkpoint behind which {@code subscription} is, if it is behind one. */
    public Optional<Checkpoint> exit(Subscription subscription) {
        return all.get(subscription).flatMap(exit -> exit);
    }

    /** The durable subscription {@code name}, if there is one. */
    public Optional<DurableSubscription> durable(DurableName name) {
        return durables.get(name);
    }

    /**
     * True if somebody would hear a message on the open bus that came from {@code origin}, on a topic that {@code topics}
     * matches, as far as topics tell. Behind a checkpoint that renames, topics tell nothing.
     *
     * @param topics its first two segments are no wildcards, and {@code >} is none of them
     */
    public boolean anyoneHears(String origin, TopicPattern topics) {
        return open.anyone(origin, topics);
    }

    /** This and {@code subscription}; a durable subscription replaces the one of its name. */
    public Interests with(Subscription subscription) {
        return with(subscription, Optional.empty());
    }

    /** This and {@code subscription}, which hears what {@code exit} lets pass. */
    Interests with(Subscription subscription, Optional<Checkpoint> exit) {
        if (all.find(subscription) != null) {
            return this;
        }
        if (subscription instanceof DurableSubscription durable) {
            DurableSubscription older = durables.find(durable.name());
            Interests cleared = older == null ? this : without(older);
            return cleared.filed(subscription, exit, true, cleared.durables.with(durable.name(), durable));
        }
        return filed(subscription, exit, true, durables);
    }

    /** This without {@code subscription}; the same if it is not here. */
    public Interests without(Subscription subscription) {
        Optional<Checkpoint> exit = all.get(subscription).orElse(null);
        if (exit == null) {
            return this;
        }
        return filed(
                subscription,
                exit,
                false,
                subscription instanceof DurableSubscription durable ? durables.without(durable.name()) : durables);
    }

    private Interests filed(
            Subscription subscription,
            Optional<Checkpoint> exit,
            boolean in,
            PersistentMap<DurableName, DurableSubscription> named) {
        Interest interest = subscription.interest();
        TopicPattern told = exit.isPresent() && exit.get().renames() ? EVERY_TOPIC : interest.topic();
        return new Interests(
                in ? all.with(subscription, exit) : all.without(subscription),
                named,
                open.counted(told, interest.scope(), in),
                exit.isPresent() ? paths : paths.filed(subscription, in),
                exit.isPresent() ? filed(exit.get(), subscription, in) : beyond);
    }

    private PersistentMap<Checkpoint, AccessPaths> filed(Checkpoint exit, Subscription subscription, boolean in) {
        AccessPaths now = beyond.get(exit).orElse(AccessPaths.NONE).filed(subscription, in);
        return now.isEmpty() ? beyond.without(exit) : beyond.with(exit, now);
    }

    /**
     * Tells {@code visitor} every subscription that wants {@code message} and hears the bus as it is, once each, with what
     * its regexp captured.
     */
    public void match(Message message, BiConsumer<Subscription, Captures> visitor) {
        paths.match(message, visitor);
    }

    /** True if all hear the bus as it is. */
    boolean borderless() {
        return beyond.isEmpty();
    }

    /** Tells {@code visitor} each checkpoint behind which somebody is, and who. */
    void forEachExit(BiConsumer<Checkpoint, AccessPaths> visitor) {
        beyond.forEach(visitor);
    }
}
