package io.hawser.iot.policy;

import io.hawser.core.value.Value;
import io.hawser.iot.model.DeviceModel;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whose values go through policies.
 *
 * @param endpoint the device, as the source of its messages
 * @param model what it has and can say
 * @param current by the name of an attribute the value that the device has; nothing if nobody keeps one, then the last value that
 *     passed its policy counts, else the default. Called by whoever calls the engine
 */
public record PolicySubject(String endpoint, DeviceModel model, Function<String, Optional<Value>> current) {}
