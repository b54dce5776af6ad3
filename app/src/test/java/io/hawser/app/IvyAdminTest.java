package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.IvyClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a hub tells about its Ivy domains. */
@Timeout(60)
class IvyAdminTest extends AdminStage {
    private static final String LAB = freeBus();
    private static final String FIELD = freeBus();

    IvyAdminTest() {
        super(Map.of(
                "ivy.lab.bus",
                LAB,
                "ivy.field.bus",
                FIELD,
                "ivy.field.listen",
                List.of("^GPS"),
                "rules",
                List.of("allow * * >", "deny ivy/lab publish ivy/lab/FLIGHT/said/*")));
    }

    private static String freeBus() {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return "127.255.255.255:" + socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    private static IvyClient hub(IvyAgent agent) {
        await().until(() -> agent.client("HAWSER").isPresent());
        return agent.client("HAWSER").orElseThrow();
    }

    @Test
    void agentsAreAmongTheClientsAndTheirRegexpsAmongTheSubscriptions() {
        try (IvyAgent flight = IvyAgent.join("FLIGHT", LAB);
                IvyAgent hostile = IvyAgent.join("a/b \u202e[2J", FIELD)) {
            flight.bind("^CMD (.*)", (client, args) -> {});
            flight.bind("^ALL", (client, args) -> {});
            assertThat(hub(hostile).name()).isEqualTo(hub(flight).name());
            await().untilAsserted(() -> assertThat(lines("subs"))
                    .containsExactly(
                            "kind=live  owner=ivy/field/a%2Fb \\u202e[2J  topic=ivy/field/a%2Fb \\u202e[2J/direct/*",
                            "kind=live  owner=ivy/lab/FLIGHT  topic=>  regexp=^ALL",
                            "kind=live  owner=ivy/lab/FLIGHT  topic=>  regexp=^CMD (.*)",
                            "kind=live  owner=ivy/lab/FLIGHT  topic=ivy/lab/FLIGHT/direct/*"));
            List<String> clients = lines("client", "ls");
            assertThat(clients).hasSize(2);
            assertThat(clients.get(0))
                    .startsWith("protocol=ivy  domain=field  id=a/b ")
                    .doesNotContain("\u202e");
            assertThat(clients.get(1))
                    .matches("protocol=ivy  domain=lab  id=FLIGHT  address=127\\.0\\.0\\.1:\\d+  since=.+"
                            + "  subscriptions=2  waiting=0  queue=10000  dropped=0  unsayable=0  unsent_bytes=0");
            assertThat(get("/api/v1/clients?limit=1&offset=1").text())
                    .startsWith("{\"total\":2,\"offset\":1,\"items\":[{\"protocol\":\"ivy\",\"domain\":\"lab\"");
        }
        await().until(() -> lines("client", "ls").isEmpty());
    }

    @Test
    void domainsTellWhatTheyAreAskedForAndWhatWasCounted() {
        try (IvyAgent flight = IvyAgent.join("FLIGHT", LAB);
                IvyAgent far = IvyAgent.join("FAR", FIELD)) {
            flight.bind("(.*)", (client, args) -> {});
            hub(flight).direct(1, "refused");
            await().until(() -> hub(far).regexps().containsValue("^((?:(?:GPS)).*)"));
            far.send("GPS 1");
            await().untilAsserted(() -> assertThat(lines("ivy", "ls", "-o", "json"))
                    .satisfiesExactly(
                            field -> assertThat(field)
                                    .startsWith("{\"domain\":\"field\",\"bus\":\"" + FIELD + "\",\"agent\":\"HAWSER\"")
                                    .contains("\"agents\":1,\"binding\":\"^((?:(?:GPS)).*)\",\"denied\":0")
                                    .contains("\"texts_in\":1,\"texts_out\":0"),
                            lab -> assertThat(lab)
                                    .contains("\"agents\":1,\"denied\":1,\"circling\":0")
                                    .contains("\"texts_in\":0,\"texts_out\":1")));
        }
    }

    @Test
    void anAgentThatMayMakesTheHubLeaveItsDomainAlone() {
        try (IvyAgent flight = IvyAgent.join("FLIGHT", LAB);
                IvyAgent far = IvyAgent.join("FAR", FIELD)) {
            hub(far);
            hub(flight).die(0, "go");
            await().until(() -> flight.client("HAWSER").isEmpty());
            await().untilAsserted(() -> assertThat(lines("ivy", "ls"))
                    .satisfiesExactly(
                            field -> assertThat(field).contains("agents=1").doesNotContain("left="),
                            lab -> assertThat(lab)
                                    .contains("agents=0  left=the hub has left the domain, as 127.0.0.1:")));
            assertThat(far.client("HAWSER")).isPresent();
        }
    }
}
