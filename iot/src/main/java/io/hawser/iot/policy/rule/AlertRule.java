package io.hawser.iot.policy.rule;

import io.hawser.iot.policy.formula.Formula;
import io.hawser.iot.wire.IotMessage.Severity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An alert that a policy raises.
 *
 * @param format the URN of a format of the model
 * @param fields what its fields are, in order
 */
public record AlertRule(String format, Severity severity, Map<String, Formula> fields) {
    /** With a copy of the fields. */
    public AlertRule {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
