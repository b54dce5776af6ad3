package io.hawser.iot.dispatch;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;

/**
 * What a dispatcher has done since it was opened or reset ({@code specs/iot.md} 3.5).
 *
 * @param load percent of the queue in use, with one decimal
 * @param totalBytesSent JSON of the messages that were delivered, in UTF-8
 * @param totalBytesReceived JSON of the requests that came, in UTF-8
 * @param totalMessagesReceived requests that came
 * @param totalMessagesRetried how often a message was sent again
 * @param totalMessagesSent messages that were delivered
 * @param totalProtocolErrors calls to the server that failed
 */
public record DispatcherCounters(
        double load,
        long totalBytesSent,
        long totalBytesReceived,
        long totalMessagesReceived,
        long totalMessagesRetried,
        long totalMessagesSent,
        long totalProtocolErrors) {
    /** The counters as the resource {@code counters} tells them. */
    public Fields toFields() {
        return Fields.builder()
                .put("load", Value.of(load))
                .put("totalBytesSent", Value.of(totalBytesSent))
                .put("totalBytesReceived", Value.of(totalBytesReceived))
                .put("totalMessagesReceived", Value.of(totalMessagesReceived))
                .put("totalMessagesRetried", Value.of(totalMessagesRetried))
                .put("totalMessagesSent", Value.of(totalMessagesSent))
                .put("totalProtocolErrors", Value.of(totalProtocolErrors))
                .build();
    }
}
