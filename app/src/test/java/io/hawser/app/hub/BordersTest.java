package io.hawser.app.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.app.config.ConfigReader;
import io.hawser.clever.CleverCommand;
import io.hawser.clever.CleverHandlers;
import io.hawser.clever.CleverOptions;
import io.hawser.clever.CleverPeer;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.ivy.IvyAgent;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole hub whose gateways have borders and mappings as a user writes them, and the programs behind them. */
@Timeout(60)
class BordersTest {
    private static final String MESSAGES = """
            <protocol><msg_class name="telemetry">
              <message name="GPS"><field name="alt" type="float"/></message>
            </msg_class><msg_class name="ground">
              <message name="BLOCK"><field name="ac_id" type="string"/><field name="block" type="uint8"/></message>
            </msg_class></protocol>
            """;

    private final Path folder;
    private final String domain = "127.255.255.255:" + freePort();
    private final Hub hub;
    private final EftlConnection page;
    private final List<EftlMessage> heard = new CopyOnWriteArrayList<>();

    BordersTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Path messages = Files.writeString(folder.resolve("messages.xml"), MESSAGES);
        Files.writeString(folder.resolve("hawser.conf"), """
                hawser {
                  eftl {
                    port = 0
                    in { not = ["forbidden"], rename = ["app/* desk/{1}"] }
                    out { not = ["secret/>"], rename = ["ivy/gcs/* aircraft/{1}", "desk/* app/{1}"] }
                  }
                  ivy.gcs { bus = "DOMAIN", paparazzi = "MESSAGES" }
                  clever { enabled = true, port = 0, announce.enabled = false, telemetry = fields }
                }
                """.replace("DOMAIN", domain)
                .replace("MESSAGES", messages.toString().replace("\\", "\\\\")));
        hub = start();
        page = connect();
    }

    private Hub start() {
        return Hub.start(new ConfigReader(Map.of())
                .file(folder.resolve("hawser.conf"))
                .flag("test", "data", folder.resolve("data").toString())
                .read());
    }

    @AfterEach
    void stop() {
        page.close();
        hub.close();
    }

    @Test
    void aPageSpeaksOfTopicsByItsOwnNames() {
        subscribe("app/*");
        subscribe("secret/*");
        assertThat(publish("app/7")).isEqualTo(1);
        assertThat(publish("desk/8")).isEqualTo(1);
        assertThat(publish("secret/9")).isZero();
        await().until(() -> heard.size() == 2);
        assertThat(heard)
                .extracting(message -> message.fields().string("_dest").orElse(""))
                .containsExactly("app/7", "app/8");
        assertThatThrownBy(() -> publish("forbidden")).hasMessageContaining("eftl.in lets nothing pass on forbidden");
        assertThatThrownBy(() -> page.sendRequest(on("forbidden"), Duration.ofSeconds(20))
                        .join())
                .hasMessageContaining("eftl.in lets nothing pass on forbidden");
    }

    @Test
    void messagesOfPaparazziHaveFieldsAndFieldsBecomeTheirTexts() {
        subscribe("aircraft/*");
        List<String> blocks = new CopyOnWriteArrayList<>();
        try (IvyAgent gcs = IvyAgent.join("GCS", domain)) {
            gcs.bind("^(\\S+) BLOCK (\\S+) (\\S+)$", (client, args) -> blocks.add(String.join(" ", args)));
            await().until(() -> {
                gcs.send("7 GPS 12");
                return !heard.isEmpty();
            });
            assertThat(heard.get(0).fields())
                    .isEqualTo(Fields.builder()
                            .put("text", "7 GPS 12")
                            .put("pprz_sender", "7")
                            .put("pprz_message", "GPS")
                            .put("ac_id", 7)
                            .put("alt", 12.0)
                            .put("_dest", "aircraft/GCS")
                            .build());
            page.publish(EftlMessage.of(Fields.builder()
                            .put("pprz_message", "BLOCK")
                            .put("ac_id", "7")
                            .put("block", 3.0)
                            .build()))
                    .join();
            await().until(() -> !blocks.isEmpty());
            assertThat(blocks).containsExactly("ground 7 3");
        }
    }

    @Test
    void telemetryOfCoptersHasAFieldForEachThingAndIsALineForAgents() {
        subscribe("clever/*/says/telemetry");
        List<String> lines = new CopyOnWriteArrayList<>();
        Fields telemetry = Fields.builder()
                .put("armed", Value.of(true))
                .put("battery", new Value.Sequence(List.of(Value.of(12.5), Value.of(0.5))))
                .build();
        try (IvyAgent gcs = IvyAgent.join("GCS", domain);
                CleverPeer copter = CleverPeer.connect(
                        "127.0.0.1:" + hub.cleverAddress().orElseThrow().getPort(),
                        CleverOptions.defaults()
                                .handlers(new CleverHandlers().onRequest("id", call -> Value.of("c7")))
                                .withoutExtras())) {
            gcs.bind("^c7 TELEMETRY (.*)", (client, args) -> lines.add(args.get(0)));
            await().until(() -> {
                copter.send(CleverCommand.of("telemetry").with("value", new Value.Nested(telemetry)));
                return !lines.isEmpty() && !heard.isEmpty();
            });
            assertThat(lines.get(0)).isEqualTo("- 1 12.5 0.5 nan nan nan nan");
            assertThat(heard.get(0).fields().get("battery_volts")).contains(Value.of(12.5));
        }
    }

    @Test
    void aDurableIsBehindTheBorderAgainAfterARestart() {
        SubscribeOptions durable =
                SubscribeOptions.matching("{\"_dest\":\"app/*\"}").durable("d");
        page.subscribe(durable, heard::add).join();
        page.close();
        hub.close();
        try (Hub again = start();
                EftlConnection late = Eftl.connect(
                                again.eftlUrl(), EftlOptions.defaults().clientId("other"))
                        .join()) {
            late.publish(on("app/7")).join();
            try (EftlConnection back = Eftl.connect(
                            again.eftlUrl(), EftlOptions.defaults().clientId("page"))
                    .join()) {
                back.subscribe(durable, heard::add).join();
                await().until(() -> !heard.isEmpty());
                assertThat(heard.get(0).fields().string("_dest")).contains("app/7");
            }
        }
    }

    private EftlConnection connect() {
        return Eftl.connect(hub.eftlUrl(), EftlOptions.defaults().clientId("page"))
                .join();
    }

    private void subscribe(String topics) {
        page.subscribe(SubscribeOptions.matching("{\"_dest\":\"" + topics + "\"}"), heard::add)
                .join();
    }

    private static EftlMessage on(String topic) {
        return EftlMessage.of(Fields.builder().put("_dest", topic).build());
    }

    private int publish(String topic) {
        return page.publish(on(topic)).join();
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
