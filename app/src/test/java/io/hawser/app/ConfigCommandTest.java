package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.app.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hawser config}: what a hub would be told, and what is wrong with it. */
class ConfigCommandTest {
    private static final String CANARY = "canary-0123456789";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Map<String, String> variables, String settings, String... line) throws IOException {
        Path file = Files.writeString(folder.resolve("hawser.conf"), settings);
        String[] whole = new String[line.length + 2];
        System.arraycopy(line, 0, whole, 0, line.length);
        whole[line.length] = "-c";
        whole[line.length + 1] = file.toString();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                variables,
                InstantSource.system(),
                ZoneOffset.UTC);
        return Hawser.commandLine(terminal).execute(whole);
    }

    @Test
    void whatIsSoundIsSaidToBe() throws IOException {
        assertThat(run(Map.of(), "hawser { eftl.port = 9292, admin.port = 9293 }", "config", "check"))
                .isZero();
        assertThat(err.toString()).isEqualTo("sound: 2 settings of your own\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void allThatIsWrongIsSaidWithFileAndLine() throws IOException {
        assertThat(run(Map.of("HAWSER_LOOPS", "x"), """
                        hawser {
                          eftl.prot = 1
                          admin.port = 70000
                          log.level = loud
                        }
                        """, "config", "check")).isEqualTo(1);
        String file = folder.resolve("hawser.conf").toString();
        assertThat(err.toString())
                .contains("unknown key hawser.eftl.prot (" + file + ": 2); did you mean hawser.eftl.port?")
                .contains("hawser.admin.port = 70000 (" + file + ": 3) must be a whole number")
                .contains(
                        "hawser.log.level = \"loud\" (" + file + ": 4) must be one of error, warn, info, debug, trace")
                .contains("hawser.loops = \"x\" (environment variable HAWSER_LOOPS) must be a whole number");
    }

    @Test
    void whatSomebodyHasSetIsShownWithItsOrigin() throws IOException {
        assertThat(run(
                        Map.of("HAWSER_EFTL__MAX_QUEUE", "7"),
                        "hawser {\n eftl.port = 9292\n eftl.channels.side.max-queue = 5 }",
                        "config",
                        "show"))
                .isZero();
        String file = folder.resolve("hawser.conf").toString();
        assertThat(out.toString().lines())
                .containsExactly(
                        "hawser.eftl.channels.side.max-queue = 5   # " + file + ": 3",
                        "hawser.eftl.max-queue = \"7\"   # environment variable HAWSER_EFTL__MAX_QUEUE",
                        "hawser.eftl.port = 9292   # " + file + ": 2");
    }

    @Test
    void allThatHoldsIsShownOnDemandAndANameHasWhatItStartsFrom() throws IOException {
        assertThat(run(Map.of(), """
                        hawser { eftl { max-queue = 8, channels.side {} }, ivy.lab {} }
                        """, "config", "show", "--effective", "-o", "json"))
                .isZero();
        assertThat(out.toString())
                .contains("{\"key\":\"hawser.eftl.channels.side.max-queue\",\"value\":\"8\",\"from\":\"")
                .contains(
                        "{\"key\":\"hawser.ivy.lab.bus\",\"value\":\"\\\"127.255.255.255:2010\\\"\",\"from\":\"defaults.conf")
                .contains("\"key\":\"hawser.disk.floor\"");
    }

    @Test
    void noSecretIsShown() throws IOException {
        assertThat(run(
                        Map.of("HAWSER_EFTL__TLS__PASSWORD", CANARY),
                        """
                        hawser {
                          admin.token = "CANARY"
                          links.field { url = "wss://lab:CANARY@field.example:9191/channel|ws://a:CANARY@127.0.0.1/b" }
                          links.other { url = "wss://field.example:9191/channel", token = "CANARY" }
                          users.alice { password = "$2b$05$YNpw3UPcTwmKtfgmd51cHu13gkyHr0I5vSm/4BFY4xYmoEzdtNKU2" }
                          rules = ["allow * * >"]
                        }
                        """.replace("CANARY", CANARY),
                        "config",
                        "show",
                        "--effective"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .doesNotContain(CANARY)
                .doesNotContain("$2b$")
                .contains("hawser.links.field.url = \"wss://***@field.example:9191/channel|ws://***@127.0.0.1/b\"")
                .contains("hawser.admin.token = ***")
                .contains("hawser.iot.tls.password = \"\"");
    }
}
