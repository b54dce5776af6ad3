package io.hawser.iot.gateway;

import io.hawser.core.value.Fields;
import io.hawser.iot.model.ModelCheck;
import io.hawser.iot.model.ModelException;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.history.DeviceMessage;
import io.hawser.iot.registry.history.MessageKind;
import io.hawser.iot.wire.DevicePath;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.ProtocolException;
import java.util.Optional;

/** What devices say, as it is kept: checked by the device's models. Owner: the gateway's loop. */
final class Intake {
    private final Models models;

    Intake(Models models) {
        this.models = models;
    }

    /**
     * {@code message} of {@code device}, if it is one to be kept.
     *
     * @param now milliseconds since 1970, for a message that does not say when
     * @throws ProtocolException if the device's model does not know such a thing
     */
    Optional<DeviceMessage> kept(Device device, IotMessage message, long now) throws ProtocolException {
        if (message instanceof IotMessage.Data data) {
            String urn = model(device, data.format());
            Fields items = fit(urn, data.head(), data.items(), check -> check.data(data.format(), data.items()));
            return Optional.of(kept(device, MessageKind.DATA, urn, data.format(), "", "", data.head(), items, now));
        }
        if (message instanceof IotMessage.Alert alert) {
            String urn = model(device, alert.format());
            Fields items = fit(urn, alert.head(), alert.items(), check -> check.alert(alert.format(), alert.items()));
            return Optional.of(kept(
                    device,
                    MessageKind.ALERT,
                    urn,
                    alert.format(),
                    alert.severity().name(),
                    alert.description(),
                    alert.head(),
                    items,
                    now));
        }
        return Optional.empty();
    }

    /** The model that {@code format} belongs to. */
    private String model(Device device, String format) throws ProtocolException {
        if (format.endsWith(IotMessage.ATTRIBUTES)) {
            String urn = format.substring(0, format.length() - IotMessage.ATTRIBUTES.length());
            if (!device.models().contains(urn)) {
                throw ProtocolException.of("device " + device.hardwareId() + " has no model " + urn
                        + "; it must name it when it is activated");
            }
            return urn;
        }
        if (format.startsWith(DevicePath.CAPABILITY)) {
            return format.substring(0, Math.max(DevicePath.CAPABILITY.length(), format.lastIndexOf(':')));
        }
        return models.having(device, model -> model.format(format).isPresent(), "a format '" + format + "'");
    }

    private interface Check {
        Fields fit(ModelCheck check) throws ModelException;
    }

    private Fields fit(String urn, IotHead head, Fields items, Check how) throws ProtocolException {
        Optional<ModelCheck> check = models.check(urn);
        if (check.isEmpty()) {
            return items;
        }
        try {
            return how.fit(check.get());
        } catch (ModelException misfit) {
            throw ProtocolException.of("message " + head.clientId() + ": " + misfit.reason());
        }
    }

    private static DeviceMessage kept(
            Device device,
            MessageKind kind,
            String urn,
            String format,
            String severity,
            String description,
            IotHead head,
            Fields items,
            long now) {
        return new DeviceMessage(
                head.clientId(),
                device.id(),
                kind,
                urn,
                format,
                severity,
                description,
                head.priority().name(),
                head.reliability().name(),
                head.eventTime().orElse(now),
                items);
    }
}
