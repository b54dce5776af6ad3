package io.hawser.core.message;

/**
 * Where the answer to a message goes: whoever answers publishes on the topic {@code inbox}, confined to the channel of the
 * same name, with the same correlation.
 *
 * @param inbox a topic that only the one who asked knows, and those it asks
 * @param correlation tells its requests apart
 */
public record ReplyTo(String inbox, long correlation) {}
