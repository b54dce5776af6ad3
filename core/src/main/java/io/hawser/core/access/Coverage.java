package io.hawser.core.access;

/** How much of what a topic pattern matches somebody may see. */
public enum Coverage {
    /** All of it: nothing needs to be checked at delivery. */
    ALL,
    /** Some of it: each message is checked at delivery. */
    SOME,
    /** None of it. */
    NONE
}
