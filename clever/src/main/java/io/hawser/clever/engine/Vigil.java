package io.hawser.clever.engine;

import io.hawser.core.value.Value;
import io.hawser.net.Loop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Looks after one connection where the operating system does not: Java cannot set TCP's user time-out, and keepalive is silent
 * while anything is unacknowledged ({@code specs/clever.md} 4, 9 and 10). So a connection out of which nothing leaves for too
 * long is dropped, and one whose ping is not answered. Owner: the party's loop.
 */
final class Vigil {
    /** How often within the limit it looks. */
    private static final int LOOKS = 4;

    private final CleverParty party;
    private final CleverLink link;
    private final Loop loop;
    private Loop.@Nullable Timer stall;
    private Loop.@Nullable Timer ping;
    private final Stall stalled = new Stall();
    private long heardAt;

    Vigil(CleverParty party, CleverLink link, Loop loop) {
        this.party = party;
        this.link = link;
        this.loop = loop;
        this.heardAt = loop.nanoTime();
        watch();
        party.settings().ping().ifPresent(what -> pingAfter(what.interval(), what));
    }

    /** The peer has said something. */
    void heard() {
        heardAt = loop.nanoTime();
    }

    void end() {
        if (stall != null) {
            stall.cancel();
        }
        if (ping != null) {
            ping.cancel();
        }
    }

    private void watch() {
        Duration limit = party.settings().stallTimeout();
        stall = loop.schedule(limit.dividedBy(LOOKS), () -> {
            if (stalled.after(link.left(), link.unsent())) {
                link.drop("nothing left for the peer for " + limit);
            } else {
                watch();
            }
        });
    }

    /** A peer that speaks by itself need not be asked. */
    private void pingAfter(Duration wait, CleverSettings.Ping what) {
        ping = loop.schedule(wait, () -> {
            Duration quietFor = Duration.ofNanos(loop.nanoTime() - heardAt);
            boolean silent = quietFor.compareTo(what.interval()) >= 0;
            if (silent) {
                party.ping(what.patience(), new Pong(what.patience()));
            }
            pingAfter(silent ? what.interval() : what.interval().minus(quietFor), what);
        });
    }

    /** Whether anything leaves, as seen from time to time: so often in a row nothing did, though something waited. */
    static final class Stall {
        private long left;
        private int still;

        /** True if, with {@code nowLeft} bytes gone in all and {@code unsent} not, nothing has left for too long. */
        boolean after(long nowLeft, long unsent) {
            still = unsent > 0 && nowLeft == left ? still + 1 : 0;
            left = nowLeft;
            return still >= LOOKS;
        }
    }

    /** Any answer will do, an error is one too. */
    private final class Pong implements Outcome {
        private final Duration patience;

        Pong(Duration patience) {
            this.patience = patience;
        }

        @Override
        public void done(Value value) {}

        @Override
        public void failed(Failure why) {
            if (why.kind() == Failure.Kind.TIMEOUT) {
                link.drop("the peer did not answer a ping within " + patience);
            }
        }
    }
}
