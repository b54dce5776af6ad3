package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.app.access.Token;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.config.HubConfig;
import io.hawser.app.hub.Hub;
import io.hawser.app.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line from outside: arguments in; exit code, data and words out. No hub is needed. */
class HawserTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            serve             | hawser serve: say --dev for a hub on this machine alone, or -c FILE for one of your own
            pub               | hawser pub: Missing required parameter: 'TOPIC'~'hawser pub --help' explains it
            pub a/> x         | hawser pub: a topic must not hold '*', '>' or control characters: 'a/>'
            pub a b c         | hawser pub: Unmatched argument at index 3: 'c'~'hawser pub --help' explains it
            pub a _x=1        | hawser pub: the field name _x is reserved: it begins with '_'
            pub a a=1         | hawser pub: 'x y' is no eFTL address: Illegal character in path; write ws[s]://[user[:password]@]host[:port]/channel[?clientId=id]
            pub --json a []   | hawser pub: not a JSON object: it must begin with '{'
            request           | hawser request: Missing required parameter: 'TOPIC'~'hawser request --help' explains it
            request a/> x     | hawser request: a topic must not hold '*', '>' or control characters: 'a/>'
            reply a           | hawser reply: say what to answer: either BODY or --command
            reply >/a x       | hawser reply: '>' in '>/a' must be the last segment
            sub               | hawser sub: say which messages: a TOPIC ('>' for all), --re or --match
            sub >/a           | hawser sub: '>' in '>/a' must be the last segment
            sub a --re (      | hawser sub: --re: Unclosed group at offset 1
            sub a --match 7   | hawser sub: not a JSON object: it must begin with '{'
            sub a --count 0   | hawser sub: --count must be 1 or more
            sub a -o xml      | hawser sub: Invalid value for option '--output': expected one of [TEXT, JSON, RAW, CSV] (case-insensitive) but was 'xml'~'hawser sub --help' explains it
            demo --for 5      | hawser demo: Invalid value for option '--for': '5' is no time; say for example 5s or 2m~'hawser demo --help' explains it
            passwd a/b        | hawser passwd: 'a/b' must be 1 to 64 letters, digits, '.', '_' or '-'
            passwd alice      | hawser passwd: the password must not be empty
            token a/b         | hawser token: 'a/b' must be 1 to 64 letters, digits, '.', '_' or '-'
            token a --expires soon | hawser token: 'soon' must be a time such as 2027-01-31T00:00:00Z
            fsck              | hawser fsck: say which data folder: --data DIR
            backup            | hawser backup: Missing required parameter: 'TARGET'~'hawser backup --help' explains it
            kv get m          | hawser kv get: Missing required parameter: 'KEY'~'hawser kv get --help' explains it
            kv update m k x   | hawser kv update: Missing required option: '--rev=N'~'hawser kv update --help' explains it
            kv put --json m k 7 | hawser kv put: not a JSON object: it must begin with '{'
            durable rm d      | hawser durable rm: say --yes to remove it with its messages
            durable view d --limit 0 | hawser durable view: --limit must be 1 or more, --from 0 or more
            foo               | hawser: Unmatched argument at index 0: 'foo'~'hawser --help' explains it
            subb              | hawser: Unmatched argument at index 0: 'subb'~did you mean sub or subs or pub?
            """)
    void tellsMistakesInALineOrTwo(String line, String words) {
        int exit = run(Map.of("HAWSER_URL", "x y"), "", line.split(" ", -1));

        assertThat(err.toString()).isEqualTo(words.replace("~", "\n") + "\n");
        assertThat(out.toString()).isEmpty();
        assertThat(exit).isEqualTo(2);
    }

    @Test
    void printsTheLineThatLetsAUserIn() {
        assertThat(run(Map.of(), "secret\n", "passwd", "alice", "--group", "pilots"))
                .isZero();
        assertThat(out.toString())
                .startsWith("\"alice\" { password = \"$argon2id$v=19$m=19456,t=2,p=1$")
                .endsWith("\", groups = [\"pilots\"] }\n");
    }

    @Test
    void printsATokenAndTheLineThatLetsItIn() {
        assertThat(run(Map.of(), "", "token", "drone-7", "--group", "drones", "--expires", "2027-01-31T00:00:00Z"))
                .isZero();
        assertThat(out.toString())
                .matches("\"drone-7\" \\{ sha256 = \"[0-9a-f]{64}\", groups = \\[\"drones\"],"
                        + " expires = \"2027-01-31T00:00:00Z\" }\n");
        String token = err.toString().strip().replaceAll("(?s).* ", "");
        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        assertThat(out.toString()).contains(Token.digest(token)).doesNotContain(token);
    }

    @Test
    void showsItsVersionAndHelp() {
        assertThat(run(Map.of(), "", "--version")).isZero();
        assertThat(out.toString()).isEqualTo("hawser (unpackaged)\n");

        assertThat(run(Map.of(), "", "--help")).isZero();
        assertThat(out.toString()).contains("serve", "pub", "sub", "demo", "0 ok, 1 failed, 2 usage");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void tellsThatThereIsNoHub() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String url = "ws://127.0.0.1:" + port + "/channel";

        assertThat(run(Map.of(), "", "pub", "-s", url, "a", "b")).isEqualTo(3);
        assertThat(err.toString())
                .isEqualTo("hawser pub: no connection to " + url + ": cannot connect to 127.0.0.1:" + port
                        + ": Connection refused; is a hub running there (hawser serve --dev)?\n");
    }

    @Test
    void refusesInputThatIsNotText() {
        Terminal terminal = terminal(Map.of(), new byte[] {(byte) 0xff});

        assertThat(Hawser.commandLine(terminal).execute("pub", "a")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("hawser pub: what is piped in is not UTF-8 text\n");
    }

    @Test
    void tellsEveryMistakeInTheConfiguration(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("hub.conf"), "hawser {\n prot = 1\n eftl.port = x\n}\n");

        assertThat(run(Map.of(), "", "serve", "-c", file.toString())).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("hawser serve: unknown key hawser.prot (" + file
                        + ": 2); the keys here are admin, clever, data, disk, drain, durable, eftl, iot, ivy, jwt, link-limits, links, log, loops, maps,"
                        + " objects, outbox, records, relays, retained, rules, store, texts, tokens, users\n"
                        + "hawser serve: hawser.eftl.port = \"x\" (" + file
                        + ": 3) must be a whole number, 0 to 65535\n");
    }

    @Test
    void checksBacksUpAndRestoresADataFolder(@TempDir Path folder) throws Exception {
        String data = folder.resolve("data").toString();
        String copy = folder.resolve("copy").toString();
        String restored = folder.resolve("restored").toString();
        HubConfig config = new ConfigReader(Map.of())
                .flag("test", "eftl.port", 0)
                .flag("test", "data", data)
                .read();
        try (Hub hub = Hub.start(config)) {
            assertThat(run(Map.of(), "", "backup", copy, "--data", data)).isEqualTo(1);
            assertThat(err.toString()).contains("hawser backup: the data folder " + data + " is in use by another hub");
            assertThat(hub.failure()).isNotDone();
        }
        assertThat(run(Map.of("HAWSER_DATA", data), "", "fsck")).isZero();
        assertThat(err.toString()).endsWith("\nsound\n");
        assertThat(run(Map.of(), "", "backup", copy, "--data", data)).isZero();
        assertThat(run(Map.of(), "", "restore", copy, "--data", restored)).isZero();
        assertThat(run(Map.of(), "", "restore", copy, "--data", restored)).isEqualTo(1);
        assertThat(err.toString())
                .endsWith("hawser restore: the folder " + restored + " is not empty; choose a new one\n");
        String moved = folder.resolve("moved").toString();
        assertThat(run(Map.of(), "", "store", "copy", restored, moved))
                .as(err.toString())
                .isZero();
        assertThat(err.toString()).endsWith("\ncopied, and compared: the same\n");
        assertThat(run(Map.of(), "", "fsck", "--data", moved)).isZero();
        assertThat(run(Map.of(), "", "store", "copy", restored, restored)).isEqualTo(2);

        Path current = Path.of(restored).resolve("messages/CURRENT");
        Files.writeString(current, "MANIFEST-000099\n");
        assertThat(run(Map.of(), "", "fsck", "--data", restored)).isEqualTo(1);
        assertThat(out.toString()).contains("the MANIFEST is damaged");
    }

    private int run(Map<String, String> environment, String input, String... arguments) {
        return Hawser.commandLine(terminal(environment, input.getBytes(StandardCharsets.UTF_8)))
                .execute(arguments);
    }

    private Terminal terminal(Map<String, String> environment, byte[] input) {
        return new Terminal(
                new ByteArrayInputStream(input),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                environment,
                () -> Instant.EPOCH,
                ZoneOffset.UTC);
    }
}
