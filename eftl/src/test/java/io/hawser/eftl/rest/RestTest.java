package io.hawser.eftl.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every call of {@code specs/eftl.md} 4, REST, over a real socket: what is asked, and what is answered. */
@Timeout(60)
class RestTest {
    private static final String DONE = "200 {}";
    private static final String PUBLISH = "POST /channel/v1/publish";
    private static final String DURABLE = "/channel/v1/subscribe/d";
    private static final String KEY = "/channel/v1/kvmap/m/k";

    private final RestHub hub = new RestHub();

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void aClientAndACallerHearEachOther() {
        List<EftlMessage> heard = new CopyOnWriteArrayList<>();
        try (EftlConnection client =
                Eftl.connect(hub.webSocket(), EftlOptions.defaults()).join()) {
            client.subscribe(SubscribeOptions.matching("{\"text\":true}"), heard::add)
                    .join();
            assertThat(hub.tell("POST " + DURABLE, "")).isEqualTo(DONE);
            assertThat(hub.tell(PUBLISH, "{\"text\":\"from REST\",\"x\":{\"_d_\":3}}"))
                    .isEqualTo("200 {\"receivers\":2}");
            await().until(() -> heard.size() == 1);
            assertThat(heard.get(0).fields().toString()).contains("from REST").contains("3.0");
            client.publish(EftlMessage.ofText("from Java")).join();
        }
        assertThat(hub.say("GET " + DURABLE + "?max=5"))
                .isEqualTo("200 {\"messages\":[{\"text\":\"from REST\",\"x\":{\"_d_\":3.0}},{\"text\":\"from Java\"}],"
                        + "\"deliveries\":[{\"sid\":1,\"cnt\":1},{\"sid\":2,\"cnt\":1}]}");
        assertThat(hub.say("GET " + DURABLE)).isEqualTo(messages());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "publish | | 400 {'error':{'code':11,",
                "publish | [] | 400 {'error':{'code':11,'reason':'a message must be a JSON object'}}",
                "publish | {'a':1} x | 400 {'error':{'code':11,",
                "publish | {'a': | 400 {'error':{'code':11,",
                "publish | {'':1} | 400 {'error':{'code':11,'reason':'a field name is empty'}}",
                "publish | {'_dest':'a/*'} | 400 {'error':{'code':11,'reason':'_dest: ",
                "publish | {'_dest':'secret'} | 403 {'error':{'code':12,'reason':'anonymous may not publish on secret'}}",
                "subscribe/d | {'a':1.5} | 400 {'error':{'code':22,",
                "subscribe/d | nonsense | 400 {'error':{'code':22,",
                "subscribe/d | {'_dest':'QUEUE:q'} | 400 {'error':{'code':22,'reason':'a queue has no durables; ",
                "subscribe/d | {'_dest':'secret'} | 403 {'error':{'code':13,'reason':'anonymous may not subscribe to secret'}}",
                "subscribe/d?type=odd | | 400 {'error':{'code':22,'reason':'type must be standard, shared or last-value'}}",
                "subscribe/d?type=last-value | {'k':'v'} | 400 {'error':{'code':22,'reason':'a last-value durable needs a key'}}",
                "subscribe/d?type=last-value&key=k | | 400 {'error':{'code':22,",
                "subscribe/d?client_id= | | 400 {'error':{'code':22,'reason':'a client_id has 1 to 1024 bytes'}}",
                "subscribe/ | | 400 {'error':{'code':22,'reason':'a durable has a name of 1 to 256 bytes'}}",
                "kvmap/m/k | [] | 400 {'error':{'code':30,'reason':'a message must be a JSON object'}}",
                "kvmap/m/ | {} | 400 {'error':{'code':30,'reason':'a key has a name of 1 to 256 bytes'}}",
                "kvmap/secret/k | {} | 403 {'error':{'code':14,'reason':'anonymous may not kv.write secret/k'}}",
                "kvmap/secret | | 403 {'error':{'code':14,'reason':'anonymous may not kv.write secret/>'}}",
                "nothing | | 404 {'error':{'code':404,'reason':'there is nothing at /channel/v1/nothing'}}"
            })
    void whatCannotBeDoneIsRefusedInWords(String path, String body, String answer) {
        String said = body == null ? "" : body.replace('\'', '"');
        assertThat(hub.tell("POST /channel/v1/" + path, said)).startsWith(answer.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?timeout=soon | timeout must be a number of seconds, such as 30 or 0.5",
                "?timeout=-1 | timeout must be a number of seconds, such as 30 or 0.5",
                "?max=0 | max must be a number of messages, 1 to 50",
                "?max=51 | max must be a number of messages, 1 to 50",
                "?after=x | after must be the sid of the last message you have read, or 0",
                "?type=both | type must be standard, shared or last-value",
                "?matcher=%5B | the matcher is wrong: not valid JSON near byte 1"
            })
    void aPollThatMakesNoSenseIsRefused(String query, String reason) {
        assertThat(hub.say("GET " + DURABLE + query)).startsWith("400 {\"error\":{\"code\":22,");
        if (!query.contains("matcher")) {
            assertThat(hub.say("GET " + DURABLE + query)).contains(reason);
        }
    }

    @Test
    void aPollMayAskForAsManyAsTheLimit() {
        hub.tell("POST " + DURABLE, "");
        assertThat(hub.stream(PUBLISH, "{\"n\":1}".getBytes(UTF_8))).startsWith("200 ");
        assertThat(hub.say("GET " + DURABLE + "?max=50")).startsWith(start("{\"n\":1}"));
    }

    @Test
    void bodiesMayComeInPiecesAndMustBeUtf8() {
        hub.tell("POST " + DURABLE, "");
        assertThat(hub.stream(PUBLISH, "{\"te".getBytes(UTF_8), "xt\":\"a\"}".getBytes(UTF_8)))
                .isEqualTo("200 {\"receivers\":1}");
        byte[] latin = "{\"text\":\"ä\"}".getBytes(ISO_8859_1);
        assertThat(hub.stream(PUBLISH, latin))
                .isEqualTo("400 {\"error\":{\"code\":11,\"reason\":\"the body is not UTF-8\"}}");
        assertThat(hub.say("GET " + DURABLE)).startsWith(start("{\"text\":\"a\"}"));
    }

    @Test
    void aBodyIsAsLongAsAMessageMayBe() throws IOException {
        String fits = "{\"a\":\"" + "x".repeat(1_024 - 8) + "\"}";
        assertThat(hub.tell("POST /brief/v1/publish", fits)).startsWith("200 ");
        String tooLong = "413 {\"error\":{\"code\":11,\"reason\":\"the body is longer than 1024 bytes";
        assertThat(hub.tell("POST /brief/v1/publish", fits + " ")).startsWith(tooLong);
        String chunked = "POST /brief/v1/publish HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "401\r\n" + "x".repeat(1025) + "\r\n0\r\n\r\n";
        assertThat(hub.raw(chunked.getBytes(ISO_8859_1)))
                .startsWith("HTTP/1.1 413 ")
                .contains("{\"error\":{\"code\":11,");
        assertThat(hub.tell("POST /channel/v1/kvmap/m/k", "x".repeat((1 << 20) + 1)))
                .startsWith("413 {\"error\":{\"code\":30,");
    }

    @Test
    void aChannelThatKeepsNothingHasNoDurablesAndNoMaps() {
        assertThat(hub.tell("POST /brief/v1/subscribe/d", ""))
                .isEqualTo(
                        "400 {\"error\":{\"code\":22,\"reason\":\"channel /brief is not persistent: no durables\"}}");
        assertThat(hub.say("GET /brief/v1/subscribe/d")).startsWith("400 {\"error\":{\"code\":22,");
        assertThat(hub.tell("POST /brief/v1/kvmap/m/k", "{}")).startsWith("400 {\"error\":{\"code\":30,");
        assertThat(hub.tell("POST /brief/v1/publish", "{}")).isEqualTo("200 {\"receivers\":0}");
    }

    @Test
    void aDurableKeepsWhatMatchesUntilItIsRead() {
        assertThat(hub.tell("POST " + DURABLE, "{\"n\":1}")).isEqualTo(DONE);
        hub.tell(PUBLISH, "{\"n\":1}");
        hub.tell(PUBLISH, "{\"n\":2}");
        assertThat(hub.say("GET " + DURABLE)).startsWith(start("{\"n\":1}"));
        assertThat(hub.say("GET " + DURABLE + "?matcher=%7B%22n%22:2%7D")).isEqualTo(messages());
        hub.tell(PUBLISH, "{\"n\":2}");
        hub.tell(PUBLISH, "{\"n\":1}");
        assertThat(hub.say("GET " + DURABLE + "?timeout=5")).startsWith(start("{\"n\":2}"));
        assertThat(hub.say("DELETE " + DURABLE)).isEqualTo(DONE);
        assertThat(hub.say("DELETE " + DURABLE)).isEqualTo(DONE);
        assertThat(hub.tell(PUBLISH, "{\"n\":2}")).isEqualTo("200 {\"receivers\":0}");
    }

    @Test
    void aFullDurableIsToldToTryLater() {
        hub.tell("POST " + DURABLE, "");
        for (int n = 1; n <= 50; n++) {
            assertThat(hub.tell(PUBLISH, "{}")).startsWith("200 ");
        }
        assertThat(hub.tell(PUBLISH, "{}")).startsWith("503 {\"error\":{\"code\":11,\"reason\":\"durable ");
        hub.say("GET " + DURABLE + "?max=1");
        assertThat(hub.tell(PUBLISH, "{}")).startsWith("200 ");
    }

    @Test
    void aCallerMayReadForAClientThatIsAway() {
        EftlOptions gcs = EftlOptions.defaults().clientId("gcs");
        try (EftlConnection client = Eftl.connect(hub.webSocket(), gcs).join()) {
            client.subscribe(SubscribeOptions.matching("{\"n\":1}").durable("d"), message -> {})
                    .join();
        }
        hub.tell(PUBLISH, "{\"n\":1}");
        hub.tell(PUBLISH, "{\"n\":2}");
        assertThat(hub.say("GET " + DURABLE)).isEqualTo(messages());
        assertThat(hub.say("GET " + DURABLE + "?client_id=gcs")).startsWith(start("{\"n\":1}"));
    }

    @Test
    void noMoreIsGivenThanWasAskedFor() {
        hub.tell("POST " + DURABLE, "");
        for (int n = 1; n <= 5; n++) {
            hub.tell(PUBLISH, "{\"n\":" + n + "}");
        }
        assertThat(hub.say("GET " + DURABLE + "?max=2"))
                .isEqualTo("200 {\"messages\":[{\"n\":1},{\"n\":2}],"
                        + "\"deliveries\":[{\"sid\":1,\"cnt\":1},{\"sid\":2,\"cnt\":1}]}");
        assertThat(hub.say("GET " + DURABLE)).startsWith(start("{\"n\":3},{\"n\":4},{\"n\":5}"));
    }

    @Test
    void anAnswerIsBoundedInBytes() {
        hub.tell("POST " + DURABLE, "");
        String large = "{\"a\":\"" + "x".repeat(30_000) + "\"}";
        for (int n = 1; n <= 5; n++) {
            hub.tell(PUBLISH, large);
        }
        assertThat(hub.say("GET " + DURABLE)).hasSizeBetween(60_000, 61_000);
        assertThat(hub.say("GET " + DURABLE)).hasSizeBetween(60_000, 61_000).contains("\"sid\":3,\"cnt\":1");
        assertThat(hub.say("GET " + DURABLE)).contains("\"sid\":5,\"cnt\":1");
    }

    @Test
    void sharedDurablesAreTheChannels() {
        String shared = "POST " + DURABLE + "?type=shared";
        assertThat(hub.tell(shared, "{\"n\":1}", "X", "y")).isEqualTo(DONE);
        assertThat(hub.tell(shared, "{\"n\":2}")).startsWith("400 {\"error\":{\"code\":22,");
        assertThat(hub.tell("POST " + DURABLE + "?type=last-value&key=n", "{\"n\":\"1\"}"))
                .startsWith("400 {\"error\":{\"code\":22,\"reason\":\"durable d is shared");
        hub.tell(PUBLISH, "{\"n\":1}");
        assertThat(hub.say("GET " + DURABLE + "?client_id=another&timeout=5")).startsWith(start("{\"n\":1}"));
        assertThat(hub.say("GET " + DURABLE + "?type=shared")).isEqualTo(messages());
        try (EftlConnection client =
                Eftl.connect(hub.webSocket(), EftlOptions.defaults()).join()) {
            client.subscribe(SubscribeOptions.everything().sharedDurable("d"), message -> {})
                    .join();
            assertThat(hub.say("DELETE " + DURABLE)).startsWith("409 {\"error\":{\"code\":21,");
        }
        await().until(() -> hub.say("DELETE " + DURABLE).equals(DONE));
        assertThat(hub.tell(PUBLISH, "{\"n\":1}")).isEqualTo("200 {\"receivers\":0}");
    }

    @Test
    void aLastValueDurableTellsTheNewestOfEachKey() {
        String last = DURABLE + "?type=last-value&key=sym";
        assertThat(hub.tell("POST " + last, "{\"sym\":true}")).isEqualTo(DONE);
        for (String sale : List.of("A\",\"n\":1", "B\",\"n\":2", "A\",\"n\":3")) {
            hub.tell(PUBLISH, "{\"sym\":\"" + sale + "}");
        }
        String newest = start("{\"sym\":\"B\",\"n\":2},{\"sym\":\"A\",\"n\":3}");
        assertThat(hub.say("GET " + last)).startsWith(newest);
        assertThat(hub.say("GET " + DURABLE + "?timeout=5")).startsWith(newest);
        assertThat(hub.say("DELETE " + DURABLE)).isEqualTo(DONE);
    }

    @Test
    void mapsKeepValues() {
        assertThat(hub.say("GET " + KEY)).isEqualTo("404 {\"error\":{\"code\":30,\"reason\":\"map m has no key k\"}}");
        assertThat(hub.tell("POST " + KEY, "{\"a\":1,\"b\":{\"_d_\":2}}")).isEqualTo(DONE);
        assertThat(hub.say("GET " + KEY)).isEqualTo("200 {\"value\":{\"a\":1,\"b\":{\"_d_\":2.0}}}");
        assertThat(hub.tell("POST " + "/channel/v1/kvmap/m", "")).isEqualTo(DONE);
        assertThat(hub.say("GET " + KEY)).startsWith("200 ");
        assertThat(hub.say("DELETE " + KEY)).isEqualTo(DONE);
        assertThat(hub.say("DELETE " + KEY)).isEqualTo(DONE);
        assertThat(hub.say("GET " + KEY)).startsWith("404 ");
        assertThat(hub.tell("POST /channel/v1/kvmap/m/a%2Fb", "{\"a\":1}")).isEqualTo(DONE);
        assertThat(hub.say("GET /channel/v1/kvmap/m/a%2Fb")).isEqualTo("200 {\"value\":{\"a\":1}}");
        assertThat(hub.say("DELETE /channel/v1/kvmap/m")).isEqualTo(DONE);
        assertThat(hub.say("GET /channel/v1/kvmap/m/a%2Fb")).startsWith("404 ");
    }

    @Test
    void whatNobodyUnderstandsIsToldSo() throws IOException {
        assertThat(hub.tell("PUT " + DURABLE, "")).startsWith("405 ");
        assertThat(hub.raw("HEAD /channel/v1/subscribe/d HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                        .getBytes(ISO_8859_1)))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: ");
        assertThat(hub.raw("garbage\r\n\r\n".getBytes(ISO_8859_1))).startsWith("HTTP/1.1 400 ");
        assertThat(hub.raw("POST /channel/v1/publish HTTP/1.1\r\nHost: elsewhere\r\n\r\n".getBytes(ISO_8859_1)))
                .startsWith("HTTP/1.1 421 ");
    }

    @Test
    void pagesThatMayConnectMayCall() {
        HttpResponse<String> allowed = hub.later(
                        PUBLISH, BodyPublishers.ofString("{}"), "Origin", "https://app.example")
                .join();
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains("https://app.example");
        HttpResponse<String> before = hub.later(
                        "OPTIONS " + DURABLE, BodyPublishers.noBody(), "Origin", "https://app.example")
                .join();
        assertThat(before.statusCode()).isEqualTo(204);
        assertThat(before.headers().firstValue("Access-Control-Allow-Methods")).contains("GET, POST, DELETE");
        assertThat(hub.tell(PUBLISH, "{}", "Origin", "https://evil.example")).startsWith("403 ");
        assertThat(hub.say("GET " + DURABLE, "Sec-Fetch-Site", "cross-site"))
                .startsWith("403 {\"error\":{\"code\":13,");
        assertThat(hub.say("GET " + DURABLE, "Sec-Fetch-Site", "same-origin")).startsWith("200 ");
    }

    @Test
    void noInputIsAnInternalError() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String letters = "{}[]\":,0a_d.%/?&=\u00e4\u0000\n\\";
        List<String> calls = List.of(
                "POST /channel/v1/publish",
                "POST /channel/v1/subscribe/d?matcher=",
                "GET /channel/v1/subscribe/d?max=",
                "GET /channel/v1/subscribe/d?matcher=",
                "DELETE /channel/v1/subscribe/",
                "POST /channel/v1/kvmap/m/",
                "GET /channel/v1/kvmap/");
        for (int i = 0; i < 300; i++) {
            StringBuilder noise = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                noise.append(letters.charAt(random.nextInt(letters.length())));
            }
            String call = calls.get(random.nextInt(calls.size()));
            byte[] body = noise.toString().getBytes(random.nextBoolean() ? UTF_8 : ISO_8859_1);
            String head = call + (random.nextBoolean() ? "" : noise.toString().replaceAll("[\n\u0000]", "x"))
                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " + body.length
                    + "\r\n\r\n";
            byte[] request = (head + new String(body, ISO_8859_1)).getBytes(ISO_8859_1);
            assertThat(hub.raw(request))
                    .as("seed " + seed + ": " + head + noise)
                    .matches("(?s)HTTP/1.1 (200|4\\d\\d) .*");
        }
    }

    private static String start(String messages) {
        return "200 {\"messages\":[" + messages + "],\"deliveries\":[";
    }

    private static String messages() {
        return start("") + "]}";
    }
}
