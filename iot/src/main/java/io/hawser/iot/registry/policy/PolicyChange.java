package io.hawser.iot.registry.policy;

import io.hawser.core.value.Fields;
import java.util.Locale;

/**
 * What a device is told when a policy of it changes ({@code specs/iot.md} 4.1, {@code policyChanged}).
 *
 * @param model the URN of the model that the policy is for
 * @param policy the id of the policy
 * @param modified when it changed last
 * @param how what happened
 */
public record PolicyChange(String model, String policy, long modified, How how) {
    /** What happened to a policy. */
    public enum How {
        /** It says something else. */
        CHANGED,
        /** It holds for the device from now on. */
        ASSIGNED,
        /** It holds no longer. */
        UNASSIGNED
    }

    /** One entry of the list that the device is told. */
    public Fields fields() {
        return Fields.builder()
                .put("deviceModelUrn", model)
                .put("id", policy)
                .put("lastModified", modified)
                .put("op", how.name().toLowerCase(Locale.ROOT))
                .build();
    }
}
