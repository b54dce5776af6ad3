package io.hawser.iot.registry;

import io.hawser.core.value.Value;

/**
 * A device model as it was imported ({@code specs/iot.md} 1.6).
 *
 * @param urn its name
 * @param json what is served, byte by byte
 * @param version 1 for the first, one more whenever it changes
 * @param draft whether the hub made it up for a device that named a URN which nobody had imported
 * @param created when the first version came, in milliseconds since the epoch
 * @param modified when this version came
 */
public record DeviceModelFile(
        String urn, Value.Opaque json, long version, boolean draft, long created, long modified) {}
