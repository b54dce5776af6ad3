package io.hawser.iot.dispatch.request;

import io.hawser.iot.wire.IotMessage;

/** Answers requests of the server. Called on the executor for handlers; may block there. */
@FunctionalInterface
public interface RequestHandler {
    /**
     * The answer to {@code request}, which is sent back.
     *
     * @throws Exception is answered with 500 and its message
     */
    Answer handle(IotMessage.Request request) throws Exception;
}
