package io.hawser.app.admin.entry;

import io.hawser.app.access.Token;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who has logged in with a browser. Each has a key of 256 bits, of which this keeps the digest alone. A session ends when nobody used
 * it for two hours, after twelve in any case, and as soon as its user would not be let in any more; one user has 20 at most and all
 * together 1,000, of which the one that was used longest ago goes first. Nothing outlives the hub. Callable from any thread.
 */
final class Sessions {
    /** How long a session may last. */
    static final Duration LONGEST = Duration.ofHours(12);

    private static final Duration LONGEST_PAUSE = Duration.ofHours(2);
    private static final int MOST = 1_000;
    private static final int MOST_OF_ONE = 20;

    private final SecureRandom random;
    private final InstantSource clock;
    /** By the digest of the key, the one that was used longest ago first; guarded by this. */
    private final Map<String, Session> all = new LinkedHashMap<>();

    Sessions(SecureRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
    }

    /**
     * A session that has begun.
     *
     * @param key what its browser shows
     */
    record Opened(String key, Session session) {
        @Override
        public String toString() {
            return "Opened[" + session + "]";
        }
    }

    /** Begins a session of {@code visitor}. */
    synchronized Opened open(Visitor visitor) {
        long now = clock.millis();
        all.values().removeIf(session -> hasEnded(session, now));
        String key = Token.random(random);
        Session session = new Session(visitor, Token.random(random), now, now);
        long own = all.values().stream()
                .filter(each -> each.visitor().name().equals(visitor.name()))
                .count();
        if (own >= MOST_OF_ONE) {
            removeOldest(visitor.name());
        } else if (all.size() >= MOST) {
            all.remove(all.keySet().iterator().next());
        }
        all.put(Token.digest(key), session);
        return new Opened(key, session);
    }

    private void removeOldest(String name) {
        for (Iterator<Session> each = all.values().iterator(); each.hasNext(); ) {
            if (each.next().visitor().name().equals(name)) {
                each.remove();
                return;
            }
        }
    }

    /** The session with {@code key}, which is used now; empty if there is none any more. */
    synchronized Optional<Session> use(String key) {
        String digest = Token.digest(key);
        Session session = all.remove(digest);
        long now = clock.millis();
        if (session == null || hasEnded(session, now)) {
            return Optional.empty();
        }
        Session used = session.usedAt(now);
        all.put(digest, used);
        return Optional.of(used);
    }

    /** Whether the session with {@code key} goes on; asking is not using it. */
    synchronized boolean lasts(String key) {
        Session session = all.get(Token.digest(key));
        return session != null && !hasEnded(session, clock.millis());
    }

    /** Ends the session with {@code key}. */
    synchronized void close(String key) {
        all.remove(Token.digest(key));
    }

    private static boolean hasEnded(Session session, long now) {
        return now - session.began() >= LONGEST.toMillis()
                || now - session.used() >= LONGEST_PAUSE.toMillis()
                || !session.visitor().welcome().getAsBoolean();
    }
}
