package io.hawser.clever.gateway;

import io.hawser.core.access.Principal;
import io.hawser.core.message.Source;

/**
 * In whose name a copter is told something.
 *
 * @param who the operator, or who spoke on the bus
 * @param where from where; may be empty
 * @param bound which of what it wants the access rules are asked about
 */
public record Asker(Principal who, String where, Bound bound) {
    /** About what the access rules are asked. */
    enum Bound {
        /** What is guarded alone. */
        GUARDED,
        /** All of it. */
        ALL,
        /** Nothing: they have been asked already. */
        NOTHING
    }

    /** Whoever shows the admin token. */
    public static Asker operator(String where) {
        return new Asker(Guard.OPERATOR, where, Bound.GUARDED);
    }

    /** A user of the hub, who may tell copters what it may say to them on the bus. */
    public static Asker user(Principal user, String where) {
        return new Asker(user, where, Bound.ALL);
    }

    /** Whoever said something on the bus: its router has asked the rules. */
    static Asker onBus(Source source) {
        return new Asker(new Principal(source.toString()), source.origin(), Bound.NOTHING);
    }
}
