package io.hawser.iot.policy.rule;

import io.hawser.core.value.Fields;
import io.hawser.iot.wire.ProtocolException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a policy as the server says it ({@code specs/iot.md} 4.1). Unknown members are ignored. A second pipeline of an attribute
 * goes on where the first one ends; of pipelines without an attribute the first function counts. Owned by one policy.
 */
final class PolicyReader {
    private static final String ALL = "*";

    private final Parameters policy;
    private final Map<String, List<AttributeFunction>> attributes = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private Optional<MessageFunction> messages = Optional.empty();
    private int count;

    private PolicyReader(Parameters policy) {
        this.policy = policy;
    }

    static DevicePolicy read(Fields fields, PolicyLimits limits) throws PolicyException {
        PolicyReader reader = new PolicyReader(new Parameters(fields, "", limits));
        String id = reader.policy.text("id");
        if (id.isEmpty()) {
            throw reader.policy.wrong("id", "is empty");
        }
        long modified = reader.policy.integer("lastModified", 0, Long.MAX_VALUE);
        boolean enabled = reader.policy.truth("enabled", true);
        for (Parameters pipeline : reader.policy.objects("pipelines")) {
            reader.take(pipeline);
        }
        List<AttributePipeline> pipelines = reader.attributes.entrySet().stream()
                .map(each -> new AttributePipeline(each.getKey(), each.getValue()))
                .toList();
        return new DevicePolicy(id, modified, enabled, pipelines, reader.messages, reader.warnings, fields);
    }

    private void take(Parameters pipeline) throws PolicyException {
        String attribute = pipeline.optionalText("attributeName").orElse(ALL);
        for (Parameters function : pipeline.objects("pipeline")) {
            if (++count > policy.limits().maxFunctions()) {
                throw policy.wrong(
                        "pipelines", "have more than " + policy.limits().maxFunctions() + " functions");
            }
            if (!attribute.equals(ALL)) {
                attributes
                        .computeIfAbsent(attribute, name -> new ArrayList<>())
                        .add(FunctionReader.ofAttribute(function));
            } else if (messages.isEmpty()) {
                messages = Optional.of(FunctionReader.ofMessages(function));
            } else {
                warnings.add(ProtocolException.shown(function.text("id"))
                        + " is ignored: whole messages have one function, and there is one already");
            }
        }
    }
}
