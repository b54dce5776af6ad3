package io.hawser.verify.iot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.value.Fields;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.examples.IotCamera;
import io.hawser.examples.IotGateway;
import io.hawser.examples.IotHumiditySensor;
import io.hawser.examples.IotOperator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private final DeviceHub hub;
    private final EftlConnection watcher;

    ExampleDevicesTest(@TempDir Path folder) {
        hub = new DeviceHub(folder);
        watcher = Eftl.connect(hub.eftlUrl(), EftlOptions.defaults()).join();
        watcher.subscribe(SubscribeOptions.everything(), heard::add).join();
    }

    @BeforeEach
    void models() throws Exception {
        for (String name : List.of("humidity_sensor", "thermometer", "camera")) {
            hub.model("urn:com:example:" + name, Files.readAllBytes(MODELS.resolve(name + ".json")));
        }
    }

    @AfterEach
    void stop() {
        watcher.close();
        hub.close();
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
        IotHumiditySensor.main(new String[] {hub.device("SENSOR-1"), DeviceHub.PASSPHRASE, "4", "1"});
        String urn = "urn:com:example:humidity_sensor";
        await().until(() -> heard("iot/SENSOR-1/data/" + urn + ":attributes").size() == 4);
        assertThat(heard("iot/SENSOR-1/data/" + urn + ":attributes"))
                .extracting(message -> message.getLong("humidity").orElseThrow())
                .containsExactly(75L, 88L, 89L, 77L);
        assertThat(heard("iot/SENSOR-1/alert/" + urn + ":too_humid")).hasSize(2);
    }

    @Test
    void theOperatorWatchesTheSensorAndLowersItsThreshold() throws Exception {
        String file = hub.device("SENSOR-2");
        CompletableFuture<Void> sensor =
                running(() -> IotHumiditySensor.main(new String[] {file, DeviceHub.PASSPHRASE, "80", "50"}));
        String data = "iot/SENSOR-2/data/urn:com:example:humidity_sensor:attributes";
        await().until(() -> !heard(data).isEmpty());
        IotOperator.main(new String[] {hub.integration("OPERATOR"), DeviceHub.PASSPHRASE, "SENSOR-2", "62", "1"});
        assertThat(heard(data))
                .extracting(message -> message.getLong("maxThreshold"))
                .contains(OptionalLong.of(62));
        sensor.join();
    }

    @Test
    void theGatewaySpeaksForTwoThermometers() throws Exception {
        IotGateway.main(new String[] {hub.device("GATEWAY-1"), DeviceHub.PASSPHRASE, "2", "1"});
        for (String name : List.of("THERMO-1", "THERMO-2")) {
            String topic = "iot/" + name + "/data/urn:com:example:thermometer:attributes";
            await().until(() -> heard(topic).size() == 2);
            assertThat(heard(topic).get(0).getDouble("temperature")).hasValue(22.0);
        }
    }

    @Test
    void theCameraUploadsAPictureOnRequest() throws Exception {
        String file = hub.device("CAMERA-1");
        CompletableFuture<Void> camera = running(() -> IotCamera.main(new String[] {file, DeviceHub.PASSPHRASE, "1"}));
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
