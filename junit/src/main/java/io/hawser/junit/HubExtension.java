package io.hawser.junit;

import io.hawser.app.authority.DevelopmentAuthority;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test a whole hub in its own JVM, on loopback and free ports: in a static field one for all tests of the class, in another
 * field one for each test. It keeps what it stores in memory, and is closed when they are done.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final HubExtension hub = new HubExtension().withIvy("lab").with("relays", List.of("ivy/lab/* alarms *"));
 *
 * @Test
 * void anAlarmIsHeard() {
 *     try (EftlConnection app = Eftl.connect(hub.eftlUrl(), EftlOptions.defaults()).join()) { ... }
 * }
 * }</pre>
 *
 * <p>What is set before the tests begin holds for all hubs that it starts. Used by one thread at a time, as JUnit does.
 */
public final class HubExtension implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    /** What may ask the hub over its admin API. */
    private static final String TOKEN = "token-of-a-test-hub";

    private static final String IVY_NETWORK = "127.255.255.255:";

    private final Map<String, Object> settings = new LinkedHashMap<>();
    private boolean devices;
    private boolean shared;
    private @Nullable Hub hub;
    private @Nullable Path folder;

    /** With eFTL and the admin API, and nothing else yet. */
    public HubExtension() {
        settings.put("eftl.port", 0);
        settings.put("admin.port", 0);
        settings.put("admin.token", TOKEN);
    }

    /**
     * Sets what {@code hawser.conf} would say.
     *
     * @param key as in {@code defaults.conf}, without {@code hawser.}: {@code eftl.max-message}
     * @param value a string, a number, a boolean, or a list or map of such
     */
    public HubExtension with(String key, Object value) {
        settings.put(key, value);
        return this;
    }

    /** Lets it join an Ivy bus of its own, {@code name} for the hub; {@link #ivyBus} says where agents meet there. */
    public HubExtension withIvy(String name) {
        return with("ivy." + name + ".bus", IVY_NETWORK + freePort());
    }

    /** Lets clever-show copters connect, to {@link #cleverAddress}. */
    public HubExtension withCopters() {
        return with("clever.enabled", true).with("clever.port", 0).with("clever.announce.enabled", false);
    }

    /** Lets devices of Oracle IoT Cloud Service connect, to {@link #iotUrl}, if they trust {@link #iotTrust}. */
    public HubExtension withDevices() {
        devices = true;
        return with("iot.enabled", true).with("iot.port", 0);
    }

    /** Where eFTL clients connect: {@code ws://127.0.0.1:PORT/channel}. */
    public String eftlUrl() {
        return hub().eftlUrl();
    }

    /** Where the agents of the Ivy bus {@code name} meet: {@code 127.255.255.255:PORT}. */
    public String ivyBus(String name) {
        Object bus = settings.get("ivy." + name + ".bus");
        if (bus == null) {
            throw new IllegalStateException("there is no Ivy bus " + name + "; say withIvy(\"" + name + "\")");
        }
        return bus.toString();
    }

    /** Where copters connect. */
    public InetSocketAddress cleverAddress() {
        return hub().cleverAddress()
                .orElseThrow(() -> new IllegalStateException("copters may not connect; say withCopters()"));
    }

    /** Where devices connect: {@code https://127.0.0.1:PORT}. */
    public String iotUrl() {
        return hub().iotUrl()
                .orElseThrow(() -> new IllegalStateException("devices may not connect; say withDevices()"));
    }

    /** The certificate that devices must trust, a PEM file. */
    public Path iotTrust() {
        return authority().trust();
    }

    /** Where the admin API is, {@code http://127.0.0.1:PORT}; it wants {@link #adminToken}. */
    public String adminUrl() {
        return hub().adminUrl().orElseThrow();
    }

    /** What callers of the admin API show: {@code Authorization: Bearer TOKEN}. */
    public String adminToken() {
        return TOKEN;
    }

    /**
     * The hub itself.
     *
     * @throws IllegalStateException outside of tests
     */
    public Hub hub() {
        Hub running = hub;
        if (running == null) {
            throw new IllegalStateException(
                    "the hub runs while a test does; is the field annotated with @RegisterExtension?");
        }
        return running;
    }

    /** Called by JUnit. */
    @Override
    public void beforeAll(ExtensionContext context) {
        shared = true;
        start();
    }

    /** Called by JUnit. */
    @Override
    public void beforeEach(ExtensionContext context) {
        if (!shared) {
            start();
        }
    }

    /** Called by JUnit. */
    @Override
    public void afterEach(ExtensionContext context) {
        if (!shared) {
            stop();
        }
    }

    /** Called by JUnit. */
    @Override
    public void afterAll(ExtensionContext context) {
        shared = false;
        stop();
    }

    void start() {
        ConfigReader reader = new ConfigReader(Map.of());
        if (devices) {
            DevelopmentAuthority own = authority();
            reader.devices(own.certificate(), own.key(), own.trust());
        }
        settings.forEach((key, value) -> reader.flag("HubExtension.with(\"" + key + "\")", key, value));
        hub = Hub.start(reader.read());
    }

    private void stop() {
        Hub running = hub;
        hub = null;
        if (running != null) {
            running.close();
        }
        Path made = folder;
        folder = null;
        if (made != null) {
            delete(made);
        }
    }

    private DevelopmentAuthority authority() {
        try {
            Path made = folder == null ? Files.createTempDirectory("hawser-test") : folder;
            folder = made;
            return DevelopmentAuthority.in(made, Instant.now());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(emptied);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }
}
