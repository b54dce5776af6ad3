package io.hawser.verify.bench.cross;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.authority.DevelopmentAuthority;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.IotGateway;
import io.hawser.iot.registry.Registration;
import io.hawser.iot.wire.ProtocolException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A whole hub as a process, in memory: {@code FOLDER BUS}. Leaves the provisioning file of one device in the folder and lives until
 * its input ends.
 */
final class CrossHub {
    /** What stands before the address for eFTL clients. */
    static final String READY = "ready ";

    static final String BUS = "bench";
    static final String DEVICE = "sensor";
    static final String URN = "urn:bench:sensor";
    static final String PASSPHRASE = "bench";

    private static final String MODEL = """
            {"urn":"urn:bench:sensor","name":"sensor","attributes":[{"name":"text","type":"STRING"}],
            "actions":[],"formats":[]}""";

    private CrossHub() {}

    /** Runs the hub. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        DevelopmentAuthority own = DevelopmentAuthority.in(folder.resolve("authority"), Instant.now());
        ConfigReader config = new ConfigReader(Map.of())
                .flag("bench", "eftl.port", 0)
                .flag("bench", "ivy." + BUS + ".bus", arguments[1])
                .flag("bench", "iot.enabled", true)
                .flag("bench", "iot.port", 0)
                .flag("bench", "iot.trust", own.trust().toString())
                .flag("bench", "iot.tls.certificate", own.certificate().toString())
                .flag("bench", "iot.tls.key", own.key().toString());
        try (Hub hub = Hub.start(config.read())) {
            provision(hub.iot().orElseThrow(), folder);
            System.out.println(READY + hub.eftlUrl());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** The provisioning file of the device. */
    static Path file(Path folder) {
        return folder.resolve(DEVICE + ".conf");
    }

    private static void provision(IotGateway iot, Path folder) throws IOException, ProtocolException {
        iot.ask(registry -> registry.models().put(URN, new Value.Opaque(MODEL.getBytes(UTF_8))))
                .join();
        String application = iot.ask(registry -> registry.applications().add("bench", "", Map.of()))
                .join()
                .id();
        String device = iot.ask(registry -> registry.devices().register(Registration.of(DEVICE, application)))
                .join()
                .id();
        byte[] given = iot.provisioning(device, List.of()).join().write(PASSPHRASE.toCharArray(), new SecureRandom());
        Files.write(file(folder), given);
    }
}
