package io.hawser.eftl.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers that wait, several at once, and callers that die: nothing is lost. */
@Timeout(60)
class RestPollTest {
    private static final String PUBLISH = "POST /channel/v1/publish";
    private static final String DURABLE = "/channel/v1/subscribe/d";
    private static final String NONE = "200 {\"messages\":[],\"deliveries\":[]}";

    private final RestHub hub = new RestHub();

    @AfterEach
    void close() {
        hub.close();
    }

    private static String one(int n, int sid, int count) {
        return "200 {\"messages\":[{\"n\":" + n + "}],\"deliveries\":[{\"sid\":" + sid + ",\"cnt\":" + count + "}]}";
    }

    private String publish(int n) {
        return hub.tell(PUBLISH, "{\"n\":" + n + "}");
    }

    @Test
    void aPollWaitsForTheFirstMessage() {
        hub.tell("POST " + DURABLE, "");
        CompletableFuture<String> poll = hub.asks("GET " + DURABLE + "?timeout=20");
        assertThat(publish(1)).isEqualTo("200 {\"receivers\":1}");
        assertThat(poll.join()).isEqualTo(one(1, 1, 1));
        long before = System.nanoTime();
        assertThat(hub.say("GET " + DURABLE + "?timeout=0.3")).isEqualTo(NONE);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void noPollWaitsLongerThanMay() {
        try (RestHub brief = new RestHub(Duration.ofMillis(300))) {
            assertThat(brief.say("GET " + DURABLE + "?timeout=999")).isEqualTo(NONE);
        }
    }

    @Test
    void ofTwoPollsOfAClientTheNewerOneHasTheDurable() {
        hub.tell("POST " + DURABLE, "");
        CompletableFuture<String> older = hub.asks("GET " + DURABLE + "?timeout=20");
        hub.awaitReader();
        CompletableFuture<String> newer = hub.asks("GET " + DURABLE + "?timeout=20");
        assertThat(older.join()).isEqualTo(NONE);
        publish(1);
        assertThat(newer.join()).isEqualTo(one(1, 1, 1));
    }

    @Test
    void pollsOfASharedDurableShareIt() {
        String shared = DURABLE + "?type=shared&timeout=20&max=1";
        hub.tell("POST " + shared, "");
        CompletableFuture<String> a = hub.asks("GET " + shared);
        CompletableFuture<String> b = hub.asks("GET " + shared);
        publish(1);
        publish(2);
        assertThat(a.join() + b.join()).contains("{\"n\":1}").contains("{\"n\":2}");
    }

    @Test
    void noMorePollsWaitThanMay() {
        hub.tell("POST " + DURABLE, "");
        String shared = "GET /channel/v1/subscribe/s?type=shared&timeout=20";
        CompletableFuture<?>[] three = {hub.asks(shared), hub.asks(shared), hub.asks(shared)};
        hub.awaitReaders("eftl-shared/channel", "s", 3);
        assertThat(hub.say("GET " + DURABLE))
                .isEqualTo("503 {\"error\":{\"code\":21,\"reason\":\"3 polls wait already; try again later\"}}");
        for (int n = 1; n <= 3; n++) {
            publish(n);
        }
        CompletableFuture.allOf(three).join();
        assertThat(hub.say("GET " + DURABLE)).startsWith("200 ");
    }

    @Test
    void aCallerThatLeftWhileItWaitedHadNothing() throws IOException {
        hub.tell("POST " + DURABLE, "");
        try (Socket caller = hub.socket()) {
            String poll = "GET " + DURABLE + "?timeout=20 HTTP/1.1\r\nHost: localhost\r\n\r\n";
            caller.getOutputStream().write(poll.getBytes(ISO_8859_1));
            hub.awaitReader();
        }
        publish(1);
        assertThat(hub.say("GET " + DURABLE + "?timeout=20")).contains("{\"n\":1}");
    }

    @Test
    void whatNeverLeftTheHubComesAgainCounted() throws IOException {
        hub.tell("POST " + DURABLE, "");
        String large = "{\"a\":\"" + "x".repeat(1_000_000) + "\"}";
        for (int n = 0; n < 20; n++) {
            hub.tell(PUBLISH, large);
        }
        int given = 0;
        try (Socket caller = hub.narrowSocket()) {
            for (int n = 0; n < 20; n++) {
                caller.getOutputStream()
                        .write(("GET " + DURABLE + "?max=1 HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(ISO_8859_1));
            }
            given = caller.getInputStream().readNBytes(1_000).length;
            hub.awaitStuck();
            caller.setSoLinger(true, 0);
        }
        assertThat(given).isEqualTo(1_000);
        String again = hub.say("GET " + DURABLE + "?timeout=20");
        for (int n = 0; n < 20 && again.endsWith("\"deliveries\":[]}"); n++) {
            // a call of the caller that left was read before its connection was found broken, and was the newer one
            again = hub.say("GET " + DURABLE + "?timeout=20");
        }
        assertThat(again.substring(again.indexOf("],\"deliveries\""))).containsPattern(",\"cnt\":[2-9]}");
    }

    @Test
    void aCallerThatSaysWhatItHasReadLosesNothing() {
        hub.tell("POST " + DURABLE, "");
        publish(1);
        publish(2);
        assertThat(hub.say("GET " + DURABLE + "?after=0&max=1")).isEqualTo(one(1, 1, 1));
        assertThat(hub.say("GET " + DURABLE + "?after=0&max=1")).isEqualTo(one(1, 1, 2));
        assertThat(hub.say("GET " + DURABLE + "?after=1")).isEqualTo(one(2, 2, 1));
        assertThat(hub.say("GET " + DURABLE + "?after=2")).isEqualTo(NONE);
        publish(3);
        assertThat(hub.say("GET " + DURABLE)).isEqualTo(one(3, 3, 1));
        assertThat(hub.say("GET " + DURABLE + "?type=shared&after=0"))
                .isEqualTo(
                        "400 {\"error\":{\"code\":22,\"reason\":\"after is for standard durables; what is read of any other"
                                + " is done with\"}}");
    }

    @Test
    void aHubThatStopsAnswersWhoWaits() {
        hub.tell("POST " + DURABLE, "");
        CompletableFuture<String> poll = hub.asks("GET " + DURABLE + "?timeout=20");
        hub.awaitReader();
        hub.close();
        assertThat(poll.join()).isEqualTo(NONE);
    }
}
