package io.hawser.iot.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.device.virtual.VirtualDevice;
import io.hawser.iot.gateway.Cloud;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.Json;
import java.nio.file.Path;
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

/** Policies of our hub at work in our device, over TLS: found at the start, changed live, and let go at the end. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DevicePoliciesTest {
    private static final String URN = "urn:test:pump";
    private static final String DATA = "iot/pump-7/data/" + URN + IotMessage.ATTRIBUTES;
    private static final String MODEL = """
            {"urn":"urn:test:pump","name":"pump","attributes":[{"name":"level","type":"NUMBER"}],
            "actions":[{"name":"stop"}],"formats":[{"urn":"urn:test:pump:high","name":"high","type":"ALERT","value":{"fields":[
            {"name":"level","type":"NUMBER","optional":false}]}}]}""";

    private final Path folder;
    private final Cloud cloud;
    private Optional<DirectlyConnectedDevice> device = Optional.empty();

    DevicePoliciesTest(@TempDir Path folder) {
        this.folder = folder;
        cloud = new Cloud(folder, Cloud::impatient);
        cloud.model(URN, MODEL);
    }

    @BeforeEach
    void activate() throws Exception {
        cloud.register("pump-7", "secret of pump-7");
        Path file = Provision.file(folder.resolve("d.conf"), cloud.url(), "pump-7", cloud.trust(), Map.of());
        DirectlyConnectedDevice opened = new DirectlyConnectedDevice(file, Provision.PASSPHRASE);
        device = Optional.of(opened);
        opened.activate(URN);
    }

    @AfterEach
    void stop() {
        device.ifPresent(DirectlyConnectedDevice::close);
        cloud.close();
    }

    private String endpoint() {
        return device.orElseThrow().getEndpointId();
    }

    private VirtualDevice pump() throws Exception {
        return device.orElseThrow()
                .createVirtualDevice(endpoint(), device.orElseThrow().getDeviceModel(URN));
    }

    /** What the bus has heard, once that is so many. */
    private List<Fields> heard(int count) {
        await().until(() -> cloud.heard(DATA).size() >= count);
        return cloud.heard(DATA);
    }

    private static Value.Sequence pipelines(String json) throws Exception {
        return (Value.Sequence)
                new Json(IotLimits.DEFAULT).read(json.replace('\'', '"').getBytes(UTF_8));
    }

    private static Value.Sequence noneAbove(int limit) throws Exception {
        return pipelines(
                "[{'attributeName':'level','pipeline':[{'id':'filterCondition','parameters':{'condition':'$(level) > "
                        + limit + "'}}]}]");
    }

    @Test
    void aPolicyIsFollowedFromTheStartAndNoLongerWhenItIsTakenAway() throws Exception {
        String policy = cloud.assign(endpoint(), URN, noneAbove(5));
        VirtualDevice pump = pump();
        pump.offer("level", 7).join();
        pump.offer("level", 3).join();
        assertThat(pump.get("level")).contains(3.0);
        pump.set("level", 8).join();
        assertThatIllegalArgumentException().isThrownBy(() -> pump.offer("level", "high"));

        cloud.unassign(endpoint(), policy);
        await().until(() -> pump.policy().isEmpty());
        pump.offer("level", 9).join();
        assertThat(heard(3))
                .containsExactly(
                        Fields.of("level", Value.of(3.0)),
                        Fields.of("level", Value.of(8.0)),
                        Fields.of("level", Value.of(9.0)));
    }

    @Test
    void aPolicyThatIsAssignedLaterIsFollowedToo() throws Exception {
        VirtualDevice pump = pump();
        pump.offer("level", 7).join();
        cloud.assign(endpoint(), URN, noneAbove(5));
        await().until(() -> pump.policy().isPresent());
        pump.offer("level", 8).join();
        device.orElseThrow()
                .dispatcher()
                .offer(List.of(new IotMessage.Data(
                        device.orElseThrow().head(), URN + IotMessage.ATTRIBUTES, Fields.of("level", Value.of(9)))))
                .join();
        pump.offer("level", 2).join();
        assertThat(heard(2)).containsExactly(Fields.of("level", Value.of(7.0)), Fields.of("level", Value.of(2.0)));
    }

    @Test
    void windowsAlertsAndActionsWork() throws Exception {
        cloud.assign(
                endpoint(),
                URN,
                pipelines(
                        "[{'attributeName':'level','pipeline':[{'id':'alertCondition','parameters':{'condition':'$(level) > 9',"
                                + "'alert':{'urn':'urn:test:pump:high','fields':{'level':'$(level)'},'severity':'CRITICAL'}}},"
                                + "{'id':'actionCondition','parameters':{'condition':'$(level) > 4','action':{'name':'stop'},"
                                + "'filter':false}},{'id':'max','parameters':{'window':300}}]}]"));
        VirtualDevice pump = pump();
        List<Optional<Object>> stops = new CopyOnWriteArrayList<>();
        pump.setCallable("stop", stops::add);
        pump.offer("level", 1);
        pump.offer("level", 5);
        pump.offer("level", 10);
        await().until(() -> cloud.heard(DATA).size() == 1);
        assertThat(cloud.heard(DATA)).containsExactly(Fields.of("level", Value.of(5.0)));
        await().until(() -> !cloud.heard("iot/pump-7/alert/urn:test:pump:high").isEmpty() && !stops.isEmpty());
        assertThat(cloud.heard("iot/pump-7/alert/urn:test:pump:high")).hasSize(1);
        assertThat(stops).hasSize(1);
        assertThat(pump.get("level")).contains(5.0);
    }

    @Test
    void whatABatchHoldsLeavesWhenTheDeviceIsClosed() throws Exception {
        cloud.assign(endpoint(), URN, pipelines("[{'pipeline':[{'id':'batchBySize','parameters':{'batchSize':10}}]}]"));
        VirtualDevice pump = pump();
        pump.offer("level", 1).join();
        pump.offer("level", 2).join();
        assertThat(cloud.heard(DATA)).isEmpty();
        device.orElseThrow().close();
        await().until(() -> cloud.heard(DATA).size() == 2);
    }
}
