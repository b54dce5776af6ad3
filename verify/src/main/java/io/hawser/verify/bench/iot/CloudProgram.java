package io.hawser.verify.bench.iot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.authority.DevelopmentAuthority;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.IotGateway;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.Registration;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.ProvisioningFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The hub as a process, on a disk: {@code FOLDER DEVICES}. It activates the devices itself, all with one key, for keys take time, and
 * leaves the provisioning file of each in the folder. Lives until its input ends.
 */
final class CloudProgram {
    /** What stands before its address for devices and that for eFTL clients. */
    static final String READY = "ready ";

    static final String URN = "urn:bench:sensor";
    static final String PASSPHRASE = "bench";

    private static final String MODEL = """
            {"urn":"urn:bench:sensor","name":"sensor","attributes":[{"name":"humidity","type":"NUMBER"},
            {"name":"count","type":"INTEGER"}],"actions":[{"name":"beep"}],"formats":[]}""";

    private CloudProgram() {}

    /** Runs the hub. */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException, ProtocolException {
        Path folder = Path.of(arguments[0]);
        DevelopmentAuthority own = DevelopmentAuthority.in(folder.resolve("authority"), Instant.now());
        ConfigReader config = new ConfigReader(Map.of())
                .flag("bench", "data", folder.resolve("data").toString())
                .flag("bench", "eftl.port", 0)
                .flag("bench", "iot.enabled", true)
                .flag("bench", "iot.port", 0)
                .flag("bench", "iot.trust", own.trust().toString())
                .flag("bench", "iot.tls.certificate", own.certificate().toString())
                .flag("bench", "iot.tls.key", own.key().toString());
        try (Hub hub = Hub.start(config.read())) {
            let(hub.iot().orElseThrow(), Integer.parseInt(arguments[1]), folder);
            System.out.println(READY + hub.iotUrl().orElseThrow() + " " + hub.eftlUrl());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** The provisioning file of one device. */
    static Path file(Path folder, int device) {
        return folder.resolve("sensor-" + device + ".conf");
    }

    private static void let(IotGateway iot, int devices, Path folder)
            throws IOException, GeneralSecurityException, ProtocolException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        KeyPair keys = generator.generateKeyPair();
        SecureRandom random = new SecureRandom();
        ask(iot, registry -> registry.models().put(URN, new Value.Opaque(MODEL.getBytes(UTF_8))));
        String application = ask(iot, registry -> registry.applications().add("bench", "", Map.of()))
                .id();
        for (int i = 0; i < devices; i++) {
            Registration wanted = Registration.of("sensor-" + i, application);
            Device device = ask(iot, registry -> registry.devices().register(wanted));
            ProvisioningFile given =
                    iot.provisioning(device.id(), List.of()).join().activated(device.id(), keys);
            Files.write(file(folder, i), given.write(PASSPHRASE.toCharArray(), random));
            ask(iot, registry -> registry.devices().activate(device.id(), keys.getPublic(), List.of(URN)));
        }
    }

    private static <T> T ask(IotGateway iot, Function<Registry, CompletableFuture<T>> question) {
        return iot.ask(question).join();
    }
}
