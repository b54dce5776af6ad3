package io.hawser.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.app.access.AccessSettings;
import io.hawser.app.admin.AdminSettings;
import io.hawser.app.log.LogFormat;
import io.hawser.core.access.Rule;
import io.hawser.core.link.LinkLimits;
import io.hawser.core.route.RetainedSettings;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.eftl.gateway.EftlSettings;
import io.hawser.eftl.gateway.channel.EftlChannel;
import io.hawser.eftl.rest.RestLimits;
import io.hawser.ivy.gateway.IvySettings;
import io.hawser.store.local.disk.DiskSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers, defaults and every kind of mistake in a configuration. */
class ConfigReaderTest {
    private static final List<Rule> DEFAULT_RULES = Stream.of(
                    "allow * * >",
                    "deny * ivy.die >",
                    "deny * publish,request clever/*/execute",
                    "deny * publish,request clever/*/service_restart",
                    "deny * publish,request clever/*/reboot*",
                    "deny * publish,request clever/*/request/execute",
                    "deny * publish,request clever/*/request/service_restart",
                    "deny * publish,request clever/*/request/reboot*")
            .map(Rule::parse)
            .toList();

    @TempDir
    private Path folder;

    private static EftlSettings defaultEftl() {
        return new EftlSettings(
                "127.0.0.1",
                9191,
                List.of(new EftlChannel(
                        "channel",
                        true,
                        new EftlChannel.Limits(1024 * 1024, 100, 10_000, 1_000),
                        new EftlChannel.Times(Duration.ofSeconds(60), Duration.ofSeconds(240), Duration.ofSeconds(600)),
                        new EftlChannel.Signature(false, false),
                        new EftlChannel.Groups(Optional.empty(), Optional.empty()),
                        false,
                        Optional.empty())),
                Duration.ofSeconds(10),
                Duration.ofSeconds(120),
                1_000,
                true,
                Set.of(),
                Optional.empty());
    }

    @Test
    void defaultsAreTheDocumentedOnes() {
        assertThat(new ConfigReader(Map.of()).read())
                .isEqualTo(new HubConfig(
                        0,
                        LogFormat.AUTO,
                        Optional.empty(),
                        new AccessSettings(List.of(), List.of(), DEFAULT_RULES),
                        List.of(),
                        List.of(),
                        new RetainedSettings(List.of(), 10_000, 64 << 20),
                        Borders.OPEN,
                        defaultEftl(),
                        new RestLimits(1_000, Duration.ofSeconds(60), 1_000, 1024 * 1024),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        LinkLimits.DEFAULT,
                        new AdminSettings("127.0.0.1", 9190, Optional.empty(), Optional.empty()),
                        new OutboxLimits(10_000, 8L * 1024 * 1024),
                        DurableSettings.DEFAULT,
                        StoreLimits.IN_MEMORY,
                        DiskSettings.DEFAULT,
                        Optional.empty(),
                        Duration.ofSeconds(30)));
    }

    @Test
    void aDataFolderIsNamedByFileVariableOrFlag() {
        assertThat(new ConfigReader(Map.of("HAWSER_DATA", "/a/b")).read().data())
                .contains(Path.of("/a/b"));
        assertThat(new ConfigReader(Map.of("HAWSER_DATA", "/a/b"))
                        .flag("--data", "data", "c")
                        .read()
                        .data())
                .contains(Path.of("c"));
    }

    @Test
    void whatADataFolderMayHoldIsThatOfTheParts() {
        HubConfig config = new ConfigReader(Map.of("HAWSER_DATA", "/a/b")).read();
        assertThat(config.limits()).isEqualTo(StoreLimits.ON_DISK);
    }

    @Test
    void limitsOfMapsObjectsAndRecordsAreSettings() {
        StoreLimits limits = new ConfigReader(
                        Map.of("HAWSER_DATA", "/a/b", "HAWSER_MAPS__VALUE_BYTES", "2MiB", "HAWSER_MAPS__HISTORY", "5"))
                .flag("test", "maps.watches", 7)
                .flag("test", "objects.object-bytes", "5GiB")
                .flag("test", "records.record-bytes", "2MiB")
                .read()
                .limits();
        assertThat(limits.maps().valueBytes()).isEqualTo(2 << 20);
        assertThat(limits.maps().first().history()).isEqualTo(5);
        assertThat(limits.maps().watches()).isEqualTo(7);
        assertThat(limits.objects().objectBytes()).isEqualTo(5L << 30);
        assertThat(limits.records().recordBytes()).isEqualTo(2 << 20);
        assertThatThrownBy(() -> new ConfigReader(Map.of())
                        .flag("test", "maps.history", 65)
                        .read())
                .hasMessage("hawser.maps.history = 65 (test) must be at most hawser.maps.max-history");
    }

    @Test
    void defaultsAreThoseOfTheParts() {
        HubConfig defaults = new ConfigReader(Map.of()).development().read();

        assertThat(defaults.eftl().withOrigins(Set.of())).isEqualTo(EftlSettings.DEFAULT);
        assertThat(defaults.rest()).isEqualTo(RestLimits.DEFAULT);
        assertThat(defaults.ivy()).containsExactly(IvySettings.DEFAULT);
        assertThat(defaults.outbox()).isEqualTo(OutboxLimits.DEFAULT);
        assertThat(defaults.durable()).isEqualTo(DurableSettings.DEFAULT);
    }

    @Test
    void developmentJoinsOneLocalIvyBus() {
        assertThat(new ConfigReader(Map.of()).development().read().ivy())
                .containsExactly(new IvySettings("local", "127.255.255.255:2010", "HAWSER", List.of()));
    }

    @Test
    void developmentLetsInTheWebPagesOfThisMachine() {
        assertThat(new ConfigReader(Map.of()).development().read().eftl().origins())
                .containsExactlyInAnyOrder("http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*");
    }

    @Test
    void anOriginIsSchemeAndHostWithNothingBehind() throws IOException {
        Path good = file("hawser { eftl { origins = [\"https://app.example\", \"http://localhost:*\", \"*\"] } }");
        assertThat(new ConfigReader(Map.of()).file(good).read().eftl().origins())
                .hasSize(3);
        Path bad = file("hawser { eftl { origins = [\"app.example\"] } }");
        assertThatThrownBy(() -> new ConfigReader(Map.of()).file(bad).read())
                .hasMessageContaining("must be the origin of web pages such as https://app.example");
    }

    @Test
    void laterLayersWin() throws IOException {
        Path file = file("hawser { loops = 1, eftl { port = 1, max-message = 2MiB, heartbeat = 5s } }");
        Map<String, String> environment = Map.of("HAWSER_EFTL__PORT", "2", "HAWSER_EFTL__MAX_MESSAGE", "3MiB");

        HubConfig config = new ConfigReader(environment)
                .file(file)
                .flag("--port", "eftl.port", 3)
                .read();

        assertThat(config.loops()).isEqualTo(1);
        assertThat(config.eftl().channels().get(0).times().heartbeat()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.eftl().channels().get(0).limits().maxMessageBytes()).isEqualTo(3 * 1024 * 1024);
        assertThat(config.eftl().port()).isEqualTo(3);
    }

    @Test
    void eachEftlChannelStartsFromWhatStandsThereForAll() throws IOException {
        Path file = file("""
                hawser.eftl {
                  heartbeat = 20s
                  open-channel = main
                  channels {
                    a { heartbeat = 10s, persistent = false }
                    "b/c" { max-queue = 7, history-messages = 9, history-age = 1h }
                    main { publish-user = true }
                  }
                }
                """);

        List<EftlChannel> channels = new ConfigReader(Map.of("HAWSER_EFTL__CHANNELS__A__MAX_PENDING_ACKS", "9"))
                .file(file)
                .read()
                .eftl()
                .channels();

        assertThat(channels).extracting(EftlChannel::name).containsExactly("main", "a", "b/c");
        assertThat(channels)
                .extracting(channel -> channel.times().heartbeat())
                .containsExactly(Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(20));
        assertThat(channels).extracting(EftlChannel::persistent).containsExactly(true, false, true);
        assertThat(channels).extracting(channel -> channel.limits().maxQueue()).containsExactly(10_000, 10_000, 7);
        assertThat(channels).extracting(EftlChannel::history).startsWith(Optional.empty(), Optional.empty());
        assertThat(channels.get(2).history())
                .contains(DurableSettings.DEFAULT
                        .withRoom(9, 64 << 20, DurableSettings.WhenFull.DROP_OLDEST)
                        .withMessageTtl(Duration.ofHours(1))
                        .withDurableTtl(Duration.ZERO));
        assertThat(channels)
                .extracting(channel -> channel.limits().maxPendingAcks())
                .containsExactly(100, 9, 100);
        assertThat(channels).extracting(channel -> channel.signature().user()).containsExactly(true, false, false);
    }

    @Test
    void clientsStayAwayIfTheyAreToldTo() {
        assertThat(new ConfigReader(Map.of("HAWSER_EFTL__ON_STOP", "shutdown"))
                        .read()
                        .eftl()
                        .comesBack())
                .isFalse();
    }

    @Test
    void readsListsFromTheEnvironment() {
        assertThat(new ConfigReader(Map.of("HAWSER_IVY__LAB__PATTERNS", "[\"a\", \"b\"]"))
                        .read()
                        .ivy()
                        .get(0)
                        .patterns())
                .containsExactly("a", "b");
    }

    @Test
    void ignoresVariablesThatAreNoSettings() {
        Map<String, String> environment = Map.of("HAWSER_URL", "ws://a", "HAWSERX__Y", "1", "PATH", "/bin");

        assertThat(new ConfigReader(environment).read()).isEqualTo(new ConfigReader(Map.of()).read());
    }

    @Test
    void readsATopLevelKeyFromTheEnvironment() {
        assertThat(new ConfigReader(Map.of("HAWSER_LOOPS", "3")).read().loops()).isEqualTo(3);
    }

    @Test
    void acceptsAnAddressBeyondLoopbackOnlyIfThatIsMeant() throws IOException {
        assertThat(new ConfigReader(Map.of())
                        .file(file("hawser.eftl { host = 0.0.0.0, insecure = true }"))
                        .read()
                        .eftl()
                        .host())
                .isEqualTo("0.0.0.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]"})
    void takesLoopbackAddressesWithoutAWord(String host) {
        assertThat(new ConfigReader(Map.of("HAWSER_EFTL__HOST", host))
                        .read()
                        .eftl()
                        .host())
                .isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            hawser.eftl.prot = 1        | unknown key hawser.eftl.prot (FILE: 1); did you mean hawser.eftl.port?
            hawser.elft.port = 1        | unknown key hawser.elft (FILE: 1); did you mean hawser.eftl?
            hawser.outbox.zzzzz = 1     | unknown key hawser.outbox.zzzzz (FILE: 1); the keys here are bytes, deliveries
            hawser.ivy.lab.pattern = [] | unknown key hawser.ivy.lab.pattern (FILE: 1); did you mean hawser.ivy.lab.patterns?
            eftl.port = 1               | unknown key eftl (FILE: 1); all settings stand inside hawser { ... }
            hawser.eftl = 3             | hawser.eftl = 3 (FILE: 1) must be a section: { ... }
            hawser.loops { a = 1 }      | hawser.loops = {"a":1} (FILE: 1) must be a value, not a section
            hawser.ivy.lab = x          | hawser.ivy.lab = "x" (FILE: 1) must be a section: { ... }
            hawser.eftl.port = 65536    | hawser.eftl.port = 65536 (FILE: 1) must be a whole number, 0 to 65535
            hawser.eftl.port = -1       | hawser.eftl.port = -1 (FILE: 1) must be a whole number, 0 to 65535
            hawser.eftl.port = 1.5      | hawser.eftl.port = 1.5 (FILE: 1) must be a whole number, 0 to 65535
            hawser.eftl.port = abc      | hawser.eftl.port = "abc" (FILE: 1) must be a whole number, 0 to 65535
            hawser.eftl.port = null     | hawser.eftl.port = null (FILE: 1) must be a whole number, 0 to 65535
            hawser.eftl.max-message = 5 | hawser.eftl.max-message = 5 (FILE: 1) must be a size such as 512KiB or 8MiB, 1KiB to 64MiB
            hawser.eftl.heartbeat = 30  | hawser.eftl.heartbeat = 30 (FILE: 1) must be a duration such as 500ms, 30s or 2m, 1s to 3600s
            hawser.eftl.client-timeout = 240s | hawser.eftl.client-timeout = "240s" (FILE: 1) must be longer than hawser.eftl.heartbeat
            hawser.eftl.insecure = 7    | hawser.eftl.insecure = 7 (FILE: 1) must be true or false
            hawser.eftl.host = ""       | hawser.eftl.host = "" (FILE: 1) must not be empty
            hawser.eftl.host = 10.1.2.3 | hawser.eftl.host = "10.1.2.3" (FILE: 1) can be reached from other machines, and nothing is encrypted, passwords neither; say who the hub is in hawser.eftl.tls, use a loopback address, or set hawser.eftl.insecure = true if you trust that whole network
            hawser.eftl.channels = x    | hawser.eftl.channels = "x" (FILE: 1) must be a section: { ... }
            hawser.eftl.channels.a.port = 1 | unknown key hawser.eftl.channels.a.port (FILE: 1); the keys here are client-reconnect-timeout, client-timeout, compress, heartbeat, history-age, history-bytes, history-messages, max-away, max-message, max-pending-acks, max-queue, persistent, publish-client, publish-group, publish-user, subscribe-group
            hawser.eftl.channels.a.heartbeat = 700s | hawser.eftl.channels.a.client-timeout = "600s" (defaults.conf: LINE) must be longer than hawser.eftl.channels.a.heartbeat
            hawser.eftl.channels."/x" {} | hawser.eftl.channels./x = {} (FILE: 1) the name must be a path without its first '/'
            hawser.eftl.open-channel = /x | hawser.eftl.open-channel = "/x" (FILE: 1) must be a path without its first '/'
            hawser.eftl.channels.a.publish-group = crew | hawser.eftl.channels.a.publish-group = "crew" (FILE: 1) must be a group that a user is in
            hawser.eftl.rest.max-polls = 0 | hawser.eftl.rest.max-polls = 0 (FILE: 1) must be a whole number, 1 to 1000000
            hawser.eftl.on-stop = never | hawser.eftl.on-stop = "never" (FILE: 1) must be one of shutdown, restart
            hawser.eftl { history-messages = 5, history-bytes = 1KiB } | hawser.eftl.history-bytes = "1KiB" (FILE: 1) must be at least twice hawser.eftl.max-message
            hawser.eftl { history-messages = 5, persistent = false } | hawser.eftl.history-messages = 5 (FILE: 1) needs hawser.eftl.persistent = true
            hawser.eftl.max-away = 0    | hawser.eftl.max-away = 0 (FILE: 1) must be a whole number, 1 to 1000000
            hawser.eftl.max-queue = 0   | hawser.eftl.max-queue = 0 (FILE: 1) must be a whole number, 1 to 100000000
            hawser.ivy.lab.bus = "192.168.1:2010" | hawser.ivy.lab.bus = "192.168.1:2010" (FILE: 1) can be reached from other machines, and nothing is encrypted, passwords neither; use a loopback address, or set hawser.ivy.lab.insecure = true if you trust that whole network
            hawser.disk.floor = 100MiB  | hawser.disk.floor = "100MiB" (FILE: 1) must be at least twice hawser.disk.write-buffers
            hawser.disk.alarm = 300MiB  | hawser.disk.alarm = "300MiB" (FILE: 1) must be at least hawser.disk.floor and twice hawser.disk.reserve
            hawser.ivy { a {}, b {} }   | hawser.ivy.b.bus = "127.255.255.255:2010" (defaults.conf: LINE) is the bus of hawser.ivy.a too; join a bus under one name
            hawser.texts = ["robot/*"]  | hawser.texts = "robot/*" (FILE: 1) must be topics and a text, such as 'robot/*/pose {1} POSE {x} {y}'
            """)
    void tellsWhatIsWrongAndWhatToDo(String text, String expected) throws IOException {
        Path file = file(text);

        assertThatThrownBy(() -> new ConfigReader(Map.of()).file(file).read())
                .isInstanceOf(ConfigException.class)
                .extracting(problem -> String.valueOf(problem.getMessage())
                        .replace(file.toString(), "FILE")
                        .replaceAll("defaults.conf: \\d+", "defaults.conf: LINE"))
                .isEqualTo(expected);
    }

    @Test
    void tellsWhichPatternDoesNotCompile() throws IOException {
        Path file = file("hawser.ivy.lab.patterns = [\n  \"ok\",\n  \"(x\"\n]");

        assertThatThrownBy(() -> new ConfigReader(Map.of()).file(file).read())
                .hasMessageStartingWith(
                        "hawser.ivy.lab.patterns = \"(x\" (" + file + ": 3) is not a regular expression: ");
    }

    @Test
    void tellsWhichBusCannotBeRead() {
        assertThatThrownBy(() -> new ConfigReader(Map.of("HAWSER_IVY__LAB__BUS", "here:1")).read())
                .hasMessageStartingWith(
                        "hawser.ivy.lab.bus = \"here:1\" (environment variable HAWSER_IVY__LAB__BUS) the Ivy domain 'here:1' is wrong");
    }

    @Test
    void namesTheVariableOrFlagThatIsWrong() {
        ConfigReader reader = new ConfigReader(Map.of("HAWSER_LOOPS", "many", "HAWSER_FOO__BAR", "1"))
                .flag("--port", "eftl.port", 99_999);

        assertThatThrownBy(reader::read).hasMessage("""
                        unknown key hawser.foo (environment variable HAWSER_FOO__BAR); the keys here are admin, clever, data, disk, drain, durable, eftl, iot, ivy, jwt, link-limits, links, log, loops, maps, objects, outbox, records, relays, retained, rules, store, texts, tokens, users
                        hawser.loops = "many" (environment variable HAWSER_LOOPS) must be a whole number, 0 to 1024
                        hawser.eftl.port = 99999 (--port) must be a whole number, 0 to 65535""");
    }

    @Test
    void tellsTheLineThatIsNotHocon() throws IOException {
        Path file = file("hawser {\n  eftl { port = }\n");

        assertThatThrownBy(() -> new ConfigReader(Map.of()).file(file).read())
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(file + ": 2: ");
    }

    @Test
    void tellsThatAFileIsMissing() {
        Path missing = folder.resolve("missing.conf");

        assertThatThrownBy(() -> new ConfigReader(Map.of()).file(missing).read())
                .hasMessage(missing + ": there is no such file that can be read");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("hawser.conf"), text);
    }
}
