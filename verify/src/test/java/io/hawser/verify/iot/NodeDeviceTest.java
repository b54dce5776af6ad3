package io.hawser.verify.iot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.authority.DevelopmentAuthority;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.iot.gateway.DeviceWish;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.Registration;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.Secret;
import io.hawser.iot.registry.command.Command;
import io.hawser.iot.registry.command.CommandAnswer;
import io.hawser.iot.registry.command.CommandState;
import io.hawser.iot.wire.ProvisioningFile;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The JavaScript device library 18.2.3 as the npm registry has it, and a whole hub, over TLS. */
@Tag("slow")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class NodeDeviceTest {
    private static final String NAME = "GREEN-1";
    private static final String SECRET = "only the two of us know";
    private static final String PASSPHRASE = "passphrase";
    private static final String URN = "urn:test:greenhouse";
    private static final String MODEL = """
            {"urn":"urn:test:greenhouse","name":"greenhouse","description":"","system":false,
            "attributes":[{"name":"humidity","type":"INTEGER","range":"0,1000"},
            {"name":"photo","type":"URI"},
            {"name":"low","type":"INTEGER","range":"0,100","writable":true},
            {"name":"high","type":"INTEGER","range":"0,100","writable":true}],
            "actions":[{"name":"vent","argType":"NUMBER"},{"name":"show","argType":"URI"}],
            "formats":[{"urn":"urn:test:greenhouse:dry","name":"dry","type":"ALERT","description":"too dry",
            "deviceModel":"urn:test:greenhouse",
            "value":{"fields":[{"name":"humidity","type":"NUMBER","optional":false}]}}]}""";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<EftlMessage> heard = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private Path provisioning;
    private Hub hub;
    private EftlConnection watcher;
    private NodeDevice device;

    @BeforeAll
    static void install(@TempDir Path logs) throws Exception {
        NodeDevice.install(logs, NodeDevice.DEVICE);
    }

    @BeforeEach
    void activate() throws Exception {
        hub = hub(0);
        watcher = watcher();
        ask(registry -> registry.models().put(URN, new Value.Opaque(MODEL.getBytes(UTF_8))));
        ask(registry -> registry.applications().add("test", "", Map.of()).thenCompose(application -> registry.devices()
                .register(new Registration(NAME, application.id(), "", "", Map.of(), Optional.of(Secret.of(SECRET))))));
        provisioning = provisioning();
        device = new NodeDevice(folder, provisioning, PASSPHRASE, trust());
        assertThat(device.hears("activated")).isEqualTo(known().id());
        assertThat(device.hears("model")).isEqualTo(URN);
    }

    @AfterEach
    void stop() {
        if (device != null) {
            device.close();
        }
        if (hub != null) {
            watcher.close();
            hub.close();
        }
    }

    private Hub hub(int port) {
        DevelopmentAuthority own = DevelopmentAuthority.in(folder.resolve("authority"), Instant.now());
        return Hub.start(new ConfigReader(Map.of())
                .flag("test", "data", folder.resolve("data").toString())
                .flag("test", "eftl.port", 0)
                .flag("test", "iot.enabled", true)
                .flag("test", "iot.port", port)
                .flag("test", "iot.answer-timeout", "8s")
                .flag("test", "iot.tls.certificate", own.certificate().toString())
                .flag("test", "iot.tls.key", own.key().toString())
                .read());
    }

    private int port() {
        return URI.create(hub.iotUrl().orElseThrow()).getPort();
    }

    private Path trust() {
        return DevelopmentAuthority.in(folder.resolve("authority"), Instant.now())
                .trust();
    }

    private Path provisioning() throws Exception {
        byte[] anchor;
        try (InputStream in = Files.newInputStream(trust())) {
            anchor = CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getEncoded();
        }
        ProvisioningFile file = ProvisioningFile.fresh(
                "https://localhost:" + port(),
                NAME,
                new Value.Opaque(SECRET.getBytes(UTF_8)),
                List.of(new Value.Opaque(anchor)));
        return Files.write(folder.resolve("device.conf"), file.write(PASSPHRASE.toCharArray(), new SecureRandom()));
    }

    /** Whoever hears all there is on the bus, also what is said while it is away. */
    private EftlConnection watcher() {
        EftlConnection connection = Eftl.connect(
                        hub.eftlUrl(), EftlOptions.defaults().clientId("watcher"))
                .join();
        connection
                .subscribe(SubscribeOptions.everything().durable("all"), heard::add)
                .join();
        return connection;
    }

    private <T> T ask(Function<Registry, CompletableFuture<T>> question) {
        return hub.iot()
                .orElseThrow()
                .ask(question)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private Device known() {
        return ask(registry ->
                CompletableFuture.completedFuture(registry.devices().named(NAME).orElseThrow()));
    }

    private List<Long> humidity() {
        return heard.stream()
                .filter(message -> message.topic().orElse("").equals("iot/" + NAME + "/data/" + URN + ":attributes"))
                .flatMapToLong(message -> message.getLong("humidity").stream())
                .boxed()
                .toList();
    }

    private void measures(long from, long to) throws Exception {
        for (long value = from; value < to; value++) {
            device.tell("humidity " + value);
        }
    }

    /** Each is heard, and once. Of those it says in one call the library mixes the order: its queue is a heap of priorities. */
    private void allAreHeard(long to) {
        List<Long> all = LongStream.range(0, to).boxed().toList();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(humidity()).as("%s", device.said()).containsExactlyInAnyOrderElementsOf(all));
    }

    private Command done(DeviceWish wish) {
        Command asked = hub.iot().orElseThrow().order(wish, Optional.empty()).join();
        return ask(registry -> registry.commands().ended(asked.id()));
    }

    @Test
    void whatItMeasuresAndRaisesIsOnTheBusAndItDoesWhatItIsTold() throws Exception {
        for (long value = 0; value < 4; value++) {
            measures(value, value + 1);
            allAreHeard(value + 1);
        }
        assertThat(humidity()).isSorted();
        measures(4, 20);
        allAreHeard(20);
        device.tell("dry 7");
        String alerts = "iot/" + NAME + "/alert/" + URN + ":dry";
        await().atMost(PATIENCE).until(() -> heard.stream()
                .anyMatch(message -> message.topic().orElse("").equals(alerts)));

        Fields both = Fields.builder().put("low", 20).put("high", 80).build();
        Command patch = done(new DeviceWish.WriteAll(NAME, both));
        assertThat(patch.order().method()).isEqualTo("PATCH");
        assertThat(patch.state()).as(patch.reason()).isEqualTo(CommandState.COMPLETED);
        assertThat(device.hears("changed low")).isEqualTo("20");
        assertThat(device.hears("changed high")).isEqualTo("80");

        Command vent = done(new DeviceWish.Call(NAME, "vent", Optional.of(Value.of(0.5))));
        assertThat(vent.state()).as(vent.reason()).isEqualTo(CommandState.COMPLETED);
        assertThat(vent.answer().map(CommandAnswer::status)).contains(200);
        assertThat(device.hears("vent")).isEqualTo("0.5");
        assertThat(heard.stream()
                        .filter(message -> message.topic().orElse("").equals(alerts))
                        .map(message -> message.getDouble("humidity").orElseThrow()))
                .containsExactly(7.0);
    }

    /** What it says of a file it says when the hub has that; from its URI it knows that it can be had there. */
    @Test
    void itKeepsAFileInTheHubAndTakesItFromThere() throws Exception {
        byte[] photo = new byte[3_000_000];
        new Random(7).nextBytes(photo);
        Files.write(folder.resolve("tomato.png"), photo);
        device.tell("photo tomato.png");
        String place = "files/iot:" + NAME + "/tomato.png";
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(topics())
                .as("%s", device.said())
                .contains(place, "iot/" + NAME + "/data/" + URN + ":attributes"));
        assertThat(topics().indexOf(place))
                .isLessThan(topics().indexOf("iot/" + NAME + "/data/" + URN + ":attributes"));
        String uri = heard.stream()
                .flatMap(message -> message.getString("photo").stream())
                .findFirst()
                .orElseThrow();
        assertThat(uri)
                .isEqualTo(hub.iotUrl().orElseThrow().replace("127.0.0.1", "localhost") + "/iot/storage/" + known().id()
                        + "/tomato.png");

        Command show = done(new DeviceWish.Call(NAME, "show", Optional.of(Value.of(uri))));
        assertThat(show.state()).as(show.reason()).isEqualTo(CommandState.COMPLETED);
        String md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(photo));
        assertThat(device.hears("shown")).isEqualTo("3000000 image/png " + md5);
    }

    private List<String> topics() {
        return heard.stream().flatMap(message -> message.topic().stream()).toList();
    }

    /** A defect of the library: it does what a PUT says, and then fails to answer. */
    @Test
    void oneAttributeIsWrittenThoughTheLibraryNeverSaysSo() {
        Command put = done(new DeviceWish.Write(NAME, "low", Value.of(33)));
        assertThat(put.order().method()).isEqualTo("PUT");
        assertThat(device.hears("changed low")).isEqualTo("33");
        assertThat(put.state()).isEqualTo(CommandState.FAILED);
        assertThat(put.reason()).isEqualTo("no answer");
    }

    /** What it measures while there is no hub the library throws away: its measurements are BEST_EFFORT. */
    @Test
    void itGoesOnAfterARestartOfTheHubAndOfItselfWithoutBeingActivatedAgain() throws Exception {
        Device before = known();
        measures(0, 10);
        allAreHeard(10);
        watcher.disconnect().join();
        int port = port();
        hub.close();
        hub = hub(port);
        measures(10, 20);
        watcher = watcher();
        allAreHeard(20);

        device.close();
        device = new NodeDevice(folder, provisioning, PASSPHRASE, trust());
        assertThat(device.hears("known")).isEqualTo(before.id());
        device.hears("model");
        measures(20, 25);
        allAreHeard(25);
        assertThat(known().activated()).isEqualTo(before.activated());
        assertThat(known().keys().publicKey()).isEqualTo(before.keys().publicKey());
    }
}
