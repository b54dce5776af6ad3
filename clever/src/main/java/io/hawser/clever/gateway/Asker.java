package io.hawser.clever.gateway;

import io.hawser.core.message.Source;

/**
 * In whose name a copter is told something.
 *
 * @param who the operator, or who spoke on the bus
 * @param where from where; may be empty
 * @param judged whether access rules have been asked already
 */
record Asker(String who, String where, boolean judged) {
    /** Whoever shows the admin token. */
    static Asker operator(String where) {
        return new Asker(Guard.OPERATOR.name(), where, false);
    }

    /** Whoever said something on the bus: its router has asked the rules. */
    static Asker onBus(Source source) {
        return new Asker(source.toString(), source.origin(), true);
    }
}
