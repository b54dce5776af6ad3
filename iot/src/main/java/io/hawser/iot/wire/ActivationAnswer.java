package io.hawser.iot.wire;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the hub says to a device that it has activated ({@code specs/iot.md} 1.4 and 1.5).
 *
 * @param endpointId under which the device is known from now on
 * @param state {@code ACTIVATED}; anything else an original JavaScript client takes for an error
 * @param activationTime milliseconds since 1970, by the clock of the hub
 * @param certificate X.509, DER; none from ours
 */
public record ActivationAnswer(
        String endpointId, String state, OptionalLong activationTime, Optional<Value.Opaque> certificate) {
    private static final String ACTIVATED = "ACTIVATED";

    /** The device {@code endpointId} was activated at {@code time}, milliseconds since 1970. */
    public static ActivationAnswer activated(String endpointId, long time) {
        return new ActivationAnswer(endpointId, ACTIVATED, OptionalLong.of(time), Optional.empty());
    }

    /** What {@code fields} say. */
    public static ActivationAnswer of(Fields fields) throws ProtocolException {
        Members members = new Members(fields, "the answer to the activation: ");
        return new ActivationAnswer(
                members.required("endpointId"),
                members.required("endpointState"),
                members.integer("activationTime"),
                members.bytes("certificate"));
    }

    /** True if the device is activated. */
    public boolean activated() {
        return state.equals(ACTIVATED);
    }

    /** The members, in the order of the original. */
    public Fields fields() {
        Fields.Builder fields = Fields.builder().put("endpointId", endpointId);
        activationTime.ifPresent(time -> fields.put("activationTime", time));
        fields.put("endpointState", state);
        certificate.ifPresent(der -> fields.put("certificate", der));
        return fields.build();
    }
}
