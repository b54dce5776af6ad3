package io.hawser.iot.policy.formula;

import io.hawser.core.value.Value;
import java.util.Optional;

/** The values of attributes that a formula reads. Nothing for an attribute that nobody knows, or that has no value. */
public interface Values {
    /** {@code $(name)}: the value that is on its way through the policy, else the current one. */
    Optional<Value> inProcess(String name);

    /** {@code $$(name)}: the value that the device has. */
    Optional<Value> current(String name);
}
