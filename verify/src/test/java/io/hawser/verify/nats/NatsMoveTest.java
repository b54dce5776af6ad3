package io.hawser.verify.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.app.Hawser;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.verify.bench.store.NatsServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hub that kept what it keeps in a folder goes on with it on NATS. */
@Timeout(60)
class NatsMoveTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void whatWaitedInTheFolderIsDeliveredFromNats() throws Exception {
        Optional<NatsServer> installed = NatsServer.start(folder.resolve("streams"));
        assumeTrue(installed.isPresent(), "nats-server is not installed");
        try (NatsServer server = installed.orElseThrow()) {
            String data = folder.resolve("data").toString();
            try (Hub hub = hub(Map.of("data", data))) {
                subscribe(hub, "subscriber").close();
                try (EftlConnection publisher = connect(hub, "publisher")) {
                    publisher
                            .publish(EftlMessage.builder()
                                    .setString("text", "kept")
                                    .build())
                            .join();
                }
            }
            Path settings = Files.writeString(
                    folder.resolve("hawser.conf"), "hawser.store.nats.url = \"" + server.url() + "\"\n");

            copy(data, settings);

            try (Hub hub = hub(Map.of("store.nats.url", server.url(), "store.engine", "nats"));
                    EftlConnection subscriber = subscribe(hub, "subscriber")) {
                await().until(() -> !heard.isEmpty());
                assertThat(heard).containsExactly("kept");
                assertThat(subscriber.clientId()).isEqualTo("subscriber");
            }
        }
    }

    /** {@code hawser store copy} as a process of its own. */
    private void copy(String data, Path settings) throws Exception {
        File said = folder.resolve("said").toFile();
        Process copy = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hawser.class.getName(),
                        "store",
                        "copy",
                        data,
                        "nats",
                        "-c",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(said)
                .start();
        assertThat(copy.waitFor()).as(contentOf(said)).isZero();
        assertThat(contentOf(said)).contains("messages: 1\n").endsWith("copied, and compared: the same\n");
    }

    private static Hub hub(Map<String, String> settings) {
        ConfigReader reader = new ConfigReader(Map.of()).flag("test", "eftl.port", 0);
        settings.forEach((key, value) -> reader.flag("test", key, value));
        return Hub.start(reader.read());
    }

    private static EftlConnection connect(Hub hub, String id) {
        return Eftl.connect(hub.eftlUrl(), EftlOptions.defaults().clientId(id)).join();
    }

    private EftlConnection subscribe(Hub hub, String id) {
        EftlConnection subscriber = connect(hub, id);
        subscriber
                .subscribe(
                        SubscribeOptions.everything().durable("d"),
                        message -> heard.add(message.getString("text").orElseThrow()))
                .join();
        return subscriber;
    }
}
