package io.hawser.iot.policy;

import io.hawser.core.value.Value;
import java.util.List;

/**
 * An action that the device shall call itself, because a policy says so.
 *
 * @param action its name in the model
 * @param arguments as the policy's formulas have them; the first one of the type that the model says
 */
public record ActionCall(String action, List<Value> arguments) {
    /** With a copy of the arguments. */
    public ActionCall {
        arguments = List.copyOf(arguments);
    }
}
