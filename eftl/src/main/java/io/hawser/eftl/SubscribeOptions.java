package io.hawser.eftl;

import io.hawser.eftl.wire.ClientFrame.AckMode;
import java.util.Optional;

/**
 * What to listen to. Immutable; each method gives a changed copy.
 *
 * @param matcher a content matcher such as {@code {"type":"hello"}}, empty for everything
 * @param durable the durable that keeps messages while this client is away, if any
 * @param regexp what must be found in a message's text; only Hawser's own hub understands it
 * @param ack who acknowledges: the library when the listener has returned, or failed, the program, or nobody
 */
public record SubscribeOptions(String matcher, Optional<String> durable, Optional<String> regexp, AckMode ack) {
    /** Everything. */
    public static SubscribeOptions everything() {
        return matching("");
    }

    /** Messages that {@code matcher} takes. */
    public static SubscribeOptions matching(String matcher) {
        return new SubscribeOptions(matcher, Optional.empty(), Optional.empty(), AckMode.AUTO);
    }

    /** These, kept in the durable {@code name} while this client is away. */
    public SubscribeOptions durable(String name) {
        return new SubscribeOptions(matcher, Optional.of(name), regexp, ack);
    }

    /** Of these, messages in whose text {@code pattern} is found. */
    public SubscribeOptions regexp(String pattern) {
        return new SubscribeOptions(matcher, durable, Optional.of(pattern), ack);
    }

    /** These, acknowledged by the program: {@link EftlConnection#acknowledge}. */
    public SubscribeOptions acknowledgedByHand() {
        return new SubscribeOptions(matcher, durable, regexp, AckMode.CLIENT);
    }
}
