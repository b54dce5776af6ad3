package io.hawser.iot.wire;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a device is told when a policy of it changes: an entry of the list that is PUT to its {@link DevicePath} {@code policyChanged}
 * ({@code specs/iot.md} 4.1).
 *
 * @param model the URN of the model that the policy is for
 * @param policy the id of the policy
 * @param modified when it changed last, in milliseconds since 1970
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

    /**
     * The changes that the body of a request tells, in their order.
     *
     * @throws ProtocolException says which one is wrong, counted from 1, and why; the request is answered with 400
     */
    public static List<PolicyChange> read(byte[] body, Json json) throws ProtocolException {
        if (!(json.read(body) instanceof Value.Sequence list)) {
            throw ProtocolException.of("a JSON array of changes is expected");
        }
        List<PolicyChange> changes = new ArrayList<>();
        for (Value each : list.values()) {
            String place = "change " + (changes.size() + 1);
            if (!(each instanceof Value.Nested nested)) {
                throw ProtocolException.of(place + " is no JSON object");
            }
            changes.add(of(new Members(nested.fields(), place + ": ")));
        }
        return changes;
    }

    private static PolicyChange of(Members members) throws ProtocolException {
        How how =
                switch (members.text("op").orElse("changed")) {
                    case "changed" -> How.CHANGED;
                    case "assigned" -> How.ASSIGNED;
                    case "unassigned" -> How.UNASSIGNED;
                    default -> throw members.wrong("op", "is none of changed, assigned, unassigned");
                };
        return new PolicyChange(
                members.required("deviceModelUrn"),
                members.required("id"),
                how == How.UNASSIGNED
                        ? members.integer("lastModified").orElse(0)
                        : members.requiredInteger("lastModified"),
                how);
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
