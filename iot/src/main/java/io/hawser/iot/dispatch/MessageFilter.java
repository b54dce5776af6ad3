package io.hawser.iot.dispatch;

import io.hawser.iot.wire.IotMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What becomes of messages that are offered: the policies of a device. Called from any thread, must not block; futures may
 * complete on any thread.
 */
@FunctionalInterface
public interface MessageFilter {
    /** What is to be queued now instead of {@code messages}: these, others, fewer, none. */
    CompletableFuture<List<IotMessage>> offered(List<IotMessage> messages);

    /** What was held back and must leave before the end. Called once, when the dispatcher closes. */
    default CompletableFuture<List<IotMessage>> flush() {
        return CompletableFuture.completedFuture(List.of());
    }
}
