package io.hawser.verify.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hawser serve} does what signals tell it, as those expect who run services; stopped, it says so and ends with 0. */
@Timeout(60)
class StopTest {
    @Test
    void endsWithZeroAndALineWhenItIsTerminated(@TempDir Path folder) throws IOException, InterruptedException {
        try (HubProcess hub = HubProcess.start(folder)) {
            hub.process().destroy();
            assertThat(hub.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(hub.process().exitValue()).isZero();
            assertThat(HubProcess.log(folder)).endsWith("hawser serve: stopped, as it was told to\n");
        }
        // the folder is free, and sound
        try (HubProcess again = HubProcess.start(folder)) {
            assertThat(again.process().isAlive()).isTrue();
        }
    }

    @Test
    void endsWithZeroWhenItIsDrainedAndToldItsClientsToComeBack(@TempDir Path folder) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String settings = "eftl.port = 0\nadmin { port = " + port + ", token = 0123456789abcdef }";
        try (HubProcess hub = HubProcess.start(folder, settings);
                EftlConnection client = hub.client("c")) {
            HttpRequest drain = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/drain"))
                    .header("Authorization", "Bearer 0123456789abcdef")
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(drain, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .isEqualTo("{\"draining\":true,\"seconds\":30}");
            assertThat(hub.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(hub.process().exitValue()).isZero();
            assertThat(HubProcess.log(folder)).endsWith("hawser serve: stopped, as it was told to\n");
            await().until(() -> !client.isConnected());
        }
    }

    @Test
    void takesUpWhatHasChangedAtSighupAndNothingThatIsWrong(@TempDir Path folder) throws Exception {
        Path config = folder.resolve("hawser.conf");
        String open = "hawser { eftl.port = 0, rules = [\"allow * * >\"] }\n";
        try (HubProcess hub = HubProcess.start(folder, "eftl.port = 0, rules = [\"allow * * >\"]");
                EftlConnection client = hub.client("c")) {
            assertThat(publishes(client)).isTrue();
            Files.writeString(config, open.replace("[", "[\"deny * publish >\", "));
            hangUp(hub);
            await().atMost(20, TimeUnit.SECONDS).until(() -> !publishes(client));
            Files.writeString(config, open.replace("port", "prot"));
            hangUp(hub);
            assertThat(publishes(client)).isFalse();
            Files.writeString(config, open);
            hangUp(hub);
            await().atMost(20, TimeUnit.SECONDS).until(() -> publishes(client));
        }
    }

    private static boolean publishes(EftlConnection client) {
        return client.publish(EftlMessage.ofText("hello"))
                .handle((receivers, refused) -> refused == null)
                .join();
    }

    private static void hangUp(HubProcess hub) throws IOException, InterruptedException {
        Process kill =
                new ProcessBuilder("kill", "-HUP", Long.toString(hub.process().pid())).start();
        assertThat(kill.waitFor()).isZero();
    }
}
