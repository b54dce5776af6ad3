package io.hawser.iot.device;

import io.hawser.iot.wire.DevicePath;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotMessage.ResourcesReport;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What every device of this library can do beside its own models ({@code specs/iot.md} 1.4). */
final class Capability {
    private static final String POLICY = "device_policy";
    private static final List<String> OF_ALL =
            List.of("direct_activation", "diagnostics", "message_dispatcher", POLICY);
    private static final String OF_GATEWAYS = "indirect_activation";

    private Capability() {}

    /** {@code models} and the URNs of all capabilities, each once. */
    static List<String> with(List<String> models, boolean gateway) {
        Set<String> urns = new LinkedHashSet<>();
        OF_ALL.forEach(each -> urns.add(DevicePath.CAPABILITY + each));
        if (gateway) {
            urns.add(DevicePath.CAPABILITY + OF_GATEWAYS);
        }
        urns.addAll(models);
        return List.copyOf(urns);
    }

    /** Where a device is told that policies have changed. */
    static String policyChanged() {
        return DevicePath.capability(POLICY, "policyChanged").url();
    }

    /** What a device says first: that it can be told of policies. */
    static ResourcesReport report(IotHead head) {
        String endpoint = head.source();
        ResourcesReport.Resource changed = new ResourcesReport.Resource(
                endpoint,
                DevicePath.CAPABILITY + POLICY,
                policyChanged(),
                ResourcesReport.Status.ADDED,
                List.of("PUT"));
        return new ResourcesReport(head, ResourcesReport.Change.UPDATE, endpoint, Optional.empty(), List.of(changed));
    }
}
