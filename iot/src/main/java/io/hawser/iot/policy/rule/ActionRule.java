package io.hawser.iot.policy.rule;

import io.hawser.iot.policy.formula.Formula;
import java.util.List;

/**
 * An action of the device that a policy calls.
 *
 * @param name of an action of the model
 */
public record ActionRule(String name, List<Formula> arguments) {
    /** With a copy of the arguments. */
    public ActionRule {
        arguments = List.copyOf(arguments);
    }
}
