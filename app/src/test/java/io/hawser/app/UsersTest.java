package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.app.access.Token;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.app.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pub} and {@code sub} as users of a hub that has some, each told by exit code what it may not. */
class UsersTest {
    /** {@code hunter2}; a cheap one: bcrypt of the least cost. */
    private static final String TOKEN = Token.random(new SecureRandom());

    private static final String HASH = "$2b$05$YNpw3UPcTwmKtfgmd51cHu13gkyHr0I5vSm/4BFY4xYmoEzdtNKU2";

    private final StringWriter err = new StringWriter();
    private final Hub hub;

    UsersTest(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("hawser.conf"), """
                hawser {
                  eftl.port = 0
                  tokens { drone-7 { sha256 = "DIGEST", groups = [pilots] } }
                  users { alice { password = "HASH" }, bob { password = "HASH", groups = [pilots] } }
                  rules = ["allow alice * >", "allow @pilots publish robot/>"]
                }
                """.replace("HASH", HASH).replace("DIGEST", Token.digest(TOKEN)));
        hub = Hub.start(new ConfigReader(Map.of()).file(file).read());
    }

    @AfterEach
    void closeHub() {
        hub.close();
    }

    @Test
    void eachMayWhatTheRulesAllow() {
        assertThat(run(Map.of(), "pub", "--user", "alice", "--password", "hunter2", "a", "x=1"))
                .isZero();
        assertThat(run(Map.of("HAWSER_USER", "bob", "HAWSER_PASSWORD", "hunter2"), "pub", "robot/7", "x=1"))
                .isZero();
        assertThat(err.toString()).doesNotContain("refused");
    }

    @Test
    void whatTheRulesForbidEndsWithFour() {
        assertThat(run(Map.of(), "pub", "--user", "bob", "--password", "hunter2", "a", "x=1"))
                .isEqualTo(4);
        assertThat(err.toString()).isEqualTo("hawser pub: bob may not publish on a\n");
        assertThat(run(Map.of(), "sub", "--user", "bob", "--password", "hunter2", ">"))
                .isEqualTo(4);
        assertThat(err.toString()).endsWith("hawser sub: bob may not subscribe to >\n");
    }

    @Test
    void aLoginThatIsNoneEndsWithFour() {
        String refused = "hawser pub: the hub at " + hub.eftlUrl() + " refused the login: ";
        assertThat(run(Map.of(), "pub", "--user", "bob", "--password", "hunter3", "robot/7", "x=1"))
                .isEqualTo(4);
        assertThat(err.toString()).startsWith(refused).endsWith("unknown user or wrong password\n");
        assertThat(run(Map.of(), "pub", "robot/7", "x=1")).isEqualTo(4);
        assertThat(err.toString()).endsWith("log in with a user and its password\n");
    }

    @Test
    void theUrlMaySayWho() {
        String url = hub.eftlUrl().replace("ws://", "ws://bob:hunter2@");
        assertThat(run(Map.of(), "pub", "-s", url, "robot/7", "x=1")).isZero();
        assertThat(run(Map.of(), "pub", "-s", url.replace("hunter2", "hunter3"), "robot/7", "x=1"))
                .isEqualTo(4);
        assertThat(err.toString()).doesNotContain("hunter3");
    }

    @Test
    void aTokenLetsInWhoShowsIt() {
        String url = hub.eftlUrl().replace("ws://", "ws://$token:" + TOKEN + "@");
        assertThat(run(Map.of(), "pub", "-s", url, "robot/7", "x=1")).isZero();
        assertThat(run(Map.of(), "pub", "-s", url, "a", "x=1")).isEqualTo(4);
        assertThat(err.toString()).endsWith("hawser pub: drone-7 may not publish on a\n");
        assertThat(run(Map.of(), "pub", "-s", url.replace(TOKEN, "x" + TOKEN), "robot/7", "x=1"))
                .isEqualTo(4);
        assertThat(err.toString()).endsWith("unknown or expired token\n").doesNotContain("x" + TOKEN);
    }

    private int run(Map<String, String> variables, String... line) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("HAWSER_URL", hub.eftlUrl());
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]),
                new PrintWriter(new StringWriter(), true),
                new PrintWriter(err, true),
                environment,
                () -> Instant.EPOCH,
                ZoneOffset.UTC);
        return Hawser.commandLine(terminal).execute(line);
    }
}
