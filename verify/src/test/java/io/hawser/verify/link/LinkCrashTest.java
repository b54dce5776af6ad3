package io.hawser.verify.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.Hawser;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hub as a process of its own that is killed, and comes back as the hub that it was. */
@Tag("slow")
@Timeout(120)
class LinkCrashTest {
    @TempDir
    private Path folder;

    private Process far;
    private String url;

    private void serve(int port) throws IOException {
        Path config = Files.writeString(folder.resolve("far.conf"), """
                hawser { data = "%s", eftl { port = %d, history-messages = 1000 } }
                """.formatted(folder.resolve("data"), port));
        far = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hawser.class.getName(),
                        "serve",
                        "-c",
                        config.toString()))
                .redirectError(folder.resolve("far.log").toFile())
                .start();
        BufferedReader out = new BufferedReader(new InputStreamReader(far.getInputStream(), UTF_8));
        String line = out.readLine();
        while (line != null && !line.startsWith("eftl ")) {
            line = out.readLine();
        }
        assertThat(line).as(Files.readString(folder.resolve("far.log"))).isNotNull();
        url = line.split(" ", -1)[1];
    }

    @Test
    void aKilledHubIsWaitedForAndMissesNothingThatWasAcknowledgedOrWaited() throws Exception {
        serve(0);
        int port = Integer.parseInt(url.replaceAll(".*:(\\d+)/.*", "$1"));
        try (LinkedHub near = new LinkedHub(Map.of("links.far.url", url))) {
            await().until(() -> near.up(1));
            String id = near.links().replaceAll(".*\"hub\":\"([0-9a-f]+)\".*", "$1");
            EftlConnection pilot = near.client("pilot");
            for (int n = 0; n < 100; n++) {
                pilot.publish(LinkedHub.says("robot/1", "before " + n)).join();
            }
            await().until(() -> near.links().contains("\"out\":100,"));
            far.destroyForcibly().waitFor();
            await().until(() -> near.up(0));
            for (int n = 0; n < 100; n++) {
                pilot.publish(LinkedHub.says("robot/1", "away " + n)).join();
            }
            serve(port);
            await().atMost(Duration.ofSeconds(40)).until(() -> near.links().contains("\"out\":200,"));
            assertThat(near.links()).contains("\"hub\":\"" + id + "\"").contains("\"dropped\":0,");
            try (EftlConnection there =
                    Eftl.connect(url, EftlOptions.defaults()).join()) {
                List<String> heard = LinkedHub.heard(there, 0);
                await().until(() -> heard.size() >= 200);
                assertThat(heard)
                        .hasSize(200)
                        .startsWith("eftl:pilot robot/1 before 0", "eftl:pilot robot/1 before 1")
                        .endsWith("eftl:pilot robot/1 away 98", "eftl:pilot robot/1 away 99");
            }
        } finally {
            far.destroyForcibly();
        }
    }
}
