package io.hawser.iot.enterprise;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.iot.device.DeviceOptions;
import io.hawser.iot.device.DirectlyConnectedDevice;
import io.hawser.iot.device.Provision;
import io.hawser.iot.gateway.Cloud;
import io.hawser.iot.registry.Integration;
import io.hawser.net.fault.FaultPlan;
import io.hawser.net.fault.FaultPlan.Faults;
import io.hawser.net.fault.FaultProxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Our hub, devices of ours and programs of operators, over TLS, the latter through a network that can break. */
final class Operations implements AutoCloseable {
    static final String URN = "urn:test:pump";
    static final String DRY = URN + ":dry";
    static final String LOG = URN + ":log";
    static final String MODEL = """
            {"urn":"urn:test:pump","name":"pump","attributes":[
            {"name":"level","alias":"l","type":"NUMBER","range":"0,10.5"},
            {"name":"limit","type":"INTEGER","range":"0,100","writable":true,"defaultValue":80},
            {"name":"mode","type":"STRING","writable":true},{"name":"on","type":"BOOLEAN","writable":true},
            {"name":"since","type":"DATETIME","writable":true},{"name":"picture","type":"URI","writable":true}],
            "actions":[{"name":"start"},{"name":"turn","alias":"t","argType":"NUMBER","range":"-1,1"},
            {"name":"show","argType":"URI"}],
            "formats":[{"urn":"urn:test:pump:dry","name":"dry","description":"runs dry","type":"ALERT","value":{"fields":[
            {"name":"level","type":"NUMBER","optional":false},{"name":"why","type":"STRING","optional":true}]}},
            {"urn":"urn:test:pump:log","name":"log","type":"DATA","value":{"fields":[
            {"name":"line","type":"STRING","optional":false},{"name":"at","type":"DATETIME","optional":true}]}}]}""";

    final Cloud cloud;
    private final FaultProxy proxy;
    private volatile Faults faults = Faults.NONE;
    private final Path folder;
    private final List<Runnable> opened = new ArrayList<>();

    Operations(Path folder) throws Exception {
        this.folder = folder;
        cloud = new Cloud(
                folder,
                settings -> settings.withTimes(
                        Duration.ofHours(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2)));
        cloud.model(URN, MODEL);
        URI hub = URI.create(cloud.url());
        proxy = new FaultProxy(new InetSocketAddress(hub.getHost(), hub.getPort()), random -> faults, 1);
    }

    /** The network of the programs breaks, or is whole again. */
    void cut(boolean broken) {
        faults = broken ? Faults.NONE.ending(0, FaultPlan.End.RESET) : Faults.NONE;
        proxy.resetAll();
    }

    /** The device {@code hardwareId}, activated; nobody answers requests yet. */
    DirectlyConnectedDevice device(String hardwareId) throws Exception {
        cloud.register(hardwareId, "secret of " + hardwareId);
        Path file = Provision.file(folder.resolve(hardwareId), cloud.url(), hardwareId, cloud.trust(), Map.of());
        DirectlyConnectedDevice device = new DirectlyConnectedDevice(
                file,
                Provision.PASSPHRASE.toCharArray(),
                DeviceOptions.defaults().dispatcher(options -> options.settleTime(Duration.ZERO)));
        opened.add(device::close);
        device.activate(URN);
        return device;
    }

    /** {@code device} as a pump. */
    io.hawser.iot.device.virtual.VirtualDevice pump(DirectlyConnectedDevice device) throws Exception {
        return device.createVirtualDevice(device.getEndpointId(), device.getDeviceModel(URN));
    }

    /** The provisioning file of a program called {@code name}, which finds the hub through the network. */
    Path provisioned(String name) throws Exception {
        return provisioned(name, "https://localhost:" + proxy.address().getPort());
    }

    private Path provisioned(String name, String url) throws Exception {
        Integration made = cloud.ask(registry -> registry.integrations()
                .add(registry.applications().named("test").orElseThrow().id(), name));
        String secret = cloud.ask(registry -> CompletableFuture.completedFuture(new String(
                registry.integrations().get(made.id()).orElseThrow().secret().bytes(), UTF_8)));
        return Provision.integration(folder.resolve(name + ".conf"), url, made.id(), secret, cloud.trust());
    }

    /** A program that looks often and waits for 5 s. */
    EnterpriseClient operator(String name) throws Exception {
        return operator(provisioned(name));
    }

    /** The same beside the hub, for contents are where that says. */
    EnterpriseClient neighbour(String name) throws Exception {
        return operator(provisioned(name, cloud.url()));
    }

    private EnterpriseClient operator(Path file) throws Exception {
        EnterpriseOptions options = EnterpriseOptions.defaults()
                .monitorInterval(Duration.ofMillis(50))
                .outcomeInterval(Duration.ofMillis(50))
                .outcomeQuestions(100);
        return opened(new EnterpriseClient(file, Provision.PASSPHRASE.toCharArray(), options));
    }

    /** {@code program}, which is closed in the end. */
    EnterpriseClient opened(EnterpriseClient program) {
        opened.add(program::close);
        return program;
    }

    @Override
    public void close() {
        opened.forEach(Runnable::run);
        proxy.close();
        cloud.close();
    }
}
