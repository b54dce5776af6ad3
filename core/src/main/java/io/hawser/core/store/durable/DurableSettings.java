package io.hawser.core.store.durable;

import io.hawser.core.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one durable is and how much it may hold. A time of zero means that this never happens.
 *
 * @param kind who gets the messages; stays as it was at the first definition
 * @param key of a last-value durable, and only there: the field whose values have one newest message each
 * @param messageTtl how long a message waits before it is dropped, counted; to the second, never too early. Zero (default):
 *     for ever
 * @param durableTtl how long the durable stays without a consumer before it is deleted with its messages; default 30 days
 * @param messages the most messages, waiting and out with consumers; default 100,000
 * @param bytes the most bytes, by {@link io.hawser.core.message.Message#weight()}; default 64 MiB
 * @param whenFull what becomes of a message that there is no room for; default {@link WhenFull#REJECT}
 * @param ackTimeout how long a consumer may take to acknowledge before the message goes out again. Zero (default): as long
 *     as it is there
 * @param maxDeliveries how often a message is handed out before it is dropped, counted and reported. 0 (default): as often
 *     as it takes
 */
public record DurableSettings(
        Kind kind,
        Optional<String> key,
        Duration messageTtl,
        Duration durableTtl,
        int messages,
        long bytes,
        WhenFull whenFull,
        Duration ackTimeout,
        int maxDeliveries) {
    private static final Duration MOST_TIME = Duration.ofDays(36_500);

    /** A standard durable with every default. */
    public static final DurableSettings DEFAULT = new DurableSettings(
            Kind.STANDARD,
            Optional.empty(),
            Duration.ZERO,
            Duration.ofDays(30),
            100_000,
            64L << 20,
            WhenFull.REJECT,
            Duration.ZERO,
            0);

    /** Who gets the messages of a durable ({@code specs/eftl.md} 4, Durables). */
    public enum Kind {
        /** One consumer; a newer one displaces it. */
        STANDARD,
        /** Many consumers; each message goes to one of them, in turn, as far as they have credit. */
        SHARED,
        /**
         * Many consumers; each gets the newest message of every value of the key field at once, then what changes. Nothing
         * waits for acknowledgement. A message without the key field is not kept.
         */
        LAST_VALUE
    }

    /** What becomes of a message that a durable has no room for. */
    public enum WhenFull {
        /** Its publisher is refused. */
        REJECT,
        /** The oldest message that waits makes room, counted. */
        DROP_OLDEST
    }

    /** Checks what must hold: times of at most 100 years, room for one message, a key exactly where it is needed. */
    public DurableSettings {
        if ((kind == Kind.LAST_VALUE) != key.isPresent()) {
            throw new IllegalArgumentException("a last-value durable needs a key field, and no other has one");
        }
        for (Duration time : List.of(messageTtl, durableTtl, ackTimeout)) {
            if (time.isNegative() || time.compareTo(MOST_TIME) > 0) {
                throw new IllegalArgumentException(
                        "a durable's times must be between 0 and " + MOST_TIME.toDays() + " days");
            }
        }
        if (messages < 1 || bytes < 1 || maxDeliveries < 0) {
            throw new IllegalArgumentException("a durable must have room for a message, and no negative limit");
        }
    }

    /** The same for many consumers that share the messages. */
    public DurableSettings shared() {
        return of(Kind.SHARED, Optional.empty());
    }

    /** The same with one newest message for each value of the field {@code keyField}. */
    public DurableSettings lastValue(String keyField) {
        return of(Kind.LAST_VALUE, Optional.of(keyField));
    }

    private DurableSettings of(Kind newKind, Optional<String> newKey) {
        return new DurableSettings(
                newKind, newKey, messageTtl, durableTtl, messages, bytes, whenFull, ackTimeout, maxDeliveries);
    }

    /** The same with room for so much. */
    public DurableSettings withRoom(int mostMessages, long mostBytes, WhenFull policy) {
        return new DurableSettings(
                kind, key, messageTtl, durableTtl, mostMessages, mostBytes, policy, ackTimeout, maxDeliveries);
    }

    /** The same with this life time of messages. */
    public DurableSettings withMessageTtl(Duration ttl) {
        return new DurableSettings(kind, key, ttl, durableTtl, messages, bytes, whenFull, ackTimeout, maxDeliveries);
    }

    /** The same with this life time without consumers. */
    public DurableSettings withDurableTtl(Duration ttl) {
        return new DurableSettings(kind, key, messageTtl, ttl, messages, bytes, whenFull, ackTimeout, maxDeliveries);
    }

    /** The same, with messages that go out again after {@code timeout} and at most {@code most} times. */
    public DurableSettings withRedelivery(Duration timeout, int most) {
        return new DurableSettings(kind, key, messageTtl, durableTtl, messages, bytes, whenFull, timeout, most);
    }

    /** True if {@code other} is of the same kind, with the same key. */
    public boolean sameKind(DurableSettings other) {
        return kind == other.kind && key.equals(other.key);
    }

    /** What a publisher hears whose message the durable {@code name} has no room for. */
    public StoreException full(DurableName name) {
        return StoreException.limit(
                "durable.messages",
                "durable " + name + " is full (" + messages + " messages or " + bytes
                        + " bytes); consume from it, purge or delete it, or raise its limit");
    }

    /** What somebody hears who defines the durable {@code name} as another kind than it is. */
    public StoreException clash(DurableName name) {
        return new StoreException("durable " + name + " is " + kind
                + key.map(field -> " by " + field).orElse("")
                + "; use it as that, delete it first, or choose another name");
    }
}
