package io.hawser.iot.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.Cloud;
import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our device against our hub, over TLS, in one JVM: activation, messages, models, gateways. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DeviceTest {
    private static final String URN = "urn:test:pump";
    private static final String FORMAT = URN + IotMessage.ATTRIBUTES;
    private static final String MODEL = """
            {"urn":"urn:test:pump","name":"pump","attributes":[{"name":"level","type":"NUMBER"},
            {"name":"limit","type":"INTEGER","range":"0,100","writable":true}],
            "actions":[{"name":"start"}],"formats":[]}""";

    private final Path folder;
    private final Cloud cloud;

    DeviceTest(@TempDir Path folder) {
        this.folder = folder;
        cloud = new Cloud(folder, Cloud::impatient);
        cloud.model(URN, MODEL);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private Path provision(String hardwareId, Map<String, Value.Opaque> connected) throws Exception {
        cloud.register(hardwareId, "secret of " + hardwareId);
        return Provision.file(folder.resolve(hardwareId + ".conf"), cloud.url(), hardwareId, cloud.trust(), connected);
    }

    @Test
    void aDeviceIsActivatedOnceAndComesBackAsTheSameEndpoint() throws Exception {
        Path file = provision("pump-7", Map.of());
        String endpoint;
        try (DirectlyConnectedDevice pump = new DirectlyConnectedDevice(file, Provision.PASSPHRASE)) {
            assertThat(pump.isActivated()).isFalse();
            assertThatIllegalStateException()
                    .isThrownBy(pump::getEndpointId)
                    .withMessageContaining("activate it first");
            pump.activate(URN);
            endpoint = pump.getEndpointId();
            assertThatIllegalStateException()
                    .isThrownBy(() -> pump.activate(URN))
                    .withMessageContaining(endpoint);
        }
        try (DirectlyConnectedDevice pump = new DirectlyConnectedDevice(file, Provision.PASSPHRASE)) {
            assertThat(pump.isActivated()).isTrue();
            assertThat(pump.getEndpointId()).isEqualTo(endpoint);
            pump.send(new IotMessage.Data(pump.head(), FORMAT, Fields.of("level", Value.of(42))));
        }
        await().until(() -> !cloud.heard("iot/pump-7/data/" + FORMAT).isEmpty());
        assertThat(cloud.heard("iot/pump-7/data/" + FORMAT)).containsExactly(Fields.of("level", Value.of(42.0)));
    }

    @Test
    void aRequestReachesTheDeviceAndItsAnswerTheBus() throws Exception {
        try (DirectlyConnectedDevice pump =
                new DirectlyConnectedDevice(provision("pump-7", Map.of()), Provision.PASSPHRASE)) {
            pump.activate(URN);
            assertThat(pump.receive()).isEmpty();
            cloud.request("iot/pump-7/attributes/limit", Fields.of("value", Value.of(77)));
            IotMessage.Request request = pump.receive(Duration.ofSeconds(-1)).orElseThrow();
            assertThat(request.url()).isEqualTo("deviceModels/urn:test:pump/attributes/limit");
            assertThat(new String(request.body().bytes(), UTF_8)).isEqualTo("{\"value\":77}");
            IotHead head = pump.head()
                    .between(request.head().destination(), request.head().source());
            pump.send(new IotMessage.Response(
                    head, 202, request.head().id(), "", Map.of(), new Value.Opaque(new byte[0])));
            await().until(() -> !cloud.answers().isEmpty());
            assertThat(cloud.answers().get(0).string("state")).contains("completed");
        }
    }

    @Test
    void aModelIsFetchedOnceAndThenFoundInTheStore() throws Exception {
        Path store = folder.resolve("models");
        DeviceOptions options = DeviceOptions.defaults().modelStore(store);
        Path file = provision("pump-7", Map.of());
        try (DirectlyConnectedDevice pump =
                new DirectlyConnectedDevice(file, Provision.PASSPHRASE.toCharArray(), options)) {
            pump.activate(URN);
            DeviceModel model = pump.getDeviceModel(URN);
            assertThat(model.attribute("limit").orElseThrow().writable()).isTrue();
            Path kept = store.resolve("dm-urn%3Atest%3Apump.json");
            assertThat(kept).hasContent(MODEL);
            Files.writeString(kept, MODEL.replace("\"pump\"", "\"another\""));
            assertThat(pump.getDeviceModel(URN).name()).isEqualTo("another");
            Files.writeString(kept, "{\"urn\":");
            assertThat(pump.getDeviceModel(URN).name()).isEqualTo("pump");
        }
    }

    @Test
    void aGatewayRegistersDevicesAndSpeaksForThem() throws Exception {
        cloud.register("valve-1", "secret of valve-1");
        Path file = provision("gate-1", Map.of("valve-1", new Value.Opaque("secret of valve-1".getBytes(UTF_8))));
        try (GatewayDevice gateway = new GatewayDevice(file, Provision.PASSPHRASE)) {
            gateway.activate();
            Map<String, String> metadata = Map.of(GatewayDevice.MANUFACTURER, "M", "floor", "3");
            String known = gateway.registerDevice("valve-1", metadata, URN);
            String fresh = gateway.registerDevice(true, "valve-2", metadata, URN);
            assertThat(gateway.registerDevice("valve-1", metadata, URN)).isEqualTo(known);
            IotHead head = gateway.head();
            gateway.send(new IotMessage.Data(head.between(fresh, ""), FORMAT, Fields.of("level", Value.of(1))));
            Map<String, String> told = cloud.ask(registry -> CompletableFuture.completedFuture(
                    registry.devices().get(fresh).orElseThrow().metadata()));
            assertThat(told).containsEntry("floor", "3");
        }
        await().until(() -> !cloud.heard("iot/valve-2/data/" + FORMAT).isEmpty());
    }
}
