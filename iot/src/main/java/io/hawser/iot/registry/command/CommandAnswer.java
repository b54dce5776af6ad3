package io.hawser.iot.registry.command;

import io.hawser.core.value.Value;

/**
 * What a device answered.
 *
 * @param status as in HTTP
 * @param body the body, which may be empty
 * @param at when it came, in milliseconds since the epoch
 */
public record CommandAnswer(int status, Value.Opaque body, long at) {}
