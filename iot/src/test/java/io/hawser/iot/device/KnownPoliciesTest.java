package io.hawser.iot.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.value.Value;
import io.hawser.iot.device.virtual.VirtualDevice;
import io.hawser.iot.gateway.Cloud;
import io.hawser.iot.policy.rule.NetworkCost;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.Json;
import io.hawser.net.fault.FaultPlan;
import io.hawser.net.fault.FaultProxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A device that begins again while its server is silent, and one for which it costs something to speak. */
@Timeout(60)
class KnownPoliciesTest {
    private static final String URN = "urn:test:pump";
    private static final String DATA = "iot/pump-7/data/" + URN + IotMessage.ATTRIBUTES;
    private static final FaultPlan.Faults SILENT = FaultPlan.Faults.NONE.ending(0, FaultPlan.End.RESET);

    private final Path folder;
    private final Cloud cloud;
    private final FaultProxy proxy;
    private final Path file;
    private volatile FaultPlan.Faults network = FaultPlan.Faults.NONE;

    KnownPoliciesTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        cloud = new Cloud(folder, Cloud::impatient);
        cloud.model(
                URN,
                "{'urn':'urn:test:pump','name':'pump','attributes':[{'name':'level','type':'NUMBER'}]}"
                        .replace('\'', '"'));
        cloud.register("pump-7", "secret of pump-7");
        URI hub = URI.create(cloud.url());
        proxy = new FaultProxy(new InetSocketAddress(hub.getHost(), hub.getPort()), random -> network, 1);
        String url = "https://localhost:" + proxy.address().getPort();
        file = Provision.file(folder.resolve("d.conf"), url, "pump-7", cloud.trust(), Map.of());
        try (DirectlyConnectedDevice device = open(NetworkCost.ETHERNET)) {
            device.activate(URN);
        }
    }

    @AfterEach
    void stop() {
        proxy.close();
        cloud.close();
    }

    private DirectlyConnectedDevice open(NetworkCost cost) throws Exception {
        DeviceOptions options = DeviceOptions.defaults()
                .modelStore(folder.resolve("known"))
                .dispatcher(old -> old.closeTimeout(Duration.ofMillis(200)))
                .networkCost(cost);
        return new DirectlyConnectedDevice(file, Provision.PASSPHRASE.toCharArray(), options);
    }

    private static VirtualDevice pump(DirectlyConnectedDevice device) throws Exception {
        return device.createVirtualDevice(device.getEndpointId(), device.getDeviceModel(URN));
    }

    private static Value.Sequence pipelines(String json) throws Exception {
        return (Value.Sequence)
                new Json(IotLimits.DEFAULT).read(json.replace('\'', '"').getBytes(UTF_8));
    }

    private void network(FaultPlan.Faults other) {
        network = other;
        proxy.resetAll();
    }

    @Test
    void aDeviceThatBeginsWhileTheServerIsSilentFollowsWhatItFollowedLast() throws Exception {
        String policy;
        try (DirectlyConnectedDevice device = open(NetworkCost.ETHERNET)) {
            policy = cloud.assign(
                    device.getEndpointId(),
                    URN,
                    pipelines("[{'attributeName':'level','pipeline':[{'id':'filterCondition',"
                            + "'parameters':{'condition':'$(level) > 5'}}]}]"));
            assertThat(pump(device).policy()).isPresent();
        }
        network(SILENT);
        try (DirectlyConnectedDevice device = open(NetworkCost.ETHERNET)) {
            VirtualDevice pump = pump(device);
            assertThat(pump.policy().map(known -> known.id())).contains(policy);
            pump.offer("level", 7).join();
            assertThat(pump.get("level")).isEmpty();

            cloud.unassign(device.getEndpointId(), policy);
            network(FaultPlan.Faults.NONE);
            await().until(() -> pump.policy().isEmpty());
        }
        assertThat(folder.resolve("known").resolve(policy)).doesNotExist();
        network(SILENT);
        try (DirectlyConnectedDevice device = open(NetworkCost.ETHERNET)) {
            assertThat(pump(device).policy()).isEmpty();
        }
    }

    @Test
    void aFolderThatIsOfNoUseCostsNoMoreThanThat() throws Exception {
        try (DirectlyConnectedDevice device = new DirectlyConnectedDevice(
                file,
                Provision.PASSPHRASE.toCharArray(),
                DeviceOptions.defaults().policyStore(Files.createFile(folder.resolve("no-folder"))))) {
            cloud.assign(device.getEndpointId(), URN, pipelines("[]"));
            assertThat(pump(device).policy()).isPresent();
        }
    }

    @Test
    void whatIsTooDearWaitsUntilItIsNot() throws Exception {
        try (DirectlyConnectedDevice device = open(NetworkCost.SATELLITE)) {
            cloud.assign(
                    device.getEndpointId(),
                    URN,
                    pipelines("[{'pipeline':[{'id':'batchByCost','parameters':{'networkCost':'CELLULAR(3G)'}}]}]"));
            VirtualDevice pump = pump(device);
            pump.offer("level", 1).join();
            pump.offer("level", 2).join();
            pump.set("level", 9).join();
            await().until(() -> cloud.heard(DATA).size() == 1);
            device.networkCost(NetworkCost.CELLULAR);
            await().until(() -> cloud.heard(DATA).size() == 3);
            device.networkCost(NetworkCost.SATELLITE);
            pump.offer("level", 3).join();
            pump.set("level", 9).join();
            await().until(() -> cloud.heard(DATA).size() == 4);
            assertThat(cloud.heard(DATA)).noneMatch(data -> data.get("level").equals(Optional.of(Value.of(3.0))));
        }
    }
}
