package io.hawser.iot.registry.command;

import io.hawser.core.value.Value;
import java.time.Duration;
import java.util.Map;

/**
 * What is asked of a device ({@code specs/iot.md} 1.7.2, REQUEST).
 *
 * @param device the endpoint id of who is asked
 * @param application the application in whose name
 * @param source who asks: an integration, or the hub
 * @param method {@code GET}, {@code PUT}, {@code POST}, {@code PATCH} or {@code DELETE}
 * @param url the path without a slash before it
 * @param headers names and values
 * @param body the body, which may be empty
 * @param timeToLive how long it waits for a poll
 * @param answerTimeout how long an answer is waited for, from the moment it is handed out
 */
public record CommandOrder(
        String device,
        String application,
        String source,
        String method,
        String url,
        Map<String, String> headers,
        Value.Opaque body,
        Duration timeToLive,
        Duration answerTimeout) {
    /** With a copy of the headers. */
    public CommandOrder {
        headers = Map.copyOf(headers);
    }

    /** The same with another time to live. */
    public CommandOrder within(Duration newTimeToLive) {
        return new CommandOrder(device, application, source, method, url, headers, body, newTimeToLive, answerTimeout);
    }
}
