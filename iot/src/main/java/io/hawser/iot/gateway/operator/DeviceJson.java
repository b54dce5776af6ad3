package io.hawser.iot.gateway.operator;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.registry.Application;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.DeviceState;
import io.hawser.iot.registry.Resources;
import io.hawser.iot.wire.DevicePath;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Applications and devices as operators read them ({@code specs/iot.md} 1.9); of models, capabilities are left out. Pure. */
final class DeviceJson {
    private static final List<String> KNOWN = List.of(
            "manufacturer",
            "modelNumber",
            "serialNumber",
            "deviceClass",
            "hardwareRevision",
            "softwareRevision",
            "softwareVersion");

    private DeviceJson() {}

    static Fields application(Application application) {
        return Fields.builder()
                .put("id", application.id())
                .put("name", application.name())
                .put("description", application.description())
                .put("metadata", metadata(application.metadata()))
                .build();
    }

    static Fields device(Device device, boolean online, OptionalLong heard) {
        Fields.Builder out = Fields.builder()
                .put("id", device.id())
                .put("name", device.name())
                .put("description", device.description())
                .put("hardwareId", device.hardwareId())
                .put("type", device.kind().name())
                .put("state", device.state().name())
                .put("enabled", Value.of(device.state() != DeviceState.DISABLED))
                .put("created", device.created());
        if (device.activated() > 0) {
            out.put("activationTime", device.activated());
        }
        out.put("connectivityStatus", connectivity(device, online));
        heard.ifPresent(time -> out.put("lastHeardTime", time));
        device.gateway().ifPresent(gateway -> out.put("directlyConnectedOwner", gateway));
        for (String name : KNOWN) {
            if (device.metadata().containsKey(name)) {
                out.put(name, device.metadata().getOrDefault(name, ""));
            }
        }
        List<Value> models = device.models().stream()
                .filter(urn -> !urn.startsWith(DevicePath.CAPABILITY))
                .<Value>map(urn -> new Value.Nested(Fields.of("urn", Value.of(urn))))
                .toList();
        return out.put("deviceModels", new Value.Sequence(models))
                .put("metadata", metadata(device.metadata()))
                .build();
    }

    static Fields resource(Resources.Known resource) {
        return Fields.builder()
                .put("name", resource.path())
                .put("path", resource.path())
                .put(
                        "methods",
                        new Value.Sequence(resource.methods().stream()
                                .<Value>map(Value::of)
                                .toList()))
                .build();
    }

    private static String connectivity(Device device, boolean online) {
        return online ? "ONLINE" : device.activated() > 0 ? "OFFLINE" : "UNKNOWN";
    }

    private static Value metadata(Map<String, String> metadata) {
        Fields.Builder out = Fields.builder();
        new TreeMap<>(metadata).forEach(out::put);
        return new Value.Nested(out.build());
    }
}
