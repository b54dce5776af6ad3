package io.hawser.iot.registry.policy;

import io.hawser.core.value.Value;

/**
 * A device policy ({@code specs/iot.md} 4.1).
 *
 * @param id given by the hub
 * @param model the URN of the device model that it is for
 * @param description for people
 * @param enabled whether it is in force; the originals do not ask
 * @param pipelines what is done with which attribute, as the JSON says it
 * @param modified when it changed last, in milliseconds since the epoch; grows with every change
 */
public record Policy(
        String id, String model, String description, boolean enabled, Value.Sequence pipelines, long modified) {}
