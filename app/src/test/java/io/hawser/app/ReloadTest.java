package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.config.ConfigSource;
import io.hawser.app.config.Configuration;
import io.hawser.app.config.LogLevel;
import io.hawser.app.hub.Hub;
import io.hawser.app.terminal.Terminal;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a file that has changed a running hub takes up, for those who are there too. */
class ReloadTest implements ConfigSource {
    private static final String TOKEN = "0123456789abcdef";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** {@code hunter2}: bcrypt of the least cost. */
    private static final String HASH = "$2b$05$YNpw3UPcTwmKtfgmd51cHu13gkyHr0I5vSm/4BFY4xYmoEzdtNKU2";

    private static final String USERS = "alice { password = \"HASH\" }, bob { password = \"HASH\" }";
    private static final String RULES = "\"allow * * >\"";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final Queue<LogLevel> levels = new ConcurrentLinkedQueue<>();
    private final Path file;
    private Hub hub;

    ReloadTest(@TempDir Path folder) throws IOException {
        file = folder.resolve("hawser.conf");
        write(USERS, RULES, "");
        hub = Hub.start(read(), this);
    }

    @AfterEach
    void closeHub() {
        hub.close();
    }

    private void write(String users, String rules, String more) throws IOException {
        Files.writeString(file, """
                hawser {
                  eftl.port = 0
                  admin { port = 0, token = "TOKEN" }
                  users { USERS }
                  rules = [RULES]
                  MORE
                }
                """.replace("TOKEN", TOKEN)
                .replace("USERS", users)
                .replace("RULES", rules)
                .replace("MORE", more)
                .replace("HASH", HASH));
    }

    @Override
    public Configuration read() {
        return new ConfigReader(Map.of()).file(file).readAll();
    }

    @Override
    public void taken(Configuration now) {
        levels.add(now.logs());
    }

    private EftlConnection connect(String user) {
        EftlOptions options = EftlOptions.defaults().clientId(user).login(user, "hunter2");
        return Eftl.connect(hub.eftlUrl(), options).join();
    }

    private static EftlMessage on(String topic) {
        return EftlMessage.builder().setString("_dest", topic).build();
    }

    private int run(String... line) {
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Map.of("HAWSER_ADMIN_URL", hub.adminUrl().orElseThrow(), "HAWSER_TOKEN", TOKEN),
                InstantSource.system(),
                ZoneOffset.UTC);
        return Hawser.commandLine(terminal).execute(line);
    }

    @Test
    void newRulesHoldAtOnceForWhoHearsAlready() throws IOException {
        try (EftlConnection alice = connect("alice");
                EftlConnection bob = connect("bob")) {
            alice.subscribe(
                            SubscribeOptions.everything(),
                            message -> heard.add(message.getString("_dest").orElse("")))
                    .join();
            bob.publish(on("robot/secret")).join();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard).containsExactly("robot/secret"));
            write(USERS, RULES + ", \"deny alice subscribe robot/secret\", \"deny bob publish robot/stop\"", "");
            assertThat(run("reload")).as(err.toString()).isZero();
            assertThat(out.toString()).contains("hawser.rules");
            bob.publish(on("robot/secret")).join();
            assertThat(bob.publish(on("robot/stop")))
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withMessageContaining("bob may not publish on robot/stop");
            bob.publish(on("robot/7")).join();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard).containsExactly("robot/secret", "robot/7"));
            write(USERS, RULES, "");
            assertThat(run("reload")).isZero();
            bob.publish(on("robot/secret")).join();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(heard).containsExactly("robot/secret", "robot/7", "robot/secret"));
        }
    }

    @Test
    void whatADurableKeptForSomebodyWhoMayNotHearItAnyMoreIsNotDelivered() throws IOException {
        EftlConnection alice = connect("alice");
        alice.subscribe(SubscribeOptions.everything().durable("all"), message -> {})
                .join();
        alice.close();
        try (EftlConnection bob = connect("bob")) {
            bob.publish(on("robot/secret")).join();
            bob.publish(on("robot/7")).join();
            write(USERS, RULES + ", \"deny alice subscribe robot/secret\"", "");
            hub.reload().run();
            try (EftlConnection again = connect("alice")) {
                again.subscribe(
                                SubscribeOptions.everything().durable("all"),
                                message -> heard.add(message.getString("_dest").orElse("")))
                        .join();
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard).containsExactly("robot/7"));
            }
        }
    }

    @Test
    void whoIsNoUserAnyMoreIsPutOutAndWhoIsInOtherGroupsComesBackInThem() throws IOException {
        try (EftlConnection alice = connect("alice");
                EftlConnection bob = connect("bob")) {
            write("alice { password = \"HASH\", groups = [pilots] }", RULES + ", \"deny @pilots publish robot/>\"", "");
            assertThat(hub.reload().run().taken())
                    .contains("hawser.rules", "hawser.users.alice.groups", "hawser.users.bob.password");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(bob.isConnected()).isFalse());
            assertThat(bob.publish(on("robot/7"))).failsWithin(PATIENCE);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(alice.publish(on("robot/7")))
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withMessageContaining("alice may not publish"));
            alice.publish(on("rover")).join();
        }
    }

    @Test
    void aFileThatIsWrongChangesNothingAndEverythingThatIsWrongIsSaid() throws IOException {
        write(USERS, "\"allow nobody * >\"", "eftl.heartbeet = 3s");
        assertThat(run("reload")).isEqualTo(1);
        assertThat(err.toString())
                .contains("did you mean hawser.eftl.heartbeat?")
                .contains("no user 'nobody'");
        try (EftlConnection alice = connect("alice")) {
            alice.publish(on("robot/7")).join();
        }
        write(USERS, RULES, "");
        assertThat(hub.reload().run()).extracting("taken", "restart").containsExactly(List.of(), List.of());
    }

    @Test
    void whatCannotChangeIsNamedUntilTheHubStartsAnewAndShownAsItIs() throws IOException {
        write(USERS, RULES, "loops = 2, eftl.max-subscriptions = 1, log.level = warn");
        for (int i = 0; i < 2; i++) {
            List<String> taken = i == 0 ? List.of("hawser.eftl.max-subscriptions", "hawser.log.level") : List.of();
            assertThat(hub.reload().run())
                    .extracting("taken", "restart")
                    .containsExactly(taken, List.of("hawser.loops"));
        }
        assertThat(levels).containsExactly(LogLevel.WARN, LogLevel.WARN);
        assertThat(run("config", "show", "--running", "--effective")).isZero();
        assertThat(out.toString())
                .contains("hawser.loops = 0   # defaults.conf: ")
                .contains("hawser.eftl.max-subscriptions = 1   # " + file.toAbsolutePath() + ": ")
                .contains("hawser.admin.token = ***")
                .doesNotContain(TOKEN)
                .doesNotContain(HASH);
        try (EftlConnection alice = connect("alice")) {
            alice.subscribe(SubscribeOptions.everything(), message -> {}).join();
            assertThat(alice.subscribe(SubscribeOptions.everything(), message -> {}))
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withMessageContaining("has 1 subscriptions");
        }
    }

    @Test
    void theRulesThatHoldCanBeAskedAndThoseOfAFileToo() throws IOException {
        write("alice { password = \"HASH\", groups = [pilots] }", RULES + ", \"deny @pilots publish robot/stop\"", "");
        assertThat(run("acl", "test", "alice", "publish", "robot/stop")).isZero();
        assertThat(out.toString())
                .startsWith("allowed: allow * publish,subscribe,")
                .endsWith(" >\n");
        out.getBuffer().setLength(0);
        assertThat(run("acl", "test", "alice", "publish", "robot/stop", "-c", file.toString()))
                .isEqualTo(4);
        assertThat(out.toString()).isEqualTo("denied: deny @pilots publish robot/stop\n");
        hub.reload().run();
        out.getBuffer().setLength(0);
        assertThat(run("acl", "test", "alice", "publish", "robot/stop")).isEqualTo(4);
        assertThat(run("acl", "test", "alice", "publish", "robot/*")).isZero();
        assertThat(run("acl", "test", "carol", "publish", "robot/stop", "--group", "pilots", "-o", "json"))
                .isEqualTo(4);
        assertThat(out.toString().lines())
                .containsExactly(
                        "denied: deny @pilots publish robot/stop",
                        "allowed in part: as a pattern",
                        "{\"user\":\"carol\",\"groups\":\"pilots\",\"action\":\"publish\",\"topic\":\"robot/stop\","
                                + "\"verdict\":\"denied\",\"reason\":\"deny @pilots publish robot/stop\"}");
        assertThat(run("acl", "test", "alice", "fly", "robot/stop")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no action 'fly'; the actions are publish, subscribe");
    }

    @Test
    void aHubThatAProgramHasSetUpHasNothingToReload() {
        hub.close();
        hub = Hub.start(read().hub());
        assertThat(run("reload")).isEqualTo(1);
        assertThat(err.toString()).contains("part of a program");
    }
}
