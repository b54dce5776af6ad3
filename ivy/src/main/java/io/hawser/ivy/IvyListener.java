package io.hawser.ivy;

import java.util.List;

/** Hears what happens on the bus besides texts. Called on the agent's callback executor, one at a time. */
public interface IvyListener {
    /** {@code client} is there; texts that it wants reach it from now on. */
    default void joined(IvyClient client) {}

    /** {@code client} is gone; {@code reason} says how, in words. */
    default void left(IvyClient client, String reason) {}

    /** {@code client} wants texts that match {@code regexp}; told for those it came with too, after {@link #joined}. */
    default void subscribed(IvyClient client, int id, String regexp) {}

    /** {@code client} no longer wants what it subscribed under {@code id}. */
    default void unsubscribed(IvyClient client, int id) {}

    /** {@code client} says something to us alone; {@code number} is free. */
    default void direct(IvyClient client, int number, String text) {}

    /**
     * {@code client} says several parameters to us alone: a direct message in which ETX ends each. Unless this is
     * overridden they are told as the one text that ivy-c and ivy-java would see, with the ETX in it.
     */
    default void direct(IvyClient client, int number, List<String> parameters) {
        direct(client, number, Parameters.join(parameters));
    }

    /** {@code client} asks this program to end. It is for the program to decide; the agent goes on. */
    default void die(IvyClient client, int number, String reason) {}

    /** {@code client} reads so slowly that from now on texts for it are lost, or waited with ({@link IvyOverflow}). */
    default void congested(IvyClient client) {}

    /** {@code client}, which was congested, reads on; texts reach it again. */
    default void relieved(IvyClient client) {}

    /** {@code client} could not take something that we sent, for example a regexp; {@code code} is free. */
    default void problem(IvyClient client, int code, String reason) {}
}
