package io.hawser.eftl.rest;

import io.hawser.eftl.wire.ClientFrame.AckMode;
import io.hawser.eftl.wire.ClientFrame.DurableType;
import io.hawser.eftl.wire.ClientFrame.Subscribe;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which durable a caller speaks of.
 *
 * @param name the name it gave
 * @param type what it says the durable is
 * @param key the field of a last-value durable
 * @param matcher what it is to keep, as on the wire; empty: what it keeps already, or everything
 */
record DurableAsk(String name, Optional<DurableType> type, Optional<String> key, Optional<String> matcher) {
    /** What {@code call} says in its path and query. */
    static DurableAsk of(RestCall call) {
        Optional<DurableType> type = call.query("type").map(said -> Stream.of(DurableType.values())
                .filter(each -> each.wire().equals(said))
                .findFirst()
                .orElseThrow(() -> call.invalid("type must be standard, shared or last-value")));
        return new DurableAsk(call.name("durable"), type, call.query("key"), call.query("matcher"));
    }

    DurableAsk matching(String newMatcher) {
        return new DurableAsk(name, type, key, Optional.of(newMatcher));
    }

    DurableAsk as(DurableType newType, Optional<String> newKey) {
        return new DurableAsk(name, Optional.of(newType), newKey, matcher);
    }

    /** True if it is not about a durable that several may share. */
    boolean mayBeOwn() {
        return type.isEmpty() || type.get() == DurableType.STANDARD;
    }

    /** True if it does not say whose durable it is about. */
    boolean open() {
        return type.isEmpty();
    }

    /** What a client would say on a WebSocket. */
    Subscribe frame() {
        return new Subscribe(
                RestDoor.CLIENT,
                matcher.orElse(""),
                Optional.of(name),
                AckMode.CLIENT,
                type.orElse(DurableType.STANDARD),
                key,
                false,
                Optional.empty(),
                Optional.empty());
    }
}
