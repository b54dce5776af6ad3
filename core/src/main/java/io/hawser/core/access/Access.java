package io.hawser.core.access;

/** Decides whether somebody may do something. A seam: the rules come with users. */
@FunctionalInterface
public interface Access {
    /** Everybody may do everything. */
    Access ALLOW_ALL = (principal, action, topic) -> true;

    /**
     * True if {@code principal} may do {@code action} on {@code topic}. Pure and quick: called on event loops.
     *
     * @param topic a topic, or for {@link Action#SUBSCRIBE} a topic pattern
     */
    boolean allows(Principal principal, Action action, String topic);
}
