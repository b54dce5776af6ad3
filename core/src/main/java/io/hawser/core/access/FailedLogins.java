package io.hawser.core.access;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who guesses passwords or secrets: whoever fails 15 times within a minute is banned for five. At most 10,000 are remembered, the
 * oldest goes first. Belongs to one thread at a time.
 */
public final class FailedLogins {
    private static final int MOST_FAILURES = 15;
    private static final long WINDOW_MILLIS = 60_000;
    private static final long BAN_MILLIS = 300_000;
    private static final int MOST = 10_000;

    private final Map<String, Failures> guessers = new LinkedHashMap<>();

    /** How often it failed since {@code since}. */
    private record Failures(long since, int count, long bannedUntil) {}

    /** Whether {@code who}, an address for example, has to wait at {@code now}, in milliseconds. */
    public boolean isBanned(String who, long now) {
        Failures failures = guessers.get(who);
        return failures != null && now < failures.bannedUntil();
    }

    /** {@code who} has failed at {@code now}. */
    public void add(String who, long now) {
        @Nullable Failures before = guessers.remove(who);
        boolean same = before != null && now - before.since() < WINDOW_MILLIS;
        long since = same ? before.since() : now;
        int count = (same ? before.count() : 0) + 1;
        guessers.put(who, new Failures(since, count, count >= MOST_FAILURES ? now + BAN_MILLIS : 0));
        if (guessers.size() > MOST) {
            guessers.remove(guessers.keySet().iterator().next());
        }
    }
}
