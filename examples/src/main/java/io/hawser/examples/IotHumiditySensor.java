package io.hawser.examples;

import io.hawser.iot.device.DirectlyConnectedDevice;
import io.hawser.iot.device.virtual.Alert;
import io.hawser.iot.device.virtual.VirtualDevice;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A humidity sensor for Oracle IoT CS: tells how humid it is, lets the server set the threshold, and raises an alert above it. What the
 * policies of the server hold back is not sent.
 *
 * <pre>
 *   hawser model add examples/models/humidity_sensor.json
 *   hawser device register SENSOR-1
 *   hawser device provision SENSOR-1 -f sensor.conf
 *   IotHumiditySensor sensor.conf PASSPHRASE
 * </pre>
 */
public final class IotHumiditySensor {
    private static final String URN = "urn:com:example:humidity_sensor";

    private IotHumiditySensor() {}

    /** Takes the provisioning file, its passphrase, how often it measures, and how many milliseconds lie between. */
    public static void main(String[] args) throws Exception {
        int times = args.length > 2 ? Integer.parseInt(args[2]) : 60;
        long millis = args.length > 3 ? Long.parseLong(args[3]) : 1_000;
        try (DirectlyConnectedDevice device = new DirectlyConnectedDevice(Path.of(args[0]), args[1])) {
            if (!device.isActivated()) {
                device.activate(URN);
            }
            VirtualDevice sensor = device.createVirtualDevice(device.getEndpointId(), device.getDeviceModel(URN));
            sensor.setOnChange(
                    "maxThreshold",
                    event -> System.out.println(
                            "the threshold is " + event.change().value()));
            sensor.setOnError(event -> System.out.println("lost " + event.values() + ": " + event.message()));
            Alert tooHumid = sensor.createAlert(URN + ":too_humid");
            for (int i = 0; i < times; i++) {
                long humidity = Math.round(75 + 15 * Math.sin(i));
                sensor.offer("humidity", humidity);
                if (humidity > sensor.get("maxThreshold", Long.class).orElseThrow()) {
                    tooHumid.set("humidity", humidity).raise();
                }
                TimeUnit.MILLISECONDS.sleep(millis);
            }
        }
    }
}
