package io.hawser.verify.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.authority.DevelopmentAuthority;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.core.value.Value;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.iot.device.DirectlyConnectedDevice;
import io.hawser.iot.dispatch.Receipt;
import io.hawser.iot.registry.Registration;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.Secret;
import io.hawser.iot.registry.history.HistoryQuery;
import io.hawser.iot.registry.history.KeptMessage;
import io.hawser.iot.wire.ProvisioningFile;
import io.hawser.verify.crash.MoodyServer.Mood;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our device library over TLS against the whole hub, behind a server that is often busy and sometimes forgets that it was not, and
 * with clocks that are wrong: what a device was told is delivered is in the hub's history once.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DeviceKillTest {
    private static final int MANY = 1_000_000;
    private static final long HOUR = 3_600;
    private static final List<Mood> MOODS = List.of(Mood.values());

    private final Path folder;
    private final DevelopmentAuthority own;
    private final int port;
    private final MoodyServer front;
    /** What device programs said, all of them, in order. */
    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    DeviceKillTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        own = DevelopmentAuthority.in(folder.resolve("authority"), Instant.now());
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        front = new MoodyServer(port, own);
    }

    @AfterEach
    void stop() {
        front.close();
    }

    // ---- the hub ----

    private Hub hub() {
        return Hub.start(new ConfigReader(Map.of())
                .flag("test", "data", folder.resolve("data").toString())
                .flag("test", "eftl.port", 0)
                .flag("test", "iot.enabled", true)
                .flag("test", "iot.port", port)
                .flag("test", "iot.registry.history.messages", MANY)
                .flag("test", "iot.tls.certificate", own.certificate().toString())
                .flag("test", "iot.tls.key", own.key().toString())
                .read());
    }

    private HubProcess process() throws IOException {
        return HubProcess.start(
                folder,
                "eftl.port = 0, iot { enabled = true, port = " + port + ", registry.history.messages = " + MANY
                        + ", tls { certificate = \"" + own.certificate() + "\", key = \"" + own.key() + "\" } }");
    }

    private static <T> T ask(Hub hub, Function<Registry, CompletableFuture<T>> question) {
        return hub.iot().orElseThrow().ask(question).join();
    }

    private static List<KeptMessage> history(Hub hub, String device) {
        HistoryQuery all =
                new HistoryQuery(Optional.of(device), id -> true, Optional.empty(), -1, Long.MAX_VALUE, 0, MANY, false);
        return ask(hub, registry -> registry.history().read(all)).messages();
    }

    private static List<Long> numbers(List<KeptMessage> messages) {
        return messages.stream()
                .map(each -> each.message()
                        .data()
                        .get("n")
                        .map(n -> ((Value.Int) n).value())
                        .orElseThrow())
                .toList();
    }

    // ---- devices ----

    /** Registers the device {@code name} and activates it; the answer is its provisioning file. */
    private Path device(Hub hub, String name, long ahead) throws Exception {
        Secret secret = Secret.of("secret of " + name);
        ask(hub, registry -> registry.models()
                .put(DeviceProgram.URN, new Value.Opaque(DeviceProgram.MODEL.getBytes(UTF_8))));
        String application = ask(hub, registry -> registry.applications().add("for " + name, "", Map.of()))
                .id();
        ask(hub, registry -> registry.devices()
                .register(new Registration(name, application, "", "", Map.of(), Optional.of(secret))));
        Path file = folder.resolve(name + ".conf");
        try (InputStream pem = Files.newInputStream(own.trust())) {
            byte[] anchor = CertificateFactory.getInstance("X.509")
                    .generateCertificate(pem)
                    .getEncoded();
            ProvisioningFile content = ProvisioningFile.fresh(
                    front.url(), name, new Value.Opaque(secret.bytes()), List.of(new Value.Opaque(anchor)));
            Files.write(file, content.write(DeviceProgram.PASSPHRASE.toCharArray(), new SecureRandom()));
        }
        try (DirectlyConnectedDevice device = DeviceProgram.open(file, Duration.ofSeconds(ahead))) {
            device.activate(DeviceProgram.URN);
            device.getDeviceModel(DeviceProgram.URN);
        }
        return file;
    }

    @Test
    void whatIsToldDeliveredIsThereOnceWhateverTheServersMoodAndTheClock() throws Exception {
        try (Hub hub = hub();
                DirectlyConnectedDevice slow = DeviceProgram.open(device(hub, "SLOW-1", -HOUR), Duration.ofHours(-1));
                DirectlyConnectedDevice fast = DeviceProgram.open(device(hub, "FAST-1", HOUR), Duration.ofHours(1))) {
            int next = 0;
            for (Mood mood : List.of(Mood.BUSY_SECONDS, Mood.FORGETFUL, Mood.BUSY_DATE)) {
                front.mood(mood, 2);
                List<Receipt> receipts = new ArrayList<>();
                for (int end = next + 20; next < end; next++) {
                    receipts.add(DeviceProgram.say(slow, next));
                    receipts.add(DeviceProgram.say(fast, next));
                }
                receipts.forEach(each -> each.delivered().join());
                await().until(() -> front.left() == 0);
            }
            List<Long> all = LongStream.range(0, next).boxed().toList();
            List<KeptMessage> behind = history(hub, slow.getEndpointId());
            assertThat(numbers(behind)).containsExactlyElementsOf(all);
            assertThat(numbers(history(hub, fast.getEndpointId()))).containsExactlyElementsOf(all);
            assertThat(behind.subList(next / 2, next))
                    .as("its clock is set once a proof was refused")
                    .allMatch(each -> Math.abs(each.received() - each.message().eventTime()) < 60_000);
        }
    }

    @Test
    @Tag("slow")
    void whatIsToldDeliveredIsThereOnceWhoeverIsKilled() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Path file;
        try (Hub hub = hub()) {
            file = device(hub, "KILLED-1", -HOUR);
        }
        int commands = 0;
        HubProcess hub = process();
        Process device = program(file, -HOUR);
        for (int round = 0; round < 12; round++) {
            front.mood(MOODS.get(random.nextInt(MOODS.size())), 1 + random.nextInt(3));
            commands = order(hub, commands);
            long before = count("told ");
            await().atMost(1, TimeUnit.MINUTES).until(() -> count("told ") >= before + 100 && front.left() == 0);
            commands = order(hub, commands);
            boolean both = random.nextInt(3) == 0;
            if (both || random.nextBoolean()) {
                device.destroyForcibly().waitFor();
                device = program(file, random.nextBoolean() ? HOUR : -HOUR);
            }
            if (both || random.nextBoolean()) {
                hub.kill();
                hub = process();
            }
        }
        device.destroyForcibly().waitFor();
        hub.kill();
        end(file, seed, commands);
    }

    /** Another program ends what was begun. */
    private void end(Path file, long seed, int commands) throws Exception {
        try (Hub hub = hub()) {
            Process last = start(file, "0");
            String id = ask(
                            hub,
                            registry -> CompletableFuture.completedFuture(
                                    registry.devices().byHardware("KILLED-1").orElseThrow()))
                    .id();
            List<Long> kept = numbers("kept ");
            await().atMost(1, TimeUnit.MINUTES)
                    .until(() -> numbers(history(hub, id)).containsAll(kept));
            List<Long> there = numbers(history(hub, id));
            last.destroyForcibly().waitFor();
            assertThat(there).as("seed %d", seed).doesNotHaveDuplicates().containsAll(numbers("told "));
            assertThat(numbers("did ")).as("seed %d", seed).isNotEmpty().doesNotHaveDuplicates();
            System.out.printf(
                    "%d messages there, %d told, %d kept, %d lost; %d of %d commands done%n",
                    there.size(), count("told "), kept.size(), count("lost "), count("did "), commands);
        }
    }

    /** Asks for three actions more; an answer is not waited for. */
    private static int order(HubProcess hub, int done) {
        try (EftlConnection operator = hub.client("operator")) {
            for (int i = done; i < done + 3; i++) {
                operator.publish(EftlMessage.builder()
                                .setString("_dest", "iot/KILLED-1/actions/count")
                                .setLong("value", i)
                                .build())
                        .join();
            }
        }
        return done + 3;
    }

    private Process program(Path file, long ahead) throws IOException {
        long first = said.stream()
                .filter(line -> !line.startsWith("did "))
                .mapToLong(DeviceKillTest::number)
                .max()
                .orElse(-1);
        // numbers that it said nothing of yet may be there already
        return start(file, String.valueOf(ahead), String.valueOf(first + 10_000));
    }

    private Process start(Path file, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                DeviceProgram.class.getName(),
                file.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("device.log").toFile()))
                .start();
        Thread reader = new Thread(() -> read(process), "reader");
        reader.setDaemon(true);
        reader.start();
        return process;
    }

    /** A line that a kill cut off, which then does not end in a point, is no promise. */
    private void read(Process process) {
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.matches("(told|kept|lost|did) \\d+\\.")) {
                    said.add(line);
                }
            }
        } catch (IOException killed) {
            System.out.println("a device program ended: " + killed.getMessage());
        }
    }

    private long count(String kind) {
        return said.stream().filter(line -> line.startsWith(kind)).count();
    }

    private List<Long> numbers(String kind) {
        return said.stream()
                .filter(line -> line.startsWith(kind))
                .map(DeviceKillTest::number)
                .toList();
    }

    private static long number(String line) {
        return Long.parseLong(line.substring(line.indexOf(' ') + 1, line.length() - 1));
    }
}
