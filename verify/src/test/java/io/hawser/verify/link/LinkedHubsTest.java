package io.hawser.verify.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.value.Fields;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.ivy.IvyAgent;
import java.io.IOException;
import java.net.DatagramSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole hubs that are linked: what crosses, once and in order, and what does not. */
@Timeout(60)
class LinkedHubsTest {
    private static String freeBus() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return "127.255.255.255:" + socket.getLocalPort();
        }
    }

    @Test
    void eachHearsTheOtherInTheNameOfWhoeverSpoke() throws IOException {
        String lab = freeBus();
        try (LinkedHub far = new LinkedHub(Map.of("ivy.lab.bus", lab));
                LinkedHub near = new LinkedHub(Map.of("links.far.url", far.url()));
                IvyAgent flight = IvyAgent.join("FLIGHT", lab)) {
            List<String> told = new CopyOnWriteArrayList<>();
            flight.bind("^CMD (.*)", (client, args) -> told.add(args.get(0)));
            List<String> there = far.listener("there");
            List<String> here = near.listener("here");
            await().until(() -> near.up(1)
                    && flight.clients().stream().anyMatch(hub -> hub.regexps().containsValue("(.*)")));
            near.client("pilot").publish(LinkedHub.says("robot/1", "CMD climb")).join();
            flight.send("7 GPS 43.5");
            await().until(() -> told.size() == 1 && there.size() == 2 && here.size() == 2);
            assertThat(told).containsExactly("climb");
            assertThat(here)
                    .containsExactlyInAnyOrder("eftl:pilot robot/1 CMD climb", "ivy:FLIGHT ivy/lab/FLIGHT 7 GPS 43.5");
            assertThat(there).containsExactlyInAnyOrderElementsOf(here);
            assertThat(near.links())
                    .matches(
                            ".*\\{\"link\":\"far\",\"url\":\"ws://127.0.0.1:\\d+/channel\",\"state\":\"up\","
                                    + "\"since\":.*,\"hub\":\"[0-9a-f]{16}\",\"in\":[1-9],\"out\":1,\"waiting\":0,\"dropped\":0,.*");
            assertThat(far.links()).contains("\"items\":[]");
        }
    }

    @Test
    void onlyTheTopicsCrossThatMayAndNeitherRequestsNorOtherChannels() {
        try (LinkedHub far = new LinkedHub(Map.of("rules", List.of("allow * * >", "deny * publish secret/>")));
                LinkedHub near = new LinkedHub(Map.of(
                        "links.far.url", far.url(),
                        "links.far.topics-in", List.of("news/>"),
                        "links.far.topics-out", List.of("robot/>", "*/1", "secret/>")))) {
            List<String> there = far.listener("there");
            List<String> here = near.listener("here");
            await().until(() -> near.up(1));
            EftlConnection from = near.client("from");
            EftlConnection back = far.client("back");
            for (String topic : List.of("other/2", "robot/1", "secret/1", "robot/2")) {
                from.publish(LinkedHub.says(topic, "out")).join();
            }
            back.publish(LinkedHub.says("other/2", "in")).join();
            back.publish(LinkedHub.says("news/1", "in")).join();
            assertThat(from.sendRequest(LinkedHub.says("robot/1", "who?"), java.time.Duration.ofMillis(50)))
                    .failsWithin(java.time.Duration.ofSeconds(20));
            await().until(() -> there.contains("eftl:from robot/2 out") && here.contains("eftl:back news/1 in"));
            assertThat(there)
                    .containsExactlyInAnyOrder(
                            "eftl:from robot/1 out",
                            "eftl:from robot/2 out",
                            "eftl:back other/2 in",
                            "eftl:back news/1 in");
            assertThat(here).doesNotContain("eftl:back other/2 in");
            assertThat(near.links())
                    .contains("\"denied\":1")
                    .contains(
                            "\"failure\":\"1 not taken by the other hub so far: anonymous may not publish on secret/1\"");
        }
    }

    @Test
    void aRingBringsEachMessageToEverybodyOnceAndKeepsTheOrderOfEachPublisher() {
        int each = 300;
        List<Map<String, List<Long>>> heard = new ArrayList<>();
        try (LinkedHub one = new LinkedHub(Map.of());
                LinkedHub two = new LinkedHub(Map.of("links.one.url", one.url()));
                LinkedHub three = new LinkedHub(Map.of("links.one.url", one.url(), "links.two.url", two.url()))) {
            List<LinkedHub> ring = List.of(one, two, three);
            await().until(() -> two.up(1) && three.up(2));
            for (int i = 0; i < ring.size(); i++) {
                heard.add(new HashMap<>());
                Map<String, List<Long>> mine = heard.get(i);
                ring.get(i)
                        .client("reader")
                        .subscribe(SubscribeOptions.everything(), message -> {
                            synchronized (mine) {
                                mine.computeIfAbsent(message.from().orElse("?"), from -> new ArrayList<>())
                                        .add(message.getLong("n").orElse(-1));
                            }
                        })
                        .join();
            }
            for (long n = 0; n < each; n++) {
                for (int i = 0; i < ring.size(); i++) {
                    publish(ring.get(i), "publisher-" + i, n);
                }
            }
            await().untilAsserted(() ->
                    assertThat(heard).allSatisfy(mine -> assertThat(total(mine)).isEqualTo(3 * each)));
            assertThat(three.links()).doesNotContain("\"turned_back\":0,");
        }
        List<Long> inOrder = IntStream.range(0, each).mapToObj(Long::valueOf).toList();
        assertThat(heard)
                .allSatisfy(mine -> assertThat(mine).hasSize(3).allSatisfy((from, numbers) -> assertThat(numbers)
                        .isEqualTo(inOrder)));
    }

    private final Map<String, EftlConnection> publishers = new HashMap<>();

    private void publish(LinkedHub hub, String id, long n) {
        var unused = publishers
                .computeIfAbsent(id, hub::client)
                .publish(EftlMessage.of(
                        Fields.builder().put("_dest", "ring/" + id).put("n", n).build()));
    }

    private static int total(Map<String, List<Long>> heard) {
        synchronized (heard) {
            return heard.values().stream().mapToInt(List::size).sum();
        }
    }

    @Test
    void aProgramThatCarriesMessagesInACircleIsNamedAndTheLinkIsInterrupted() {
        try (LinkedHub far = new LinkedHub(Map.of());
                LinkedHub near = new LinkedHub(Map.of(
                        "links.far.url",
                        far.url(),
                        "link-limits.storm.times",
                        50,
                        "link-limits.storm.within",
                        "60s",
                        "link-limits.storm.pause",
                        "60s"))) {
            EftlConnection there = far.client("naive-bridge");
            EftlConnection here = near.client("naive-bridge");
            here.subscribe(SubscribeOptions.everything(), message -> {
                        var unused = there.publish(LinkedHub.says(
                                message.topic().orElseThrow(),
                                message.getString("text").orElseThrow()));
                    })
                    .join();
            List<String> heard = near.listener("reader");
            await().until(() -> near.up(1));
            EftlConnection pilot = near.client("pilot");
            pilot.publish(LinkedHub.says("robot/1", "round and round")).join();
            await().until(() -> near.links().contains("\"storms\":1"));
            pilot.publish(LinkedHub.says("robot/1", "end")).join();
            await().until(() ->
                    heard.contains("eftl:pilot robot/1 end") && near.links().contains("\"held\":2"));
            assertThat(heard.stream().filter(line -> line.endsWith("round and round")))
                    .hasSize(51);
            assertThat(near.links())
                    .containsPattern(
                            "\"failure\":\"storm: the same message on robot/1, last said by eftl:naive-bridge, came more"
                                    + " than 50 times within PT1M from hub [0-9a-f]{16} at ws://127.0.0.1:\\d+/channel to this hub"
                                    + " [0-9a-f]{16}; nothing goes this way for PT1M: look for a program that carries messages");
        }
    }
}
