package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.config.HubConfig;
import io.hawser.app.hub.Hub;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.ivy.IvyAgent;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The last message of a topic is there for those who come later, after a restart too. */
@Timeout(60)
class RetainedMessagesTest extends AdminStage {
    @TempDir
    private Path data;

    RetainedMessagesTest() {
        super(Map.of("retained.topics", List.of("robot/*")));
    }

    private static void publish(Hub hub, String topic, long n) {
        try (EftlConnection client =
                Eftl.connect(hub.eftlUrl(), EftlOptions.defaults()).join()) {
            client.publish(EftlMessage.builder()
                            .setString("_dest", topic)
                            .setString("text", "AT " + n)
                            .setLong("n", n)
                            .build())
                    .join();
        }
    }

    @Test
    void aProgramThatComesLaterHearsIt() {
        publish(hub, "robot/1", 1);
        publish(hub, "robot/1", 2);
        publish(hub, "rover/1", 3);
        assertThat(lines("sub", "robot/>", "--count", "1", "-s", hub.eftlUrl(), "-o", "raw"))
                .containsExactly("AT 2");
    }

    @Test
    void operatorsSeeItAndEndIt() {
        publish(hub, "robot/1", 1);
        assertThat(lines("retained", "ls")).singleElement().asString().startsWith("topic=robot/1  time=");
        assertThat(lines("retained", "rm", "robot/1")).hasSize(1);
        assertThat(lines("retained", "ls")).isEmpty();
        assertThat(run("retained", "rm", "robot/1")).isEqualTo(6);
        assertThat(err.toString()).endsWith("nothing is retained of the topic robot/1\n");
    }

    @Test
    void whatIsNoLongerConfiguredIsGoneForGood() {
        ConfigReader without = new ConfigReader(Map.of())
                .flag("test", "eftl.port", 0)
                .flag("test", "admin.port", 0)
                .flag("test", "admin.token", TOKEN)
                .flag("test", "data", data.toString());
        HubConfig with =
                without.flag("test", "retained.topics", List.of("robot/*")).read();
        try (Hub first = Hub.start(with)) {
            publish(first, "robot/1", 1);
        }
        Hub.start(without.flag("test", "retained.topics", List.of()).read()).close();
        try (Hub third = Hub.start(with)) {
            Map<String, String> there = Map.of(
                    "HAWSER_TOKEN", TOKEN, "HAWSER_ADMIN_URL", third.adminUrl().orElseThrow());
            assertThat(run(there, "retained", "ls")).isZero();
            assertThat(out.toString()).isEmpty();
        }
    }

    @Test
    void itOutlivesTheHubAndReachesAnIvyAgentThatComesLater() throws IOException {
        String bus;
        try (DatagramSocket socket = new DatagramSocket(0)) {
            bus = "127.255.255.255:" + socket.getLocalPort();
        }
        ConfigReader config = new ConfigReader(Map.of())
                .flag("test", "eftl.port", 0)
                .flag("test", "ivy.lab.bus", bus)
                .flag("test", "data", data.toString())
                .flag("test", "retained.topics", List.of("robot/*"));
        try (Hub first = Hub.start(config.read())) {
            publish(first, "robot/1", 1);
            publish(first, "robot/2", 2);
        }
        List<String> heard = new CopyOnWriteArrayList<>();
        try (Hub second = Hub.start(config.read());
                IvyAgent agent = IvyAgent.join("late", bus);
                EftlConnection client =
                        Eftl.connect(second.eftlUrl(), EftlOptions.defaults()).join()) {
            agent.bind("^AT (.*)", (from, args) -> heard.add("ivy " + args.get(0)));
            client.subscribe(
                            SubscribeOptions.matching("{\"_dest\":\"robot/*\"}"),
                            message -> heard.add("eftl " + message.getLong("n").orElseThrow()))
                    .join();
            await().until(() -> heard.size() == 4);
            assertThat(heard).containsExactlyInAnyOrder("ivy 1", "ivy 2", "eftl 1", "eftl 2");
        }
    }
}
