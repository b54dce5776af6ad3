package io.hawser.core.route;

import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Message;
import java.util.Optional;

/**
 * From where a subscription hears. A message is either on the open bus or confined to one channel, which nobody outside it
 * hears.
 *
 * @param channel hears this channel; empty: hears the open bus
 * @param everywhere hears both the open bus and every channel
 * @param except hears nothing that came from this origin, so that a domain never hears itself
 * @param reader hears only what the access rules let this one hear; empty: it hears for the hub itself, and is not checked
 * @param aside hears nothing on these topics, which are for others alone; empty: all topics. Live subscriptions only
 * @param beyond hears only what may leave for another hub. Live subscriptions only
 */
public record Scope(
        Optional<String> channel,
        boolean everywhere,
        Optional<String> except,
        Optional<Reader> reader,
        Optional<TopicPattern> aside,
        boolean beyond) {
    /** Hears everything. */
    public static final Scope EVERYTHING = new Scope(Optional.empty(), true, Optional.empty(), Optional.empty());

    /** Hears the open bus. */
    public static final Scope OPEN = new Scope(Optional.empty(), false, Optional.empty(), Optional.empty());

    /** Hears all topics of what the others say. */
    public Scope(Optional<String> channel, boolean everywhere, Optional<String> except, Optional<Reader> reader) {
        this(channel, everywhere, except, reader, Optional.empty(), false);
    }

    /** Hears one channel. */
    public static Scope channel(String channel) {
        return new Scope(Optional.of(channel), false, Optional.empty(), Optional.empty());
    }

    /** Hears what is on the open bus and did not come from {@code origin}. */
    public static Scope except(String origin) {
        return new Scope(Optional.empty(), false, Optional.of(origin), Optional.empty());
    }

    /** Hears what is on the open bus, may leave for another hub, and did not come over the link {@code origin}. */
    public static Scope beyond(String origin) {
        return new Scope(Optional.empty(), false, Optional.of(origin), Optional.empty(), Optional.empty(), true);
    }

    /** This, but for what is on {@code topics}. */
    public Scope aside(TopicPattern topics) {
        return new Scope(channel, everywhere, except, reader, Optional.of(topics), beyond);
    }

    /** This, as far as the access rules let {@code somebody} hear. */
    Scope readBy(Reader somebody) {
        return new Scope(channel, everywhere, except, Optional.of(somebody), aside, beyond);
    }

    /** True if it hears the open bus, wherever a message came from. */
    boolean hearsOpen() {
        return everywhere || channel.isEmpty();
    }

    boolean admits(Message message) {
        return (everywhere || channel.equals(message.headers().channel()))
                && (except.isEmpty()
                        || !except.get().equals(message.headers().source().origin()))
                && (aside.isEmpty() || !aside.get().matches(message.topic().text()))
                && (!beyond || message.headers().travels());
    }
}
