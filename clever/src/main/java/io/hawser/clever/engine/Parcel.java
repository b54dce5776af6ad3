package io.hawser.clever.engine;

import io.hawser.net.Loop;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One thing that waits to be sent. Owner: the party's loop. */
final class Parcel {
    /** What it is, which decides what becomes of it when the connection is lost. */
    enum Kind {
        ACTION,
        REQUEST,
        FILE,
        /** An answer, or an extra: it means nothing on another connection. */
        ANSWER
    }

    private final Kind kind;
    private final boolean urgent;
    private final boolean choosy;
    private final int bytes;
    private final Consumer<CleverLink> departure;
    private final Consumer<Failure> failed;
    private Loop.@Nullable Timer expiry;
    private boolean over;

    /**
     * @param choosy it goes in another way, or not at all, if the peer is not one of ours
     * @param bytes what it counts in the queue
     * @param departure sends it
     * @param failed hears that it will not be sent
     */
    Parcel(
            Kind kind,
            boolean urgent,
            boolean choosy,
            int bytes,
            Consumer<CleverLink> departure,
            Consumer<Failure> failed) {
        this.kind = kind;
        this.urgent = urgent;
        this.choosy = choosy;
        this.bytes = bytes;
        this.departure = departure;
        this.failed = failed;
    }

    Kind kind() {
        return kind;
    }

    boolean urgent() {
        return urgent;
    }

    /** True if it cannot go before it is known whether the peer is one of ours. */
    boolean choosy() {
        return choosy;
    }

    int bytes() {
        return bytes;
    }

    /** True if it must not be sent any more. */
    boolean over() {
        return over;
    }

    void expiresBy(Loop.Timer timer) {
        expiry = timer;
    }

    void depart(CleverLink link) {
        end();
        departure.accept(link);
    }

    void fail(Failure why) {
        if (!over) {
            end();
            failed.accept(why);
        }
    }

    /** Takes it back without a word. */
    void end() {
        over = true;
        if (expiry != null) {
            expiry.cancel();
            expiry = null;
        }
    }
}
