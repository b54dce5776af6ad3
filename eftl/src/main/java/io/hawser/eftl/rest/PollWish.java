package io.hawser.eftl.rest;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a poll asks for.
 *
 * @param durable of which durable
 * @param timeout how long it waits for the first message
 * @param max the most messages
 * @param after up to which store id the caller has read; then nothing is acknowledged for it. Empty: what it is given is
 */
record PollWish(DurableAsk durable, Duration timeout, int max, OptionalLong after) {
    private static final int MAX = 100;

    /** What {@code call} says in its query. */
    static PollWish of(RestCall call, RestLimits limits) {
        String timeout = call.query("timeout").orElse("0");
        if (!timeout.matches("\\d{1,9}(\\.\\d{1,3})?")) {
            throw call.invalid("timeout must be a number of seconds, such as 30 or 0.5");
        }
        Duration wait = Duration.ofMillis(Math.round(Double.parseDouble(timeout) * 1_000));
        String max = call.query("max").orElse(String.valueOf(Math.min(MAX, limits.maxMessages())));
        if (!max.matches("\\d{1,9}") || Integer.parseInt(max) < 1 || Integer.parseInt(max) > limits.maxMessages()) {
            throw call.invalid("max must be a number of messages, 1 to " + limits.maxMessages());
        }
        String after = call.query("after").orElse("");
        if (!after.matches("\\d{0,18}")) {
            throw call.invalid("after must be the sid of the last message you have read, or 0");
        }
        return new PollWish(
                DurableAsk.of(call),
                wait.compareTo(limits.longestPoll()) < 0 ? wait : limits.longestPoll(),
                Integer.parseInt(max),
                after.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(after)));
    }
}
