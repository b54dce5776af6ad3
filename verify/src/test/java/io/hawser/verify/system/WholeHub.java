package io.hawser.verify.system;

import io.hawser.app.authority.DevelopmentAuthority;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.clever.CleverHandlers;
import io.hawser.clever.CleverOptions;
import io.hawser.clever.CleverPeer;
import io.hawser.core.value.Value;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlOptions;
import io.hawser.iot.device.DeviceOptions;
import io.hawser.iot.device.DirectlyConnectedDevice;
import io.hawser.iot.device.virtual.VirtualDevice;
import io.hawser.iot.registry.Registration;
import io.hawser.iot.registry.Registry;
import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.IvyListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A whole hub with its four protocols on free ports of loopback, and the programs that a test connects to it; closing it closes all. */
final class WholeHub implements AutoCloseable {
    /** What each device is. */
    static final String URN = "urn:test:pump";

    /** What the admin API wants to be shown. */
    static final String ADMIN = "token-of-the-operator-of-this-test";

    private static final String PASSPHRASE = "open sesame";
    private static final String MODEL = """
            {"urn":"urn:test:pump","name":"pump","attributes":[
            {"name":"limit","type":"INTEGER","writable":true},{"name":"gain","type":"NUMBER","writable":true},
            {"name":"mode","type":"STRING","writable":true},{"name":"on","type":"BOOLEAN","writable":true}],
            "actions":[{"name":"turn","argType":"NUMBER"},{"name":"stop"}],
            "formats":[{"urn":"urn:test:pump:set","name":"set","type":"DATA","value":{"fields":[
            {"name":"limit","type":"INTEGER","optional":false},{"name":"gain","type":"NUMBER","optional":false},
            {"name":"mode","type":"STRING","optional":false},{"name":"on","type":"BOOLEAN","optional":false}]}},
            {"urn":"urn:test:pump:report","name":"report","type":"DATA","value":{"fields":[
            {"name":"n","type":"INTEGER","optional":false},{"name":"x","type":"NUMBER","optional":false},
            {"name":"s","type":"STRING","optional":false},{"name":"b","type":"BOOLEAN","optional":false}]}},
            {"urn":"urn:test:pump:dry","name":"dry","type":"ALERT","value":{"fields":[
            {"name":"n","type":"INTEGER","optional":false}]}}]}""";

    private final Path folder;
    private final Hub hub;
    private final Map<String, String> buses;
    private final Deque<Runnable> programs = new ArrayDeque<>();

    /**
     * A hub.
     *
     * @param folder of its own
     * @param more what it is told beside its ports
     */
    WholeHub(Path folder, UnaryOperator<ConfigReader> more) {
        this.folder = folder;
        this.buses = Map.of("lab", freeBus(), "field", freeBus());
        DevelopmentAuthority own = DevelopmentAuthority.in(folder.resolve("authority"), Instant.now());
        ConfigReader reader = new ConfigReader(Map.of())
                .flag("test", "eftl.port", 0)
                .flag("test", "admin.port", 0)
                .flag("test", "admin.token", ADMIN)
                .flag("test", "clever.enabled", true)
                .flag("test", "clever.port", 0)
                .flag("test", "clever.announce.enabled", false)
                .flag("test", "iot.enabled", true)
                .flag("test", "iot.port", 0)
                .flag("test", "iot.tls.certificate", own.certificate().toString())
                .flag("test", "iot.tls.key", own.key().toString())
                .flag("test", "iot.trust", own.trust().toString());
        buses.forEach((name, bus) -> reader.flag("test", "ivy." + name + ".bus", bus));
        hub = Hub.start(more.apply(reader).read());
        ask(registry -> registry.applications().add("test", "", Map.of()));
        ask(registry -> registry.models().put(URN, new Value.Opaque(MODEL.getBytes(StandardCharsets.UTF_8))));
    }

    private static String freeBus() {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return "127.255.255.255:" + socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    Hub hub() {
        return hub;
    }

    <T> T ask(Function<Registry, CompletableFuture<T>> question) {
        return hub.iot().orElseThrow().ask(question).join();
    }

    /** An eFTL client. */
    EftlConnection client(String id) {
        return client(id, EftlOptions.defaults());
    }

    /** The same, with options of its own. */
    EftlConnection client(String id, EftlOptions options) {
        EftlConnection connection =
                Eftl.connect(hub.eftlUrl(), options.clientId(id)).join();
        programs.push(connection::close);
        return connection;
    }

    /** An Ivy agent on the bus of that name, {@code lab} or {@code field}. */
    IvyAgent agent(String name, String bus, IvyListener listener) {
        IvyAgent agent = IvyAgent.builder(name)
                .domain(buses.getOrDefault(bus, ""))
                .listener(listener)
                .join();
        programs.push(agent::close);
        return agent;
    }

    /** Registers a device; what it is given to connect. */
    Path provisioned(String name) throws Exception {
        ask(registry -> registry.devices()
                .register(Registration.of(
                        name,
                        registry.applications().named("test").orElseThrow().id())));
        byte[] file = hub.iot()
                .orElseThrow()
                .provisioning(name, List.of())
                .join()
                .write(PASSPHRASE.toCharArray(), new SecureRandom());
        return Files.write(folder.resolve(name + ".conf"), file);
    }

    /** A device that is registered, activated and there, over TLS. */
    VirtualDevice device(String name) throws Exception {
        DirectlyConnectedDevice device = connected(provisioned(name));
        device.activate(URN);
        return device.createVirtualDevice(device.getEndpointId(), device.getDeviceModel(URN));
    }

    /** A device with that provisioning file. */
    DirectlyConnectedDevice connected(Path file) throws Exception {
        DirectlyConnectedDevice device = new DirectlyConnectedDevice(
                file,
                PASSPHRASE.toCharArray(),
                DeviceOptions.defaults().persistence(false).dispatcher(options -> options.settleTime(Duration.ZERO)));
        programs.push(device::close);
        return device;
    }

    /** A copter, or another peer, of that id. */
    CleverPeer copter(String id, CleverHandlers handlers) {
        return copter(id, handlers, CleverOptions.defaults());
    }

    /** The same, with its files in {@code own}. */
    CleverPeer copter(String id, CleverHandlers handlers, Path own) {
        return copter(id, handlers, CleverOptions.defaults().files(own));
    }

    private CleverPeer copter(String id, CleverHandlers handlers, CleverOptions options) {
        String address = "127.0.0.1:" + hub.cleverAddress().orElseThrow().getPort();
        handlers.onRequest("id", call -> Value.of(id));
        CleverPeer peer = CleverPeer.connect(address, options.label(id).handlers(handlers));
        programs.push(peer::close);
        return peer;
    }

    @Override
    public void close() {
        while (!programs.isEmpty()) {
            programs.pop().run();
        }
        hub.close();
    }
}
