package io.hawser.app.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.access.Token;
import io.hawser.core.value.Value;
import io.hawser.iot.device.DeviceOptions;
import io.hawser.iot.device.DirectlyConnectedDevice;
import io.hawser.iot.device.virtual.Alert;
import io.hawser.iot.device.virtual.VirtualDevice;
import io.hawser.iot.gateway.IotGateway;
import io.hawser.iot.link.AssetsException;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.registry.Registration;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.ProvisioningFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A device of Oracle IoT CS that measures the wind, warns of gusts and has a horn. Callable from one thread at a time. */
final class WindMast implements AutoCloseable {
    /** What it is called, in topics too. */
    static final String NAME = "mast";

    /** What it measures, in metres a second. */
    static final String WIND = "wind";

    /** What it can do. */
    static final String HORN = "horn";

    /** What it is. */
    static final String MODEL = "urn:hawser:demo:mast";

    /** What it warns with. */
    static final String GUST = MODEL + ":gust";

    private static final String DEFINITION = """
            {"urn":"urn:hawser:demo:mast","name":"Wind mast of the demonstration",
            "attributes":[{"name":"wind","type":"NUMBER"}],"actions":[{"name":"horn"}],
            "formats":[{"urn":"urn:hawser:demo:mast:gust","name":"gust","type":"ALERT",
            "value":{"fields":[{"name":"wind","type":"NUMBER","optional":false}]}}]}""";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Narrator narrator;
    private final DirectlyConnectedDevice device;
    private final VirtualDevice mast;
    private final Alert gust;

    private WindMast(DirectlyConnectedDevice device, VirtualDevice mast, Narrator narrator) {
        this.narrator = narrator;
        this.device = device;
        this.mast = mast;
        this.gust = mast.createAlert(GUST);
        mast.setCallable(HORN, nothing -> narrator.tell("the mast sounds its horn"));
    }

    /**
     * Registers it with {@code hub}, as an operator does, and lets it connect, as a device does: over HTTPS, with the file that it is
     * given.
     *
     * @param folder where that file shall be
     * @throws LinkException if the hub does not let it in
     * @throws IOException if its file cannot be written or used
     */
    static WindMast raise(IotGateway hub, Path folder, Narrator narrator) throws LinkException, IOException {
        String application = hub.ask(
                        registry -> registry.applications().add("demo", "What hawser demo shows", Map.of()))
                .join()
                .id();
        hub.ask(registry -> registry.models().put(MODEL, new Value.Opaque(DEFINITION.getBytes(UTF_8))))
                .join();
        hub.ask(registry -> registry.devices().register(Registration.of(NAME, application)))
                .join();
        char[] passphrase = Token.random(RANDOM).toCharArray();
        Path file = provisioned(hub, folder, passphrase);
        DirectlyConnectedDevice device = new DirectlyConnectedDevice(
                file,
                passphrase,
                DeviceOptions.defaults().persistence(false).dispatcher(options -> options.settleTime(Duration.ZERO)));
        try {
            device.activate(MODEL);
            VirtualDevice mast = device.createVirtualDevice(device.getEndpointId(), device.getDeviceModel(MODEL));
            return new WindMast(device, mast, narrator);
        } catch (LinkException | AssetsException refused) {
            device.close();
            throw refused;
        }
    }

    private static Path provisioned(IotGateway hub, Path folder, char[] passphrase) throws IOException {
        ProvisioningFile file = hub.provisioning(NAME, List.of()).join();
        try {
            return Files.write(folder.resolve(NAME + ".conf"), file.write(passphrase, RANDOM));
        } catch (ProtocolException tooLong) {
            throw new IllegalStateException("the file of a single device is never too long", tooLong);
        }
    }

    /** Measures {@code wind}, in metres a second. */
    void measure(double wind) {
        narrator.said(Way.IOT_TO_EFTL, String.valueOf(wind));
        var unused = mast.set(WIND, wind);
    }

    /** Warns of a gust of {@code wind}, in metres a second, those who are in the air: the flight and the first {@code copters}. */
    void warn(double wind, int copters) {
        narrator.tell("the mast raises its alert, a gust of " + wind + " m/s");
        narrator.said(Way.IOT_TO_IVY, FlightAgent.HOME);
        for (int number = 1; number <= copters; number++) {
            narrator.said(Way.IOT_TO_CLEVER, DemoFleet.id(number) + " land");
        }
        var unused = gust.set(WIND, wind).raise();
    }

    @Override
    public void close() {
        device.close();
    }
}
