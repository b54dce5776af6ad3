package io.hawser.iot.policy.rule;

import java.util.List;

/**
 * What happens to the values of one attribute.
 *
 * @param attribute its name
 * @param functions at least one; each works on what the one before it passes
 */
public record AttributePipeline(String attribute, List<AttributeFunction> functions) {
    /** With a copy of the functions. */
    public AttributePipeline {
        functions = List.copyOf(functions);
    }
}
