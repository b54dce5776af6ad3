package io.hawser.eftl.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where there are users, a caller shows who it is with every call. */
@Timeout(60)
class RestUsersTest {
    private static final String PUBLISH = "POST /channel/v1/publish";
    private static final String DURABLE = "/channel/v1/subscribe/d";
    private static final String ALICE = basic("alice:pw1");
    private static final String BOB = basic("bob:pw2");

    private final RestHub hub = new RestHub(Map.of("alice", "pw1", "bob", "pw2"));

    @AfterEach
    void close() {
        hub.close();
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    @Test
    void whoIsNotKnownMayNothing() {
        HttpResponse<String> refused =
                hub.later(PUBLISH, BodyPublishers.ofString("{}")).join();
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"hawser\"");
        assertThat(refused.body())
                .startsWith("{\"error\":{\"code\":12,\"reason\":\"unknown user or wrong password\"}}");
        assertThat(hub.tell(PUBLISH, "{}", "Authorization", basic("alice:pw2"))).startsWith("401 ");
        assertThat(hub.tell(PUBLISH, "{}", "Authorization", "Bearer pw1")).startsWith("401 ");
        assertThat(hub.tell(PUBLISH, "{}", "Authorization", "Basic ???")).startsWith("401 ");
        assertThat(hub.say("GET " + DURABLE)).startsWith("401 {\"error\":{\"code\":13,");
        assertThat(hub.say("GET /channel/v1/kvmap/m/k")).startsWith("401 {\"error\":{\"code\":14,");
    }

    @Test
    void whoCannotBeCheckedNowIsAskedToTryAgain() {
        HttpResponse<String> busy = hub.later(PUBLISH, BodyPublishers.ofString("{}"), "Authorization", basic("many:x"))
                .join();
        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(busy.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void whoIsKnownMayWhatTheRulesAllow() {
        assertThat(hub.tell(PUBLISH, "{}", "Authorization", ALICE)).isEqualTo("200 {\"receivers\":0}");
        assertThat(hub.tell(PUBLISH, "{\"_dest\":\"secret/a\"}", "Authorization", ALICE))
                .isEqualTo("403 {\"error\":{\"code\":12,\"reason\":\"alice may not publish on secret/a\"}}");
    }

    @Test
    void aChannelMayBeForGroups() {
        assertThat(hub.tell("POST /crew/v1/publish", "{}", "Authorization", ALICE))
                .startsWith("200 ");
        assertThat(hub.tell("POST /crew/v1/publish", "{}", "Authorization", BOB))
                .isEqualTo("403 {\"error\":{\"code\":12,\"reason\":\"bob may not publish on /crew: it is not in group"
                        + " alices\"}}");
        assertThat(hub.say("GET /crew/v1/subscribe/d", "Authorization", BOB)).startsWith("200 ");
        assertThat(hub.say("GET /crew/v1/subscribe/d", "Authorization", ALICE))
                .isEqualTo(
                        "403 {\"error\":{\"code\":13,\"reason\":\"alice may not subscribe on /crew: it is not in group"
                                + " bobs\"}}");
        assertThat(hub.say("DELETE /crew/v1/kvmap/m/k", "Authorization", BOB))
                .startsWith("403 {\"error\":{\"code\":14,");
        assertThat(hub.say("GET /crew/v1/kvmap/m/k", "Authorization", ALICE))
                .startsWith("403 {\"error\":{\"code\":14,");
    }

    @Test
    void aDurableIsItsUsersOwn() {
        assertThat(hub.tell("POST " + DURABLE, "", "Authorization", ALICE)).isEqualTo("200 {}");
        assertThat(hub.tell("POST " + DURABLE, "{\"n\":2}", "Authorization", BOB))
                .isEqualTo("200 {}");
        assertThat(hub.tell(PUBLISH, "{\"n\":1}", "Authorization", BOB)).isEqualTo("200 {\"receivers\":1}");
        assertThat(hub.say("GET " + DURABLE, "Authorization", BOB)).contains("\"messages\":[]");
        assertThat(hub.say("DELETE " + DURABLE, "Authorization", BOB)).isEqualTo("200 {}");
        assertThat(hub.say("GET " + DURABLE, "Authorization", ALICE)).contains("\"messages\":[{\"n\":1}]");
    }
}
