package io.hawser.iot.link;

import io.hawser.iot.wire.IotMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The way to the server for messages, and for requests back ({@code specs/iot.md} 1.7). Every method may be called from any
 * thread and returns at once; futures complete on any thread, and fail with a {@link LinkException}. A future that is cancelled
 * ends its call.
 */
public interface MessageLink {
    /**
     * Posts messages in one call.
     *
     * @param messages all of them are accepted, or none is
     * @param acceptBytes how many bytes of requests may come back; 0: none
     * @return the requests that came back
     */
    CompletableFuture<List<IotMessage.Request>> post(List<IotMessage> messages, int acceptBytes);

    /**
     * Asks for requests.
     *
     * @param acceptBytes how many bytes of them may come
     * @param wait until there is one, or the server has waited long enough; else the answer comes at once
     * @return none, if there is none
     */
    CompletableFuture<List<IotMessage.Request>> poll(int acceptBytes, boolean wait);
}
