package io.hawser.iot.link;

import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * How a device or operator waits for its server.
 *
 * @param answerTimeout how long the server may take to be connected to, and to answer ({@code http_response_timeout})
 * @param pollTimeout how long a poll may hang before it is asked anew; nobody knows a limit of the server, and without ours a
 *     connection that died unnoticed would be waited on for ever
 * @param pollOffset how much longer than the server we wait where the server is told how long to ({@code
 *     long_polling_timeout_offset})
 * @param tokenRetries how often a call that is denied is made again with a new token ({@code access_token_max_retries})
 * @param drafts whether a model that the server does not know may be made up by it, and used ({@code allow_draft_device_models})
 */
public record LinkSettings(
        Duration answerTimeout, Duration pollTimeout, Duration pollOffset, int tokenRetries, boolean drafts) {
    private static final Duration FOR_EVER = Duration.ofDays(365);

    /** As the originals, but that a poll ends after two minutes. */
    public static final LinkSettings DEFAULT =
            new LinkSettings(Duration.ofSeconds(15), Duration.ofMinutes(2), Duration.ofMillis(100), 1, false);

    /** Checked: times are positive, and nothing is negative. */
    public LinkSettings {
        if (answerTimeout.toMillis() < 1 || pollTimeout.toMillis() < 1 || pollOffset.isNegative() || tokenRetries < 0) {
            throw new IllegalArgumentException("settings of the link out of range");
        }
    }

    /** Teaches {@code keys} those of the originals that are about the link; {@code change} changes it in options. */
    public static <O> void keys(OptionTable<O> keys, BiFunction<O, UnaryOperator<LinkSettings>, O> change) {
        keys.add(
                OptionTable.OLD + "http_response_timeout",
                OptionTable.count((options, value) -> change.apply(
                        options, old -> old.withAnswerTimeout(value <= 0 ? FOR_EVER : Duration.ofMillis(value)))));
        keys.add(
                OptionTable.OLD + "access_token_max_retries",
                OptionTable.count((options, value) -> change.apply(options, old -> old.withTokenRetries(value))));
        keys.add(
                OptionTable.NEW + "device.allow_draft_device_models",
                OptionTable.truth((options, value) -> change.apply(options, old -> old.withDrafts(value))));
        keys.add(OptionTable.NEW + "use_webapi", OptionTable.truth((options, value) -> {
            if (value) {
                throw new IllegalArgumentException("must be false, as this library does not speak as a user");
            }
            return options;
        }));
    }

    /** These, with another time to answer. */
    public LinkSettings withAnswerTimeout(Duration limit) {
        return new LinkSettings(limit, pollTimeout, pollOffset, tokenRetries, drafts);
    }

    /** These, with another time for a poll to hang. */
    public LinkSettings withPollTimeout(Duration limit) {
        return new LinkSettings(answerTimeout, limit, pollOffset, tokenRetries, drafts);
    }

    /** These, with another difference to the time that the server is told. */
    public LinkSettings withPollOffset(Duration more) {
        return new LinkSettings(answerTimeout, pollTimeout, more, tokenRetries, drafts);
    }

    /** These, with so many new tokens for a call that is denied. */
    public LinkSettings withTokenRetries(int times) {
        return new LinkSettings(answerTimeout, pollTimeout, pollOffset, times, drafts);
    }

    /** These, with models that the server makes up, or without. */
    public LinkSettings withDrafts(boolean allowed) {
        return new LinkSettings(answerTimeout, pollTimeout, pollOffset, tokenRetries, allowed);
    }
}
