package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The maps over HTTP and on the command line, which show the same and hear each other and eFTL clients. */
@Timeout(60)
class KvTest extends AdminStage {
    KvTest() {
        super(Map.of());
    }

    @Test
    void listsMapsAndKeys() {
        assertThat(get("/api/v1/kv").text()).isEqualTo("{\"total\":0,\"offset\":0,\"items\":[]}");
        try (EftlConnection connection = connect("gcs")) {
            connection
                    .createKVMap("settings")
                    .set("robot/7", EftlMessage.builder().setLong("x", 1).build())
                    .join();
        }
        assertThat(run("kv", "put", "settings", "robot/8", "x=2 name=seven")).isZero();
        assertThat(lines("kv", "ls", "-o", "json"))
                .hasSize(1)
                .allMatch(row -> get("/api/v1/kv").text().contains(row))
                .first()
                .asString()
                .startsWith("{\"map\":\"settings\",\"channel\":\"channel\",\"keys\":2,\"bytes\":")
                .contains("\"revision\":2,\"max_keys\":100000,\"max_bytes\":67108864,\"history\":0,\"ttl_seconds\":0}");
        assertThat(lines("kv", "ls", "settings", "-o", "json"))
                .hasSize(2)
                .allMatch(row -> get("/api/v1/kv/settings").text().contains(row))
                .first()
                .asString()
                .matches("\\{\"key\":\"robot/7\",\"revision\":1,\"time\":\"2.*Z\",\"bytes\":\\d+}");
        assertThat(lines("kv", "ls", "settings", "--prefix", "robot/8")).hasSize(1);
        assertThat(run("kv", "ls", "nowhere")).isEqualTo(6);
        assertThat(err.toString()).endsWith("hawser kv ls: there is no map nowhere on channel channel\n");
    }

    @Test
    void keysComeInPages() {
        List<String> keys =
                IntStream.range(0, 2_500).mapToObj(n -> "k" + (10_000 + n)).toList();
        try (EftlConnection connection = connect("gcs")) {
            EftlMessage value = EftlMessage.builder().setLong("x", 1).build();
            CompletableFuture.allOf(keys.stream()
                            .map(key -> connection.createKVMap("many").set(key, value))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
        assertThat(get("/api/v1/kv/many?limit=2&after=k10006").text())
                .contains("k10007", "k10008", "\"next\":\"k10008\"")
                .doesNotContain("k10006", "k10009");
        assertThat(lines("kv", "ls", "many").stream().map(line -> line.replaceFirst("key=(\\S+) .*", "$1")))
                .isEqualTo(keys);
    }

    @Test
    void getsSetsAndRemoves() {
        assertThat(run("kv", "get", "settings", "a b/%")).isEqualTo(6);
        assertThat(err.toString()).isEqualTo("hawser kv get: map settings has no key a b/%\n");
        assertThat(lines("kv", "put", "settings", "a b/%", "x=1.0 on=yes")).containsExactly("revision=1");
        assertThat(lines("kv", "get", "settings", "a b/%", "-o", "json").get(0))
                .isEqualTo(get("/api/v1/kv/settings/a%20b/%25").text())
                .startsWith("{\"key\":\"a b/%\",\"revision\":1,\"time\":\"")
                .endsWith("\"kind\":\"set\",\"value\":{\"x\":1.0,\"on\":\"yes\"}}");
        try (EftlConnection connection = connect("gcs")) {
            assertThat(connection
                            .createKVMap("settings")
                            .get("a b/%")
                            .join()
                            .orElseThrow()
                            .fields()
                            .string("on"))
                    .contains("yes");
        }
        assertThat(lines("kv", "put", "--json", "settings", "j", "{\"deep\":{\"list\":[1,2]},\"yes\":true}"))
                .containsExactly("revision=2");
        assertThat(lines("kv", "get", "settings", "j").get(0))
                .endsWith("value={\"deep\":{\"list\":[1,2]},\"yes\":true}");
        assertThat(lines("kv", "del", "settings", "j")).containsExactly("revision=3");
        assertThat(run("kv", "del", "settings", "j")).isEqualTo(6);
        assertThat(run("kv", "get", "settings", "j")).isEqualTo(6);
    }

    @Test
    void changesOnlyWhatItKnows() {
        assertThat(lines("kv", "create", "m", "k", "n=1")).containsExactly("revision=1");
        assertThat(run("kv", "create", "m", "k", "n=2")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("hawser kv create: key k of map m is at revision 1\n");
        assertThat(lines("kv", "update", "--rev", "1", "m", "k", "n=3")).containsExactly("revision=2");
        assertThat(run("kv", "update", "--rev", "1", "m", "k", "n=4")).isEqualTo(1);
        assertThat(run("kv", "del", "--rev", "1", "m", "k")).isEqualTo(1);
        assertThat(lines("kv", "del", "--rev", "2", "m", "k")).containsExactly("revision=3");
        assertThat(run("kv", "update", "--rev", "2", "m", "k", "n=5")).isEqualTo(1);
        assertThat(err.toString()).endsWith("hawser kv update: map m has no key k\n");
    }

    @Test
    void showsWhatIsKeptOfAKey() {
        run("kv", "put", "m", "k", "n=1");
        run("kv", "del", "m", "k");
        assertThat(run("kv", "get", "m", "k")).isEqualTo(6);
        assertThat(lines("kv", "history", "m", "k", "-o", "json"))
                .hasSize(1)
                .allMatch(row -> get("/api/v1/kv/m/k?history").text().contains(row))
                .first()
                .asString()
                .startsWith("{\"key\":\"k\",\"revision\":2,")
                .endsWith("\"kind\":\"removed\"}");
        assertThat(run("kv", "history", "m", "other")).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /api/v1/kv/m/k?history          |      | 404 | map m has no key k
            GET    | /api/v1/kv/m?limit=0            |      | 400 | limit must be a whole number, 1 to 1000
            POST   | /api/v1/kv/m/k                  | [1]  | 400 | not a JSON object: it must begin with '{'
            POST   | /api/v1/kv/m/k?revision=x       | {}   | 400 | revision must be a whole number
            POST   | /api/v1/kv/m                    | {}   | 404 | there is nothing at POST /api/v1/kv/m; there is /api/v1/subscriptions, /api/v1/clients
            DELETE | /api/v1/kv/m/k?channel=other    |      | 404 | map m has no key k
            POST   | /api/v1/kv/m/%00                | {}   | 400 | no control characters
            """)
    void tellsMistakes(String method, String path, String body, int status, String words) {
        var answer = body == null ? ask(method, path) : post(path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.text().replace("\\u0027", "'")).contains(words);
    }

    @Test
    void aKeyThatIsTooLongIsRefusedInWords() {
        assertThat(run("kv", "put", "m", "k".repeat(513), "n=1")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("hawser kv put: a key of 513 bytes is too long for a map; the limit is 512\n");
    }

    @Test
    void aWatchTellsWhatIsThereAndThenWhatChanges() {
        run("kv", "put", "m", "a/1", "n=1");
        run("kv", "put", "m", "b", "n=2");
        CompletableFuture<List<String>> watching = CompletableFuture.supplyAsync(
                () -> lines("kv", "watch", "m", "--prefix", "a/", "--count", "3", "-o", "json"));
        try (EftlConnection connection = connect("gcs")) {
            // the first line tells that the watch has begun
            while (!out.toString().contains("a/1")) {
                Thread.onSpinWait();
            }
            connection
                    .createKVMap("m")
                    .set("a/2", EftlMessage.builder().setLong("n", 3).build())
                    .join();
            connection
                    .createKVMap("m")
                    .set("b", EftlMessage.builder().setLong("n", 4).build())
                    .join();
            connection.createKVMap("m").remove("a/1").join();
        }
        assertThat(watching.join().stream().map(line -> line.replaceFirst("\"time\":\"[^\"]*\",", "")))
                .containsExactly(
                        "{\"key\":\"a/1\",\"revision\":1,\"kind\":\"set\",\"value\":{\"n\":1}}",
                        "{\"key\":\"a/2\",\"revision\":3,\"kind\":\"set\",\"value\":{\"n\":3}}",
                        "{\"key\":\"a/1\",\"revision\":5,\"kind\":\"removed\"}");
    }

    @Test
    void aChannelHasMapsOfItsOwn() {
        assertThat(run("kv", "put", "--channel", "side", "m", "k", "n=1")).isZero();
        assertThat(run("kv", "get", "m", "k")).isEqualTo(6);
        assertThat(lines("kv", "get", "--channel", "side", "m", "k")).hasSize(1);
        assertThat(lines("kv", "ls")).hasSize(1).first().asString().startsWith("map=m  channel=side  keys=1");
    }
}
