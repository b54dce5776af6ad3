package io.hawser.iot.link;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The server's clock, as far as it is known: ours, until the server refuses a proof and says what time it is; then ours with the
 * difference, in everything that is dated from then on ({@code specs/iot.md} 1.2). Callable from any thread.
 */
public final class ServerClock implements InstantSource {
    private final InstantSource ours;
    private volatile Duration ahead = Duration.ZERO;

    /** A clock that goes like {@code ours} until it is set. */
    public ServerClock(InstantSource ours) {
        this.ours = ours;
    }

    @Override
    public Instant instant() {
        return ours.instant().plus(ahead);
    }

    /** How far the server's clock is ahead of ours; negative if it is behind. */
    public Duration ahead() {
        return ahead;
    }

    /** The server says that it is {@code millis} since 1970. */
    void set(long millis) {
        set(Duration.between(ours.instant(), Instant.ofEpochMilli(millis)));
    }

    /** The server's clock is ahead by {@code difference}. */
    void set(Duration difference) {
        ahead = difference;
    }
}
