package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.app.text.JsonText;
import io.hawser.clever.CleverCommand;
import io.hawser.clever.CleverHandlers;
import io.hawser.clever.CleverOptions;
import io.hawser.clever.CleverPeer;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a hub with a data folder knows of copters when it has been stopped and started. */
@Timeout(60)
class FleetRestartTest extends AdminStage {
    @TempDir
    private Path temp;

    FleetRestartTest() {
        super(Map.of());
    }

    @Test
    void anAbsentCopterAndItsFilesAreKnownAfterARestart() throws Exception {
        try (Hub first = start();
                CleverPeer copter = copter(first)) {
            copter.send(CleverCommand.of("telemetry")
                    .with("value", new Value.Nested(Fields.of("mode", Value.of("OFFBOARD")))));
            await().until(() -> printed(first, "fleet", "ls").contains("\"mode\":\"OFFBOARD\""));
            copter.sendFile(Files.writeString(temp.resolve("a.log"), "flown"), "a.log")
                    .get(20, TimeUnit.SECONDS);
            await().until(() ->
                    printed(first, "fleet", "files", "ls", "copter-1").contains("name=a.log"));
        }
        try (Hub second = start()) {
            assertThat(printed(second, "fleet", "ls", "-o", "json").lines())
                    .singleElement()
                    .satisfies(line -> {
                        Fields row = JsonText.read(line);
                        assertThat(row.string("copter")).contains("copter-1");
                        assertThat(row.string("state")).contains("offline");
                        assertThat(row.find("telemetry"))
                                .isEqualTo(new Value.Nested(Fields.of("mode", Value.of("OFFBOARD"))));
                    });
            assertThat(printed(second, "fleet", "files", "ls", "copter-1")).contains("name=a.log  size=5");
        }
    }

    private Hub start() {
        return Hub.start(new ConfigReader(Map.of())
                .flag("test", "data", temp.resolve("data").toString())
                .flag("test", "eftl.port", 0)
                .flag("test", "admin.port", 0)
                .flag("test", "admin.token", TOKEN)
                .flag("test", "clever.enabled", true)
                .flag("test", "clever.port", 0)
                .flag("test", "clever.announce.enabled", false)
                .read());
    }

    private static CleverPeer copter(Hub hub) {
        return CleverPeer.connect(
                "127.0.0.1:" + hub.cleverAddress().orElseThrow().getPort(),
                CleverOptions.defaults()
                        .handlers(new CleverHandlers().onRequest("id", call -> Value.of("copter-1")))
                        .withoutExtras());
    }

    private String printed(Hub hub, String... arguments) {
        out.getBuffer().setLength(0);
        String admin = hub.adminUrl().orElseThrow();
        assertThat(run(Map.of("HAWSER_TOKEN", TOKEN, "HAWSER_ADMIN_URL", admin), arguments))
                .as(err.toString())
                .isZero();
        return out.toString();
    }
}
