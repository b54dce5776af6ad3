package io.hawser.app.bench;

import java.time.Duration;

/**
 * What somebody wants to know of a hub.
 *
 * @param clients how many there are
 * @param messages how often it is done at most
 * @param size bytes of each message, about
 * @param rate how often a second; 0: as fast as the hub answers
 * @param duration how long it is done at most
 * @param patience how long the hub may take to answer
 */
record BenchPlan(int clients, long messages, int size, double rate, Duration duration, Duration patience) {
    /** So much is on its way at once where the rate is not given, for each client. */
    private static final int AHEAD = 100;

    /** More is never on its way: a hub that is slower than the rate makes whoever is behind wait, which is measured. */
    private static final int MOST_AHEAD = 20_000;

    /** True if a rate says when each is due, so that its time counts from there. */
    boolean paced() {
        return rate > 0;
    }

    /** How many endings may be on their way at once of {@code verb}; there is room for one beginning at least. */
    int ahead(Verb verb) {
        if (paced()) {
            return Math.max(MOST_AHEAD, clients);
        }
        boolean oneAtATime = verb == Verb.REQ || verb == Verb.FILE;
        return Math.max(clients, Math.min(MOST_AHEAD, oneAtATime ? clients : clients * AHEAD));
    }
}
