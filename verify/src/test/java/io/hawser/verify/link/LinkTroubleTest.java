package io.hawser.verify.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.authority.DevelopmentAuthority;
import io.hawser.eftl.EftlConnection;
import io.hawser.net.Handshake;
import io.hawser.net.Listener;
import io.hawser.net.Loops;
import io.hawser.net.NetLimits;
import io.hawser.net.WebSocket;
import io.hawser.net.WebSocketHandler;
import io.hawser.net.WebSocketServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Links that cannot be: each says why, and is there as soon as it can be. */
@Timeout(60)
class LinkTroubleTest {
    private static final String TOKEN = "token-of-the-other-hub";

    private static Map<String, Object> guarded(String... rules) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(TOKEN.getBytes(UTF_8));
        return new HashMap<>(Map.of("tokens.near.sha256", HexFormat.of().formatHex(digest), "rules", List.of(rules)));
    }

    private static void awaitLink(LinkedHub hub, String state, String failure) {
        await().untilAsserted(() -> assertThat(hub.links())
                .contains("\"state\":\"" + state + "\"")
                .containsPattern("\"failure\":\"" + failure));
    }

    @Test
    void aWrongTokenOrAMissingRuleIsRefusedWithAReasonAndTheRightOnesLetItIn() throws Exception {
        try (LinkedHub far = new LinkedHub(guarded("allow near publish,subscribe >"));
                LinkedHub wrong =
                        new LinkedHub(Map.of("links.far.url", far.url(), "links.far.token", "another-token"));
                LinkedHub unruly = new LinkedHub(Map.of("links.far.url", far.url(), "links.far.token", TOKEN))) {
            awaitLink(wrong, "refused", ".*unknown");
            awaitLink(
                    unruly,
                    "refused",
                    "near may not link a hub: it takes a rule such as 'allow near link hub/[0-9a-f]{16}'");
        }
        try (LinkedHub far = new LinkedHub(guarded("allow near publish,subscribe,link >"));
                LinkedHub near = new LinkedHub(Map.of("links.far.url", far.url(), "links.far.token", TOKEN))) {
            await().until(() -> near.up(1));
        }
    }

    @Test
    void aHubThatIsNotTrustedIsNot(@TempDir Path folder) {
        DevelopmentAuthority authority = DevelopmentAuthority.in(folder, Instant.now());
        Map<String, Object> tls = Map.of(
                "eftl.tls.certificate", authority.certificate().toString(),
                "eftl.tls.key", authority.key().toString());
        try (LinkedHub far = new LinkedHub(tls)) {
            String url = far.url();
            try (LinkedHub strange = new LinkedHub(Map.of("links.far.url", url));
                    LinkedHub near = new LinkedHub(Map.of(
                            "links.far.url",
                            url,
                            "links.far.trust",
                            authority.trust().toString()))) {
                await().until(() -> near.up(1));
                awaitLink(strange, "connecting", ".*certificate");
            }
        }
    }

    @Test
    void anEftlServerThatIsNoHubIsTold() {
        Loops loops = Loops.start(1, "plain");
        Listener plain = WebSocketServer.bind(
                loops,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                NetLimits.defaults(),
                handshake -> new Handshake.Accept(Optional.empty(), new PlainServer()));
        String url = "ws://127.0.0.1:" + plain.address().getPort() + "/channel";
        try (LinkedHub near = new LinkedHub(Map.of("links.far.url", url))) {
            awaitLink(near, "refused", "there is an eFTL server that knows nothing of links");
        } finally {
            plain.close();
            loops.close();
        }
    }

    /** Takes every login, as a server of somebody else's. */
    private static final class PlainServer implements WebSocketHandler {
        private @Nullable WebSocket socket;

        @Override
        public void opened(WebSocket opened) {
            socket = opened;
        }

        @Override
        public void text(byte[] message) {
            if (socket != null && new String(message, UTF_8).startsWith("{\"op\":1,")) {
                socket.sendText(
                        "{\"op\":2,\"client_id\":\"x\",\"id_token\":\"t\",\"timeout\":600,\"heartbeat\":240,\"_qos\":\"true\",\"protocol\":1}"
                                .getBytes(UTF_8));
            }
        }

        @Override
        public void binary(byte[] message) {
            throw new AssertionError("nobody sends that");
        }

        @Override
        public void closed(int code, String reason) {
            socket = null;
        }
    }

    @Test
    void whoeverIsNotThereIsWaitedForAndWhoComesBackHearsWhatWaited() {
        LinkedHub before = new LinkedHub(Map.of());
        Map<String, Integer> again = Map.of("eftl.port", before.port(), "eftl.history-messages", 100);
        try (LinkedHub near = new LinkedHub(Map.of("links.far.url", before.url()))) {
            await().until(() -> near.up(1));
            before.close();
            awaitLink(near, "connecting", "");
            EftlConnection pilot = near.client("pilot");
            for (String text : List.of("a", "b", "c")) {
                pilot.publish(LinkedHub.says("robot/1", text)).join();
            }
            try (LinkedHub after = new LinkedHub(again)) {
                List<String> there = after.listener("there", 0);
                await().until(() -> near.up(1));
                await().until(() -> there.size() == 3);
                assertThat(there)
                        .containsExactly("eftl:pilot robot/1 a", "eftl:pilot robot/1 b", "eftl:pilot robot/1 c");
                List<String> here = near.listener("here");
                after.client("back").publish(LinkedHub.says("robot/2", "hi")).join();
                await().until(() -> here.contains("eftl:back robot/2 hi"));
            }
        }
    }

    @Test
    void aHubIsNotLinkedToItself() {
        int port;
        try (LinkedHub probe = new LinkedHub(Map.of())) {
            port = probe.port();
        }
        try (LinkedHub self =
                new LinkedHub(Map.of("eftl.port", port, "links.me.url", "ws://127.0.0.1:" + port + "/channel"))) {
            awaitLink(self, "refused", "this is the hub itself: a hub is linked to others only");
        }
    }
}
