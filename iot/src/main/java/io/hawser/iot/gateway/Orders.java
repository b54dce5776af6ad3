package io.hawser.iot.gateway;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.model.ModelCheck;
import io.hawser.iot.model.ModelException;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.command.CommandOrder;
import io.hawser.iot.registry.policy.PolicyNotice;
import io.hawser.iot.wire.DevicePath;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of a device, as a request of its protocol ({@code specs/iot.md} 1.7.3). What its model does not know, or not of such a
 * value, is refused before it leaves. Owner: the gateway's loop.
 */
final class Orders {
    private final IotSettings settings;
    private final Models models;

    Orders(IotSettings settings, Models models) {
        this.settings = settings;
        this.models = models;
    }

    /**
     * The order that makes {@code device} fulfil {@code wish}.
     *
     * @param source who asks
     * @throws ProtocolException if the device's models have no such thing, or not of such a value
     */
    CommandOrder of(Device device, DeviceWish wish, String source) throws ProtocolException {
        if (wish instanceof DeviceWish.Write write) {
            String urn = attribute(device, write.attribute());
            return write(device, urn, write.attribute(), write.value(), source);
        }
        if (wish instanceof DeviceWish.WriteAll all) {
            return write(device, attribute(device, all.values().name(0)), all.values(), source);
        }
        DeviceWish.Call call = (DeviceWish.Call) wish;
        String urn = models.having(
                device, model -> model.action(call.action()).isPresent(), "an action '" + call.action() + "'");
        return call(device, urn, call.action(), call.argument(), source);
    }

    private String attribute(Device device, String name) throws ProtocolException {
        return models.having(device, model -> model.attribute(name).isPresent(), "an attribute '" + name + "'");
    }

    /** One attribute of the model {@code urn} shall have {@code value}. */
    CommandOrder write(Device device, String urn, String name, Value value, String source) throws ProtocolException {
        Value fit = fit(urn, value, check -> check.write(name, value));
        return order(device, source, "PUT", new DevicePath.Attribute(urn, name), Fields.of("value", fit));
    }

    /** Several attributes of the model {@code urn} shall have values. */
    CommandOrder write(Device device, String urn, Fields values, String source) throws ProtocolException {
        Fields fit = fit(urn, values, check -> check.write(values));
        return order(device, source, "PATCH", new DevicePath.Attributes(urn), fit);
    }

    /** An action of the model {@code urn} shall be done. */
    CommandOrder call(Device device, String urn, String action, Optional<Value> argument, String source)
            throws ProtocolException {
        Optional<Value> fit = fit(urn, argument, check -> check.argument(action, argument));
        Fields body = fit.map(value -> Fields.of("value", value)).orElse(Fields.EMPTY);
        return order(device, source, "POST", new DevicePath.Action(urn, action), body);
    }

    /** Any resource of a device is asked for. */
    CommandOrder resource(Device device, String method, String url, byte[] body, String source) {
        return new CommandOrder(
                device.id(),
                device.application(),
                source,
                method,
                url,
                Map.of(),
                new Value.Opaque(body),
                settings.commandExpiry(),
                settings.answerTimeout());
    }

    /** A device shall look at its policies, and those of the devices behind it, again. */
    CommandOrder policies(Device device, PolicyNotice notice) {
        List<Value> changes = notice.changes().stream()
                .<Value>map(change -> new Value.Nested(change.fields()))
                .toList();
        String url = DevicePath.capability("device_policy", "policyChanged").url();
        return resource(device, "PUT", url, Json.write(new Value.Sequence(changes)), "hawser");
    }

    private interface Check<T> {
        T fit(ModelCheck check) throws ModelException;
    }

    private <T> T fit(String urn, T otherwise, Check<T> how) throws ProtocolException {
        Optional<ModelCheck> check = models.check(urn);
        if (check.isEmpty()) {
            return otherwise;
        }
        try {
            return how.fit(check.get());
        } catch (ModelException misfit) {
            throw ProtocolException.of(misfit.reason());
        }
    }

    private CommandOrder order(Device device, String source, String method, DevicePath path, Fields body) {
        return resource(device, method, path.url(), Json.write(body), source);
    }
}
