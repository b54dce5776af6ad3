package io.hawser.iot.dispatch.request;

import io.hawser.iot.wire.IotMessage;

/**
 * A request that has come.
 *
 * @param bytes of its JSON
 */
public record Incoming(IotMessage.Request request, int bytes) {}
