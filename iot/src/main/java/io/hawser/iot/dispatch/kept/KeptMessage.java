package io.hawser.iot.dispatch.kept;

import io.hawser.iot.wire.IotMessage;

/**
 * A message that was found on disk.
 *
 * @param row where it lies
 * @param bytes of its JSON
 */
public record KeptMessage(KeptRow row, IotMessage message, int bytes) {}
