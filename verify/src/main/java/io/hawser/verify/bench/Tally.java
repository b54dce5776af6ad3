package io.hawser.verify.bench;

/** What arrived on one connection, and whether it came in order. Owner: the loader's thread. */
final class Tally {
    private long next;
    private long received;
    private long disordered;
    private long acknowledged;

    /** A tally that expects the message {@code first} to come first, and its acknowledgement. */
    Tally(long first) {
        next = first;
        acknowledged = first;
    }

    /** From now on {@code first} is the next message; what did not come is given up. */
    void expect(long first) {
        next = first;
    }

    /** The message {@code number} was delivered. */
    void delivered(long number) {
        received++;
        if (number < next) {
            disordered++;
        } else {
            next = number + 1;
        }
    }

    /** The broker has the publication {@code number}; each is acknowledged in turn. */
    void acknowledged(long number) {
        if (number != acknowledged) {
            throw new IllegalStateException("acknowledged " + number + ", expected " + acknowledged);
        }
        acknowledged++;
    }

    /** How many messages arrived. */
    long received() {
        return received;
    }

    /** How many messages came after a later one, or twice. */
    long disordered() {
        return disordered;
    }

    /** The message after the latest that arrived. */
    long next() {
        return next;
    }

    /** The publication after the latest that was acknowledged. */
    long nextAcknowledged() {
        return acknowledged;
    }
}
