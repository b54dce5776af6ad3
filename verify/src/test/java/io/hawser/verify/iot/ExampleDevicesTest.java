package io.hawser.verify.iot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.authority.DevelopmentAuthority;
import io.hawser.app.hub.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.examples.IotCamera;
import io.hawser.examples.IotGateway;
import io.hawser.examples.IotHumiditySensor;
import io.hawser.examples.IotOperator;
import io.hawser.iot.registry.Integration;
import io.hawser.iot.registry.Registration;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.Secret;
import io.hawser.iot.wire.ProvisioningFile;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples for devices, as they are, with a whole hub over TLS. */
@Timeout(60)
class ExampleDevicesTest {
    private static final Path MODELS = Path.of("..", "examples", "models");

    private final List<EftlMessage> heard = new CopyOnWriteArrayList<>();
    private final Path folder;
    private final Hub hub;
    private final EftlConnection watcher;

    ExampleDevicesTest(@TempDir Path folder) {
        this.folder = folder;
        DevelopmentAuthority own = DevelopmentAuthority.in(folder.resolve("authority"), Instant.now());
        hub = Hub.start(new ConfigReader(Map.of())
                .flag("test", "eftl.port", 0)
                .flag("test", "iot.enabled", true)
                .flag("test", "iot.port", 0)
                .flag("test", "iot.tls.certificate", own.certificate().toString())
                .flag("test", "iot.tls.key", own.key().toString())
                .read());
        watcher = Eftl.connect(hub.eftlUrl(), EftlOptions.defaults()).join();
        watcher.subscribe(SubscribeOptions.everything(), heard::add).join();
    }

    @BeforeEach
    void models() throws Exception {
        ask(registry -> registry.applications().add("test", "", Map.of()));
        for (String name : List.of("humidity_sensor", "thermometer", "camera")) {
            byte[] model = Files.readAllBytes(MODELS.resolve(name + ".json"));
            ask(registry -> registry.models().put("urn:com:example:" + name, new Value.Opaque(model)));
        }
    }

    @AfterEach
    void stop() {
        watcher.close();
        hub.close();
    }

    private <T> T ask(Function<Registry, CompletableFuture<T>> question) {
        return hub.iot().orElseThrow().ask(question).join();
    }

    /** The provisioning file of {@code name}, which is registered. */
    private String provisioned(String name) throws Exception {
        ask(registry -> {
            String application =
                    registry.applications().named("test").orElseThrow().id();
            return registry.devices()
                    .register(new Registration(
                            name, application, "", "", Map.of(), Optional.of(Secret.of("secret of " + name))));
        });
        return written(
                name,
                ProvisioningFile.fresh(
                        hub.iotUrl().orElseThrow(),
                        name,
                        new Value.Opaque(("secret of " + name).getBytes(UTF_8)),
                        List.of(anchor())));
    }

    /** The provisioning file of the operator's program {@code name}, which is new. */
    private String integration(String name) throws Exception {
        String application = ask(registry -> CompletableFuture.completedFuture(
                registry.applications().named("test").orElseThrow().id()));
        Integration made = ask(registry -> registry.integrations().add(application, name));
        return written(name, new ProvisioningFile(
                hub.iotUrl().orElseThrow(),
                made.id(),
                new Value.Opaque(made.secret().bytes()),
                Optional.of(made.id()),
                List.of(anchor()),
                Optional.empty(),
                Optional.empty(),
                Map.of()));
    }

    private Value.Opaque anchor() throws Exception {
        Path trust = DevelopmentAuthority.in(folder.resolve("authority"), Instant.now())
                .trust();
        try (InputStream pem = Files.newInputStream(trust)) {
            return new Value.Opaque(CertificateFactory.getInstance("X.509")
                    .generateCertificate(pem)
                    .getEncoded());
        }
    }

    private String written(String name, ProvisioningFile file) throws Exception {
        byte[] bytes = file.write("open sesame".toCharArray(), new SecureRandom());
        return Files.write(folder.resolve(name + ".conf"), bytes).toString();
    }

    /** A program that may fail. */
    private interface Program {
        void run() throws Exception;
    }

    private static CompletableFuture<Void> running(Program program) {
        return CompletableFuture.runAsync(() -> {
            try {
                program.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private List<EftlMessage> heard(String topic) {
        return heard.stream()
                .filter(message -> message.topic().orElse("").equals(topic))
                .toList();
    }

    @Test
    void theHumiditySensorTellsWhatItMeasuresAndWhenThatIsTooMuch() throws Exception {
        IotHumiditySensor.main(new String[] {provisioned("SENSOR-1"), "open sesame", "4", "1"});
        String urn = "urn:com:example:humidity_sensor";
        await().until(() -> heard("iot/SENSOR-1/data/" + urn + ":attributes").size() == 4);
        assertThat(heard("iot/SENSOR-1/data/" + urn + ":attributes"))
                .extracting(message -> message.getLong("humidity").orElseThrow())
                .containsExactly(75L, 88L, 89L, 77L);
        assertThat(heard("iot/SENSOR-1/alert/" + urn + ":too_humid")).hasSize(2);
    }

    @Test
    void theOperatorWatchesTheSensorAndLowersItsThreshold() throws Exception {
        String file = provisioned("SENSOR-2");
        CompletableFuture<Void> sensor = running(
                () -> IotHumiditySensor.main(new String[] {file, "open sesame", "80", "50"}));
        String data = "iot/SENSOR-2/data/urn:com:example:humidity_sensor:attributes";
        await().until(() -> !heard(data).isEmpty());
        IotOperator.main(new String[] {integration("OPERATOR"), "open sesame", "SENSOR-2", "62", "1"});
        assertThat(heard(data))
                .extracting(message -> message.getLong("maxThreshold"))
                .contains(OptionalLong.of(62));
        sensor.join();
    }

    @Test
    void theGatewaySpeaksForTwoThermometers() throws Exception {
        IotGateway.main(new String[] {provisioned("GATEWAY-1"), "open sesame", "2", "1"});
        for (String name : List.of("THERMO-1", "THERMO-2")) {
            String topic = "iot/" + name + "/data/urn:com:example:thermometer:attributes";
            await().until(() -> heard(topic).size() == 2);
            assertThat(heard(topic).get(0).getDouble("temperature")).hasValue(22.0);
        }
    }

    @Test
    void theCameraUploadsAPictureOnRequest() throws Exception {
        String file = provisioned("CAMERA-1");
        CompletableFuture<Void> camera =
                running(() -> IotCamera.main(new String[] {file, "open sesame", "1"}));
        await().until(() -> !heard("iot/CAMERA-1/state").isEmpty());
        EftlMessage wish = EftlMessage.builder()
                .setString("_dest", "iot/CAMERA-1/actions/takePicture")
                .setString("value", "lobby")
                .build();
        Fields said = watcher.sendRequest(wish, Duration.ofSeconds(20)).join().fields();
        assertThat(said.string("state")).contains("completed");
        camera.join();
        await().until(() -> !heard("files/iot:CAMERA-1/lobby.png").isEmpty());
        String topic = "iot/CAMERA-1/data/urn:com:example:camera:attributes";
        await().until(() -> !heard(topic).isEmpty());
        assertThat(heard(topic).get(0).getString("image").orElseThrow()).endsWith("/lobby.png");
    }
}
