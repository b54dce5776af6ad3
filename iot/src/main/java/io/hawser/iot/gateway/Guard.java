package io.hawser.iot.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
import io.hawser.core.access.Principal;
import io.hawser.core.audit.Audit;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.command.CommandOrder;
import io.hawser.iot.registry.kept.RegistryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before what operators and their programs want of devices: it is done only if a rule allows {@code device.call} where the bus
 * would ask for it. Who is refused is written down. What the bus wants its router has judged. Owner: the gateway's loop.
 */
final class Guard {
    /** Who shows the admin token, for rules about what is guarded. */
    static final Principal OPERATOR = new Principal("admin/token");

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final Access access;
    private final Audit audit;

    Guard(Access access, Audit audit) {
        this.access = access;
        this.audit = audit;
    }

    /**
     * Lets {@code order} be given to {@code device}.
     *
     * @param where from where it comes; may be empty
     * @throws RegistryException that says which rule is missing if no rule lets {@code who} do it
     */
    void pass(Principal who, String where, Device device, CommandOrder order) {
        String topic = IotMapping.asked(device.hardwareId(), order.url());
        if (access.allows(who, Action.DEVICE_CALL, topic)) {
            return;
        }
        Audit.Deed deed =
                new Audit.Deed(who.name(), where, "iot." + order.method() + " " + order.url(), device.hardwareId());
        audit.append(deed, "refused", new String(order.body().bytes(), UTF_8)).whenComplete((id, failure) -> {
            if (failure != null) {
                LOG.error("audit: refusal of {} is not written: {}", deed, failure.getMessage());
            }
        });
        throw RegistryException.forbidden(
                "the rules do not allow it: hawser.rules must let " + who.name() + " device.call on " + topic);
    }
}
