package io.hawser.ivy;

import java.util.List;

/** Hears the texts that matched one of our regexps. Called on the agent's callback executor, one at a time. */
@FunctionalInterface
public interface IvyTextHandler {
    /**
     * A text has matched.
     *
     * @param client who sent it
     * @param args what the groups captured, in order; empty for a group that took no part
     */
    void received(IvyClient client, List<String> args);
}
