package io.hawser.app.access;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who guesses passwords: an address that fails 15 times within a minute is banned for five. Thread-safe; at most 10,000
 * addresses are remembered, the oldest goes first.
 */
final class FailedLogins {
    private static final int MOST_FAILURES = 15;
    private static final long WINDOW_MILLIS = 60_000;
    private static final long BAN_MILLIS = 300_000;
    private static final int MOST = 10_000;

    private final Map<String, Failures> addresses = new LinkedHashMap<>();

    /** How often it failed since {@code since}. */
    private record Failures(long since, int count, long bannedUntil) {}

    synchronized boolean isBanned(String address, long now) {
        Failures failures = addresses.get(address);
        return failures != null && now < failures.bannedUntil();
    }

    synchronized void add(String address, long now) {
        @Nullable Failures before = addresses.remove(address);
        boolean same = before != null && now - before.since() < WINDOW_MILLIS;
        long since = same ? before.since() : now;
        int count = (same ? before.count() : 0) + 1;
        addresses.put(address, new Failures(since, count, count >= MOST_FAILURES ? now + BAN_MILLIS : 0));
        if (addresses.size() > MOST) {
            addresses.remove(addresses.keySet().iterator().next());
        }
    }
}
