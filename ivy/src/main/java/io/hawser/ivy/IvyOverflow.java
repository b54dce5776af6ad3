package io.hawser.ivy;

/**
 * What becomes of texts for an agent that reads so slowly that {@code IvyLimits.maxUnsentBytes} wait for it. The other agents
 * are never delayed, except by {@link #BLOCK}, which delays whoever sends. Texts are lost whole or not at all.
 */
public enum IvyOverflow {
    /** New ones are lost and counted, and {@link IvyListener#congested} is told; when it reads on it gets the next ones. */
    DROP_NEWEST,
    /** Those that wait longest are lost and counted, and {@link IvyListener#congested} is told; it gets the newest. */
    DROP_OLDEST,
    /**
     * Whoever sends waits until there is room, so that nothing is lost, and {@link IvyListener#congested} is told. After
     * {@code IvyLimits.maxSendWait} the agent is cut off, and {@link IvyListener#left} is told. Several slow agents are waited
     * for one after the other.
     */
    BLOCK,
    /** It is cut off, and {@link IvyListener#left} is told. */
    DISCONNECT
}
