package io.hawser.iot.gateway.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
import io.hawser.core.access.Coverage;
import io.hawser.core.access.Principal;
import io.hawser.core.audit.Audit;
import io.hawser.core.event.EventCode;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Topic;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.command.CommandOrder;
import io.hawser.iot.registry.kept.RegistryException;
import io.hawser.iot.wire.DevicePath;
import io.hawser.iot.wire.ProtocolException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before what operators and their programs want: a device is asked for something only if a rule allows {@code device.call}
 * where the bus would ask for it. What the bus wants its router has judged. Users of the hub see the devices all of whose topics they
 * may subscribe to, and change what is kept of devices where they have {@code admin.write}. Who is refused is written down. Owner: the
 * gateway's loop.
 */
public final class Guard {
    /** Who shows the admin token, for rules about what is guarded. */
    public static final Principal OPERATOR = new Principal("admin/token");

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
    private static final String IOT = "iot";

    private final Access access;
    private final Audit audit;

    /** Judges by {@code access}, and writes to {@code audit}. */
    public Guard(Access access, Audit audit) {
        this.access = access;
        this.audit = audit;
    }

    /**
     * Lets {@code order} be given to {@code device}.
     *
     * @param where from where it comes; may be empty
     * @throws RegistryException that says which rule is missing if no rule lets {@code who} do it
     */
    public void pass(Principal who, String where, Device device, CommandOrder order) {
        String deed = order.method() + " " + order.url();
        Target target = new Target(asked(device.hardwareId(), order.url()), device.hardwareId());
        check(
                who,
                where,
                Action.DEVICE_CALL,
                target,
                deed,
                new String(order.body().bytes(), UTF_8));
    }

    /** Whether {@code who}, a user of the hub, may see {@code device}. */
    boolean sees(Principal who, Device device) {
        TopicPattern all = TopicPattern.parse(topic(device.hardwareId()) + "/>");
        return access.coverage(who, Action.SUBSCRIBE, all) == Coverage.ALL;
    }

    /**
     * Lets the user {@code who} register or change the device {@code hardwareId}.
     *
     * @param deed what it wants
     * @throws RegistryException that says which rule is missing if no rule lets it
     */
    void change(Principal who, String where, String hardwareId, String deed) {
        check(who, where, Action.ADMIN_WRITE, new Target(topic(hardwareId), hardwareId), deed, "");
    }

    /** The same for importing the model {@code urn}. */
    void model(Principal who, String where, String urn) {
        Target target = new Target(topic("deviceModels") + "/" + Topic.segment(urn), urn);
        check(who, where, Action.ADMIN_WRITE, target, "import", "");
    }

    /**
     * What is guarded.
     *
     * @param topic what rules call it
     * @param name what the audit calls it
     */
    private record Target(String topic, String name) {}

    private void check(Principal who, String where, Action action, Target target, String deed, String detail) {
        if (access.allows(who, action, target.topic())) {
            return;
        }
        Audit.Deed refused = new Audit.Deed(who.name(), where, "iot." + deed, target.name());
        audit.append(refused, "refused", detail).whenComplete((id, failure) -> {
            if (failure != null) {
                LOG.error(
                        "audit: refusal of {} is not written: {}",
                        refused,
                        failure.getMessage(),
                        EventCode.AUDIT_NOT_WRITTEN);
            }
        });
        throw RegistryException.forbidden("the rules do not allow it: hawser.rules must let " + who.name() + " "
                + action.label() + " on " + target.topic());
    }

    /** Whom the access rules know the program of operators called {@code name} as. */
    public static Principal program(String name) {
        return new Principal(IOT + "/integration/" + Topic.segment(name));
    }

    private static String topic(String name) {
        return IOT + "/" + Topic.segment(name);
    }

    /** Where the bus would ask the device {@code name} for what {@code url} says. */
    private static String asked(String name, String url) {
        String start = topic(name) + "/";
        try {
            DevicePath path = DevicePath.parse(url);
            if (path instanceof DevicePath.Attribute attribute) {
                return start + "attributes/" + Topic.segment(attribute.name());
            }
            if (path instanceof DevicePath.Attributes) {
                return start + "attributes";
            }
            if (path instanceof DevicePath.Action action) {
                return start + "actions/" + Topic.segment(action.name());
            }
        } catch (ProtocolException unknown) {
            return start + "resources";
        }
        return start + "resources/" + url;
    }
}
