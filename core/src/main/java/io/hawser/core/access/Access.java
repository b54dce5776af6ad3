package io.hawser.core.access;

import io.hawser.core.match.TopicPattern;

/** Decides whether somebody may do something. Pure and quick: asked on event loops. */
@FunctionalInterface
public interface Access {
    /** Everybody may do everything. */
    Access ALLOW_ALL = (principal, action, topic) -> true;

    /** True if {@code principal} may do {@code action} on {@code topic}. */
    boolean allows(Principal principal, Action action, String topic);

    /** What a rule would have to allow where {@link #allows} says no: {@code action}, if that is all it takes. */
    default Action missing(Principal principal, Action action, String topic) {
        return action;
    }

    /**
     * What decides at this moment, as one object that never changes: whoever remembers what it said asks again when this is
     * another one.
     */
    default Access now() {
        return this;
    }

    /** For how much of {@code pattern} {@link #allows} holds. */
    default Coverage coverage(Principal principal, Action action, TopicPattern pattern) {
        return allows(principal, action, pattern.toString()) ? Coverage.ALL : Coverage.NONE;
    }
}
