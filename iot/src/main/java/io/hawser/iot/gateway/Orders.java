package io.hawser.iot.gateway;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.DeviceModels;
import io.hawser.iot.registry.command.CommandOrder;
import io.hawser.iot.wire.DevicePath;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import java.util.Map;

/** What is asked of a device, as a request of its protocol ({@code specs/iot.md} 1.7.3). Pure. */
final class Orders {
    private Orders() {}

    /**
     * The order that fulfils {@code wish}.
     *
     * @param source who asks
     * @throws ProtocolException if the device's models have no such thing, or not of such a value
     */
    static CommandOrder of(
            Device device, IotMapping.Wish wish, String source, DeviceModels models, IotSettings settings)
            throws ProtocolException {
        String model = device.models().stream()
                .filter(urn -> !urn.startsWith(DevicePath.CAPABILITY))
                .findFirst()
                .orElseThrow(() -> ProtocolException.of("the device has no model"));
        if (wish instanceof IotMapping.Wish.Write write) {
            return order(
                    device,
                    source,
                    "PUT",
                    new DevicePath.Attribute(model, write.attribute()),
                    Fields.of("value", write.value()),
                    settings);
        }
        if (wish instanceof IotMapping.Wish.WriteAll all) {
            return order(device, source, "PATCH", new DevicePath.Attributes(model), all.values(), settings);
        }
        IotMapping.Wish.Call call = (IotMapping.Wish.Call) wish;
        Fields body = call.argument().map(value -> Fields.of("value", value)).orElse(Fields.EMPTY);
        return order(device, source, "POST", new DevicePath.Action(model, call.action()), body, settings);
    }

    private static CommandOrder order(
            Device device, String source, String method, DevicePath path, Fields body, IotSettings settings) {
        return new CommandOrder(
                device.id(),
                device.application(),
                source,
                method,
                path.url(),
                Map.of(),
                new Value.Opaque(Json.write(body)),
                settings.commandExpiry(),
                settings.answerTimeout());
    }
}
