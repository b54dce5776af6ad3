package io.hawser.iot.policy.rule;

import io.hawser.core.value.Fields;
import java.util.List;
import java.util.Optional;

/**
 * A device policy ({@code specs/iot.md} 4.1): what a device does with its values and messages before it sends them. Immutable.
 *
 * @param id given by the server
 * @param lastModified when it changed last, in milliseconds since 1970
 * @param enabled whether it is in force; the originals do not ask
 * @param attributes one pipeline an attribute at most, in the order of the policy
 * @param messages what is done with whole messages
 * @param warnings what of it is not heeded and why, a line each
 * @param fields all its members as the server said them, those that nobody knows included; what is kept of it
 */
public record DevicePolicy(
        String id,
        long lastModified,
        boolean enabled,
        List<AttributePipeline> attributes,
        Optional<MessageFunction> messages,
        List<String> warnings,
        Fields fields) {
    /** With copies of the lists. */
    public DevicePolicy {
        attributes = List.copyOf(attributes);
        warnings = List.copyOf(warnings);
    }

    /**
     * The policy that {@code fields} say.
     *
     * @throws PolicyException names the place and what is wrong there
     */
    public static DevicePolicy read(Fields fields, PolicyLimits limits) throws PolicyException {
        return PolicyReader.read(fields, limits);
    }
}
