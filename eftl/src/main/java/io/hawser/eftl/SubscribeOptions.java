package io.hawser.eftl;

import io.hawser.eftl.wire.ClientFrame.AckMode;
import io.hawser.eftl.wire.ClientFrame.DurableType;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What to listen to ({@code specs/eftl.md} 1.4). Immutable; each method gives a changed copy.
 *
 * @param matcher a content matcher such as {@code {"type":"hello"}}, empty for everything
 * @param durable the durable that keeps messages while this client is away, if any
 * @param type what the durable keeps and for whom
 * @param key the field whose values a last-value durable keeps the newest message of
 * @param ack who acknowledges: the library when the listener has returned, or failed, the program, or nobody
 * @param stopped true if no message shall come before {@link EftlSubscription#start}
 * @param regexp what must be found in a message's text; only Hawser's own hub understands it
 * @param since the store id after which the channel's history is told before what comes, -N for its newest N; only Hawser's own
 *     hub has one
 */
public record SubscribeOptions(
        String matcher,
        Optional<String> durable,
        DurableType type,
        Optional<String> key,
        AckMode ack,
        boolean stopped,
        Optional<String> regexp,
        OptionalLong since) {

    /** Refuses a type without a durable, a key without a last-value durable, and a durable with history. */
    public SubscribeOptions {
        if (type != DurableType.STANDARD && durable.isEmpty()) {
            throw new IllegalArgumentException("a " + type.wire() + " subscription needs the name of a durable");
        }
        if (key.isPresent() != (type == DurableType.LAST_VALUE)) {
            throw new IllegalArgumentException("a last-value durable needs a key, and no other takes one");
        }
        if (since.isPresent() && (durable.isPresent() || stopped)) {
            throw new IllegalArgumentException("history is read without a durable, and cannot be stopped");
        }
    }

    /** Everything. */
    public static SubscribeOptions everything() {
        return matching("");
    }

    /** Messages that {@code matcher} takes. */
    public static SubscribeOptions matching(String matcher) {
        return new SubscribeOptions(
                matcher,
                Optional.empty(),
                DurableType.STANDARD,
                Optional.empty(),
                AckMode.AUTO,
                false,
                Optional.empty(),
                OptionalLong.empty());
    }

    /** These, kept in this client's durable {@code name} while it is away. */
    public SubscribeOptions durable(String name) {
        return durable(name, DurableType.STANDARD, Optional.empty());
    }

    /** These, kept in the durable {@code name}, each message for one of those who share it. */
    public SubscribeOptions sharedDurable(String name) {
        return durable(name, DurableType.SHARED, Optional.empty());
    }

    /** Of these, the newest message for each value of the field {@code keyField}, kept in the durable {@code name}. */
    public SubscribeOptions lastValueDurable(String name, String keyField) {
        return durable(name, DurableType.LAST_VALUE, Optional.of(keyField));
    }

    /** Of these, messages in whose text {@code pattern} is found. */
    public SubscribeOptions regexp(String pattern) {
        return new SubscribeOptions(matcher, durable, type, key, ack, stopped, Optional.of(pattern), since);
    }

    /**
     * These, beginning with what the channel keeps of its history and was stored after {@code storeId}
     * ({@link EftlMessage#storeMessageId}; 0: all of it), without a gap or a message twice where history ends and what comes
     * begins. Nothing needs to be acknowledged. Only Hawser's own hub can, on channels that keep a history.
     */
    public SubscribeOptions since(long storeId) {
        return new SubscribeOptions(
                matcher, durable, type, key, AckMode.NONE, stopped, regexp, OptionalLong.of(storeId));
    }

    /**
     * These, beginning with the newest {@code count} of them that the channel keeps of its history, else as {@link #since}.
     *
     * @param count 1 or more; a hub allows 1,000
     */
    public SubscribeOptions newest(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("the newest " + count + " are none; say 1 or more");
        }
        return since(-count);
    }

    /** These, acknowledged by the program: {@link EftlConnection#acknowledge}. */
    public SubscribeOptions acknowledgedByHand() {
        return acknowledged(AckMode.CLIENT);
    }

    /** These, acknowledged by {@code mode}. */
    public SubscribeOptions acknowledged(AckMode mode) {
        return new SubscribeOptions(matcher, durable, type, key, mode, stopped, regexp, since);
    }

    /** These, but none before {@link EftlSubscription#start}. */
    public SubscribeOptions startingStopped() {
        return new SubscribeOptions(matcher, durable, type, key, ack, true, regexp, since);
    }

    private SubscribeOptions durable(String name, DurableType kind, Optional<String> keyField) {
        return new SubscribeOptions(matcher, Optional.of(name), kind, keyField, ack, stopped, regexp, since);
    }
}
