package io.hawser.examples;

import io.hawser.iot.device.GatewayDevice;
import io.hawser.iot.device.virtual.VirtualDevice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A gateway for Oracle IoT CS with two thermometers behind it, which speak no HTTPS themselves. */
public final class IotGateway {
    private static final String URN = "urn:com:example:thermometer";

    private IotGateway() {}

    /** Takes the provisioning file, its passphrase, how often it measures, and how many milliseconds lie between. */
    public static void main(String[] args) throws Exception {
        int times = args.length > 2 ? Integer.parseInt(args[2]) : 60;
        long millis = args.length > 3 ? Long.parseLong(args[3]) : 1_000;
        try (GatewayDevice gateway = new GatewayDevice(Path.of(args[0]), args[1])) {
            if (!gateway.isActivated()) {
                gateway.activate();
            }
            List<VirtualDevice> thermometers = new ArrayList<>();
            for (String name : List.of("THERMO-1", "THERMO-2")) {
                Map<String, String> metadata =
                        Map.of(GatewayDevice.MANUFACTURER, "example.com", GatewayDevice.SERIAL_NUMBER, name);
                String endpoint = gateway.registerDevice(name, metadata, URN);
                thermometers.add(gateway.createVirtualDevice(endpoint, gateway.getDeviceModel(URN)));
            }
            for (int i = 0; i < times; i++) {
                for (VirtualDevice thermometer : thermometers) {
                    thermometer.set("temperature", 20 + 2 * Math.cos(i));
                }
                TimeUnit.MILLISECONDS.sleep(millis);
            }
        }
    }
}
