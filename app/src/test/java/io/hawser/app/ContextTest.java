package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names for hubs: what is kept, what is shown of it, and what goes before what. */
class ContextTest {
    /** {@code hunter2}; a cheap one: bcrypt of the least cost. */
    private static final String HASH = "$2b$05$YNpw3UPcTwmKtfgmd51cHu13gkyHr0I5vSm/4BFY4xYmoEzdtNKU2";

    @TempDir
    private Path home;

    private CommandStage stage = new CommandStage(Map.of());
    private Path contexts = Path.of("");

    @BeforeEach
    void moveIn() {
        stage = new CommandStage(Map.of("XDG_CONFIG_HOME", home.toString()));
        contexts = home.resolve("hawser/contexts");
    }

    @Test
    void areAddedSelectedShownAndForgotten() throws Exception {
        assertThat(stage.run("context", "add", "lab", "-s", "ws://hub.example/channel", "--tlsca", "/etc/ca.crt"))
                .isZero();
        stage.pipe("hunter2\n");
        assertThat(stage.run("context", "add", "field", "--user", "alice", "--token", "t0ken", "--ask", "--select"))
                .isZero();

        assertThat(stage.lines("context", "ls"))
                .containsExactly(
                        "context=field  selected=true  user=alice  password=***  token=***",
                        "context=lab  selected=false  server=ws://hub.example/channel  tlsca=/etc/ca.crt");
        assertThat(stage.lines("context", "show", "-o", "json"))
                .containsExactly("{\"context\":\"field\",\"selected\":true,\"user\":\"alice\",\"password\":\"***\","
                        + "\"token\":\"***\"}");
        assertThat(stage.lines("context", "ls", "-o", "csv"))
                .containsExactly(
                        "context,selected,user,password,token,server,tlsca",
                        "field,true,alice,***,***,,",
                        "lab,false,,,,ws://hub.example/channel,/etc/ca.crt");
        assertThat(contexts.resolve("field.json")).content().contains("hunter2", "t0ken");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(contexts.resolve("field.json"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(contexts)))
                .isEqualTo("rwx------");

        assertThat(stage.run("context", "select", "lab")).isZero();
        assertThat(stage.lines("context", "show")).first().asString().startsWith("context=lab  selected=true");
        assertThat(stage.run("context", "rm", "lab")).isZero();
        assertThat(stage.fails(6, "context", "show"))
                .isEqualTo("hawser context show: no context is selected; name one\n");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThat(stage.fails(2, "context", "add", "../x", "--user", "a"))
                .startsWith("hawser context add: '../x' is no name of a context");
        assertThat(stage.fails(2, "context", "add", "x")).contains("say what to keep");
        assertThat(stage.fails(6, "context", "select", "x"))
                .isEqualTo("hawser context select: there is no context 'x'; hawser context add makes one\n");
        assertThat(stage.run("context", "add", "x", "--user", "a")).isZero();
        assertThat(stage.fails(1, "context", "add", "x", "--user", "b")).contains("--force replaces it");
        assertThat(stage.run("context", "add", "x", "--user", "b", "--force")).isZero();
        assertThat(stage.fails(6, "pub", "--context", "y", "a", "b"))
                .isEqualTo("hawser pub: there is no context 'y'; there is x\n");
        assertThat(stage.fails(2, "context", "select")).contains("say which context, or --none");
        stage.environment.clear();
        assertThat(stage.fails(2, "context", "ls")).contains("neither is set");
    }

    @Test
    void aDamagedFileIsNamed() throws Exception {
        assertThat(stage.run("context", "add", "x", "--user", "a", "--select")).isZero();
        Path file = contexts.resolve("x.json");
        Files.writeString(file, "{\"user\":");
        assertThat(stage.fails(2, "pub", "a", "b"))
                .startsWith("hawser pub: " + file + " cannot be read: not a JSON object: ");
        Files.writeString(file, "{\"usr\":\"a\"}");
        assertThat(stage.fails(2, "client", "ls"))
                .isEqualTo("hawser client ls: " + file + ": unknown key 'usr'; the keys here are server, admin, user,"
                        + " password, token, creds, tlsca, tlscert, tlskey\n");
        Files.writeString(file, "{\"user\":7}");
        assertThat(stage.fails(2, "sub", ">")).isEqualTo("hawser sub: " + file + ": 'user' must be a string\n");
        Files.writeString(file, "{\"password\":\"hunter2\"}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(stage.fails(2, "sub", ">"))
                .isEqualTo("hawser sub: " + file + " holds a secret and is open to others: chmod 600 " + file + "\n");
        Files.delete(file);
        assertThat(stage.fails(6, "sub", ">")).contains("there is no context 'x'");
        Files.writeString(home.resolve("hawser/context"), "../x\n");
        assertThat(stage.fails(2, "sub", ">")).contains("names no context: '../x'");
    }

    /** Nobody listens on port 1, so each address is told in the error. */
    @Test
    void flagsGoBeforeTheEnvironmentAndThatBeforeTheContext() {
        stage.run(
                "context", "add", "x", "-s", "ws://127.0.0.1:1/context", "--admin", "http://127.0.0.1:1/", "--select");
        assertThat(stage.fails(3, "pub", "a", "b")).contains("ws://127.0.0.1:1/context");
        assertThat(stage.fails(3, "client", "ls")).contains("127.0.0.1:1");
        stage.environment.put("HAWSER_URL", "ws://127.0.0.1:1/environment");
        assertThat(stage.fails(3, "pub", "a", "b")).contains("ws://127.0.0.1:1/environment");
        assertThat(stage.fails(3, "pub", "-s", "ws://127.0.0.1:1/flag", "a", "b"))
                .contains("ws://127.0.0.1:1/flag");
        stage.environment.remove("HAWSER_URL");
        stage.environment.put("HAWSER_CONTEXT", "y");
        assertThat(stage.fails(6, "pub", "a", "b")).contains("there is no context 'y'");
        assertThat(stage.fails(3, "pub", "--context", "x", "a", "b")).contains("ws://127.0.0.1:1/context");
        stage.environment.put("HAWSER_TIMEOUT", "soon");
        assertThat(stage.fails(2, "pub", "--context", "x", "a", "b")).contains("HAWSER_TIMEOUT: 'soon' is no time");
    }

    @Test
    void theSecretsOfASelectedContextAreForItsHubAlone() throws IOException {
        Path file = Files.writeString(home.resolve("hawser.conf"), """
                hawser { eftl.port = 0, users { alice { password = "%s" } }, rules = ["allow alice * >"] }
                """.formatted(HASH));
        Path creds = home.resolve("alice.json");
        try (Hub hub = Hub.start(new ConfigReader(Map.of()).file(file).read())) {
            String url = hub.eftlUrl();
            stage.pipe("hunter2\n").run("context", "add", "lab", "-s", url, "--user", "alice", "--ask", "--select");
            assertThat(stage.run("pub", "a", "x=1")).as(stage.err.toString()).isZero();
            assertThat(stage.fails(4, "pub", "-s", url, "a", "x=1")).contains("log in with a user and its password");
            assertThat(stage.run("pub", "-s", url, "--context", "lab", "a", "x=1"))
                    .isZero();
            assertThat(stage.fails(4, "pub", "--user", "bob", "a", "x=1")).doesNotContain("hunter2");

            Files.writeString(creds, "{\"user\":\"alice\",\"password\":\"hunter2\"}");
            assertThat(stage.fails(2, "pub", "-s", url, "--creds", creds.toString(), "a", "x=1"))
                    .contains("open to others: chmod 600");
            Files.setPosixFilePermissions(creds, PosixFilePermissions.fromString("rw-------"));
            assertThat(stage.run("pub", "-s", url, "--creds", creds.toString(), "a", "x=1"))
                    .isZero();
            assertThat(stage.fails(0, "pub", "-q", "a", "x=1")).isEmpty();
        }
    }
}
