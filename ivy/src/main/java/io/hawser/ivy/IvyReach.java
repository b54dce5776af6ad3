package io.hawser.ivy;

/**
 * Whom a text has reached, when it was matched: an agent with several subscriptions that match gets it once for each, and
 * one that reads too slowly may lose it later.
 *
 * @param agents how many agents
 * @param subscriptions how many subscriptions, over all agents
 */
public record IvyReach(int agents, int subscriptions) {
    /** Nobody wanted it. */
    static final IvyReach NOBODY = new IvyReach(0, 0);
}
