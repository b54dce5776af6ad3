package io.hawser.core.trace;

/** What can happen to a message on its way. */
public enum TraceStep {
    /** It came onto the bus; the detail says how many hear it. */
    ARRIVED,
    /** A rule keeps it off the bus. */
    REFUSED,
    /** A border keeps it off the bus. */
    KEPT_OUT,
    /** A party listens to it; the detail is its subscription. */
    MATCHED,
    /** A party listens to it, and a rule does not let it hear this one. */
    WITHHELD,
    /** A durable keeps it. */
    STORED,
    /** It leaves for a party. */
    DELIVERED,
    /** A party that reads too slowly has lost it. */
    DROPPED
}
