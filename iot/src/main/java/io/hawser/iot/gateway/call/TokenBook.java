package io.hawser.iot.gateway.call;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The access tokens that are good now: 32 hexadecimal digits each ({@code specs/iot.md} 1.2), in memory alone. After a restart none is,
 * and clients ask for another. Owner: the gateway's loop.
 */
public final class TokenBook {
    /** So many of one holder are good at a time; one more, and its oldest is not. */
    private static final int MOST_OF_ONE = 8;

    private final Supplier<String> random;
    private final InstantSource clock;
    private final Duration life;
    private final int most;
    /** In the order of their making, which is that of their end. */
    private final Map<String, Entry> tokens = new LinkedHashMap<>();

    private final Map<Holder, Deque<String>> holders = new HashMap<>();

    private record Entry(Holder holder, Instant end) {}

    /**
     * An empty book.
     *
     * @param random makes 32 hexadecimal digits that nobody can guess
     * @param most tokens at a time; one more, and the oldest of all is not good any more
     */
    public TokenBook(Supplier<String> random, InstantSource clock, Duration life, int most) {
        this.random = random;
        this.clock = clock;
        this.life = life;
        this.most = most;
    }

    /** How long a token is good. */
    public Duration life() {
        return life;
    }

    /** A new token for {@code holder}. */
    public String issue(Holder holder) {
        forgetTheOld();
        String token = random.get();
        tokens.put(token, new Entry(holder, clock.instant().plus(life)));
        Deque<String> own = holders.computeIfAbsent(holder, first -> new ArrayDeque<>());
        own.add(token);
        if (own.size() > MOST_OF_ONE) {
            tokens.remove(own.remove());
        }
        return token;
    }

    /** Whom {@code token} stands for, if it is good. */
    public Optional<Holder> holder(String token) {
        Entry entry = tokens.get(token);
        return entry == null || !clock.instant().isBefore(entry.end()) ? Optional.empty() : Optional.of(entry.holder());
    }

    /** No token of {@code holder} is good any more. */
    public void revoke(Holder holder) {
        Deque<String> own = holders.remove(holder);
        if (own != null) {
            own.forEach(tokens::remove);
        }
    }

    int size() {
        return tokens.size();
    }

    private void forgetTheOld() {
        Instant now = clock.instant();
        Iterator<Map.Entry<String, Entry>> all = tokens.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Entry> oldest = all.next();
            if (tokens.size() < most && now.isBefore(oldest.getValue().end())) {
                return;
            }
            Holder holder = oldest.getValue().holder();
            all.remove();
            holders.computeIfPresent(holder, (key, own) -> {
                own.remove(oldest.getKey());
                return own.isEmpty() ? null : own;
            });
        }
    }
}
