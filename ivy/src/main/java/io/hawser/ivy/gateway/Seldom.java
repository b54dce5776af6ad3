package io.hawser.ivy.gateway;

/** Says when something that agents can do faster than anybody reads is worth a line in the log. Owner: the mesh's loop. */
final class Seldom {
    private long times;

    /** Counts one more; true for the 1st, 2nd, 4th, 8th, ... */
    boolean now() {
        return Long.bitCount(++times) == 1;
    }

    /** How often. */
    long times() {
        return times;
    }
}
