package io.hawser.core.route;

import io.hawser.core.message.Message;
import java.util.Optional;

/**
 * From where a subscription hears: which channel, and what it is shielded from.
 *
 * @param channel hears messages of this channel; empty: of every channel
 * @param elsewhere whether it hears messages that belong to no channel
 * @param except hears nothing that came from this origin, so that a domain never hears itself
 */
public record Scope(Optional<String> channel, boolean elsewhere, Optional<String> except) {
    /** Hears everything. */
    public static final Scope EVERYTHING = new Scope(Optional.empty(), true, Optional.empty());

    /** One channel, and what belongs to no channel if {@code elsewhere}. */
    public static Scope channel(String channel, boolean elsewhere) {
        return new Scope(Optional.of(channel), elsewhere, Optional.empty());
    }

    /** Everything that did not come from {@code origin}. */
    public static Scope except(String origin) {
        return new Scope(Optional.empty(), true, Optional.of(origin));
    }

    boolean admits(Message message) {
        Optional<String> of = message.headers().channel();
        if (of.isEmpty() ? !elsewhere : channel.isPresent() && !channel.equals(of)) {
            return false;
        }
        return except.isEmpty()
                || !except.get().equals(message.headers().source().origin());
    }
}
