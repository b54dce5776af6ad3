package io.hawser.iot.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.device.virtual.Alert;
import io.hawser.iot.device.virtual.ChangeEvent;
import io.hawser.iot.device.virtual.Data;
import io.hawser.iot.device.virtual.VirtualDevice;
import io.hawser.iot.gateway.Cloud;
import io.hawser.iot.wire.IotMessage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A virtual device against our hub, over TLS, in one JVM: both ways, by the model. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class VirtualDeviceTest {
    private static final String URN = "urn:test:pump";
    private static final String FORMAT = URN + IotMessage.ATTRIBUTES;
    private static final String MODEL = """
            {"urn":"urn:test:pump","name":"pump","attributes":[
            {"name":"level","alias":"l","type":"NUMBER","range":"0,10.5"},
            {"name":"limit","type":"INTEGER","range":"0,100","writable":true,"defaultValue":80},
            {"name":"mode","type":"STRING","writable":true},{"name":"on","type":"BOOLEAN","writable":true},
            {"name":"since","type":"DATETIME","writable":true},{"name":"picture","type":"URI"}],
            "actions":[{"name":"start"},{"name":"turn","alias":"t","argType":"NUMBER","range":"-1,1"}],
            "formats":[{"urn":"urn:test:pump:dry","name":"dry","description":"runs dry","type":"ALERT","value":{"fields":[
            {"name":"level","type":"NUMBER","optional":false},{"name":"why","type":"STRING","optional":true}]}},
            {"urn":"urn:test:pump:log","name":"log","type":"DATA","value":{"fields":[
            {"name":"line","type":"STRING","optional":false}]}}]}""";

    private final Path folder;
    private final Cloud cloud;
    private Optional<DirectlyConnectedDevice> device = Optional.empty();

    VirtualDeviceTest(@TempDir Path folder) {
        this.folder = folder;
        cloud = new Cloud(folder, Cloud::impatient);
        cloud.model(URN, MODEL);
    }

    @BeforeEach
    void activate() throws Exception {
        cloud.register("pump-7", "secret of pump-7");
        Path file = Provision.file(folder.resolve("d.conf"), cloud.url(), "pump-7", cloud.trust(), Map.of());
        DirectlyConnectedDevice opened = new DirectlyConnectedDevice(
                file,
                Provision.PASSPHRASE.toCharArray(),
                DeviceOptions.defaults().dispatcher(options -> options.settleTime(Duration.ZERO)));
        device = Optional.of(opened);
        opened.activate(URN);
    }

    @AfterEach
    void stop() {
        device.ifPresent(DirectlyConnectedDevice::close);
        cloud.close();
    }

    @Test
    void whileTheDeviceSettlesARequestWaitsForItsCallback() throws Exception {
        device.orElseThrow().close();
        DirectlyConnectedDevice settling = new DirectlyConnectedDevice(folder.resolve("d.conf"), Provision.PASSPHRASE);
        device = Optional.of(settling);
        cloud.request("iot/pump-7/attributes/limit", Fields.of("value", Value.of(77)));
        VirtualDevice pump = pump();
        pump.setOnChange("mode", event -> {});
        await().until(() -> settling.dispatcher().counters().totalMessagesReceived() == 1);
        assertThat(cloud.answers()).isEmpty();
        pump.setOnChange("limit", event -> {});
        assertThat(answer(1).get("status")).contains(Value.of(202));
        assertThat(pump.get("limit")).contains(77L);
    }

    private VirtualDevice pump() throws Exception {
        DirectlyConnectedDevice connected = device.orElseThrow();
        return connected.createVirtualDevice(connected.getEndpointId(), connected.getDeviceModel(URN));
    }

    private List<Fields> data(int count) {
        await().until(() -> cloud.heard("iot/pump-7/data/" + FORMAT).size() >= count);
        return cloud.heard("iot/pump-7/data/" + FORMAT);
    }

    private Fields answer(int number) {
        await().until(() -> cloud.answers().size() >= number);
        return cloud.answers().get(number - 1);
    }

    @Test
    void attributesAreTypedAndLeaveOneByOneOrTogether() throws Exception {
        VirtualDevice pump = pump();
        assertThat(pump.get("limit")).contains(80L);
        assertThat(pump.get("level")).isEmpty();
        pump.set("l", 3);
        assertThat(pump.get("level", Double.class)).contains(3.0);
        Instant now = Instant.ofEpochMilli(1_700_000_000_000L);
        pump.update()
                .set("level", 4.5)
                .set("limit", 20)
                .set("mode", "slow")
                .set("on", true)
                .set("since", now)
                .set("picture", URI.create("https://example.com/p.jpg"))
                .finish()
                .join();
        assertThat(pump.get("since")).contains(now);
        assertThat(pump.getLastKnown("picture")).contains(URI.create("https://example.com/p.jpg"));
        List<Fields> said = data(2);
        assertThat(said.get(0)).isEqualTo(Fields.of("level", Value.of(3.0)));
        assertThat(said.get(1).names()).containsExactlyInAnyOrder("level", "limit", "mode", "on", "since", "picture");
        pump.update().finish().join();
        pump.set("level", Double.NaN).join();
        assertThat(cloud.heard("iot/pump-7/data/" + FORMAT)).hasSize(2);
    }

    @Test
    void whatDoesNotFitIsRefusedAndChangesNothing() throws Exception {
        VirtualDevice pump = pump();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pump.set("colour", "red"))
                .withMessageContaining("no attribute colour");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pump.set("level", 11))
                .withMessageContaining("level must be within 0,10.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pump.set("limit", 1.5))
                .withMessageContaining("limit must be of type INTEGER");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pump.set("on", 1))
                .withMessageContaining("BOOLEAN, and is a Integer: 1");
        assertThatIllegalArgumentException().isThrownBy(() -> pump.get("colour"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pump.setCallable("stop", argument -> {}))
                .withMessageContaining("no action stop");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> pump.update().set("level", 5).set("limit", "many").finish());
        assertThat(pump.get("level")).isEmpty();
        pump.offer("limit", 19.6).join();
        assertThat(data(1)).containsExactly(Fields.of("limit", Value.of(20)));
    }

    @Test
    void theServerSetsAnAttributeAndHearsTheNewValue() throws Exception {
        VirtualDevice pump = pump();
        List<ChangeEvent> one = new CopyOnWriteArrayList<>();
        List<ChangeEvent> all = new CopyOnWriteArrayList<>();
        pump.setOnChange("limit", one::add);
        pump.setOnChange(event -> {
            all.add(event);
            if (event.change().value().equals(13L)) {
                throw new IllegalStateException("unlucky");
            }
        });
        cloud.request("iot/pump-7/attributes/limit", Fields.of("value", Value.of(77)));
        assertThat(answer(1).get("status")).contains(Value.of(202));
        assertThat(one).hasSize(1);
        assertThat(all.get(0).change().name()).isEqualTo("limit");
        assertThat(all.get(0).change().before()).contains(80L);
        assertThat(all.get(0).change().value()).isEqualTo(77L);
        assertThat(pump.get("limit")).contains(77L);
        assertThat(data(1)).containsExactly(Fields.of("limit", Value.of(77)));

        cloud.request("iot/pump-7/attributes/limit", Fields.of("value", Value.of(77)));
        assertThat(answer(2).get("status")).contains(Value.of(202));
        assertThat(all).as("it was 77 before").hasSize(1);

        cloud.request("iot/pump-7/attributes/limit", Fields.of("value", Value.of(13)));
        assertThat(answer(3).get("status")).contains(Value.of(400));
        assertThat(pump.get("limit")).contains(77L);
    }

    @Test
    void actionsAreCalledWithTheirArgument() throws Exception {
        VirtualDevice pump = pump();
        List<Optional<Object>> called = new CopyOnWriteArrayList<>();
        pump.setCallable("t", called::add);
        pump.setCallable("start", argument -> {
            throw new IllegalStateException("no water");
        });
        cloud.request("iot/pump-7/actions/turn", Fields.of("value", Value.of(0.5)));
        assertThat(answer(1).get("status")).contains(Value.of(202));
        assertThat(called).containsExactly(Optional.of(0.5));
        cloud.request("iot/pump-7/actions/start", Fields.EMPTY);
        assertThat(answer(2).get("status")).contains(Value.of(400));
        assertThat(answer(2).toString()).contains("no water");
    }

    @Test
    void whatNobodyListensToIsNotFound() throws Exception {
        VirtualDevice pump = pump();
        cloud.request("iot/pump-7/attributes/limit", Fields.of("value", Value.of(1)));
        assertThat(answer(1).get("status")).contains(Value.of(404));
        pump.setOnChange("mode", event -> {});
        cloud.request("iot/pump-7/attributes/mode", Fields.of("value", Value.of("fast")));
        assertThat(answer(2).get("status")).contains(Value.of(202));
        pump.close();
        cloud.request("iot/pump-7/attributes/mode", Fields.of("value", Value.of("slow")));
        assertThat(answer(3).get("status")).contains(Value.of(404));
        assertThatIllegalStateException().isThrownBy(() -> pump.set("mode", "slow"));
    }

    @Test
    void alertsAndDataAreFilledAndCheckedByTheirFormat() throws Exception {
        VirtualDevice pump = pump();
        Alert dry = pump.createAlert("urn:test:pump:dry");
        assertThatIllegalStateException().isThrownBy(dry::raise).withMessageContaining("level is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dry.set("colour", "red"))
                .withMessageContaining("no field colour");
        dry.set("level", 1)
                .set("why", "leak")
                .severity(IotMessage.Severity.CRITICAL)
                .raise()
                .join();
        assertThatIllegalStateException().as("emptied").isThrownBy(dry::raise);
        Data log = pump.createData("urn:test:pump:log");
        log.set("line", "hello").submit().join();
        assertThatIllegalArgumentException().isThrownBy(() -> pump.createAlert("urn:test:pump:log"));
        await().until(() -> !cloud.heard("iot/pump-7/data/urn:test:pump:log").isEmpty());
        Fields alert = cloud.heard("iot/pump-7/alert/urn:test:pump:dry").get(0);
        assertThat(alert.string("why")).contains("leak");
        assertThat(alert.string("severity")).contains("critical");
    }

    @Test
    void aDeviceThatIsClosedHasSaidEverything() throws Exception {
        VirtualDevice pump = pump();
        for (int i = 0; i < 50; i++) {
            pump.set("level", i % 10);
        }
        device.orElseThrow().close();
        assertThat(data(50)).hasSize(50);
        assertThatIllegalStateException().isThrownBy(() -> device.orElseThrow().dispatcher());
    }
}
