package io.hawser.verify.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Value;
import io.hawser.iot.device.DeviceOptions;
import io.hawser.iot.device.DirectlyConnectedDevice;
import io.hawser.iot.device.virtual.VirtualDevice;
import io.hawser.iot.gateway.IotGateway;
import io.hawser.iot.link.AssetsException;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.registry.Registration;
import io.hawser.iot.wire.ProtocolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A device of which an attribute can be set, and that does something with an argument; what its model says of itself is hostile. */
final class Valve implements AutoCloseable {
    static final String NAME = "valve";

    private static final String MODEL = "urn:test:valve";
    private static final String DEFINITION = """
            {"urn":"urn:test:valve","name":"<img src=x onerror=alert(1)>","description":"<img src=x onerror=alert(1)>",
            "attributes":[{"name":"limit","type":"NUMBER","range":"0,10","writable":true,"description":"<img src=x onerror=alert(1)>"}],
            "actions":[{"name":"blink","argType":"INTEGER","description":"<img src=x onerror=alert(1)>"}]}""";

    private final DirectlyConnectedDevice device;
    private final VirtualDevice valve;
    private final Queue<String> done = new ConcurrentLinkedQueue<>();

    private Valve(DirectlyConnectedDevice device) throws LinkException, AssetsException, IOException {
        this.device = device;
        device.activate(MODEL);
        valve = device.createVirtualDevice(device.getEndpointId(), device.getDeviceModel(MODEL));
        valve.setOnChange("limit", change -> done.add("limit"));
        valve.setCallable("blink", times -> done.add("blink " + times.orElse("")));
    }

    /** Joins {@code hub}; {@code folder} is for what it is given to do so. */
    static Valve join(IotGateway hub, Path folder)
            throws LinkException, AssetsException, IOException, ProtocolException {
        String application = hub.ask(registry -> registry.applications().add("valves", "", Map.of()))
                .join()
                .id();
        hub.ask(registry -> registry.models().put(MODEL, new Value.Opaque(DEFINITION.getBytes(UTF_8))))
                .join();
        hub.ask(registry -> registry.devices().register(Registration.of(NAME, application)))
                .join();
        char[] passphrase = "open sesame".toCharArray();
        byte[] file = hub.provisioning(NAME, List.of()).join().write(passphrase, new SecureRandom());
        return new Valve(new DirectlyConnectedDevice(
                Files.write(folder.resolve("valve.conf"), file),
                passphrase,
                DeviceOptions.defaults().persistence(false).dispatcher(options -> options.settleTime(Duration.ZERO))));
    }

    /** What it was told to do, in order. */
    List<String> done() {
        return List.copyOf(done);
    }

    /** What is set now. */
    double limit() {
        return valve.get("limit", Double.class).orElse(Double.NaN);
    }

    /** From now on it asks for nothing. */
    void leaves() {
        device.close();
    }

    @Override
    public void close() {
        device.close();
    }
}
