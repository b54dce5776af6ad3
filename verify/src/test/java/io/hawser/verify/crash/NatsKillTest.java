package io.hawser.verify.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.verify.bench.store.NatsServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hawser serve} with its store on NATS is killed; the next one goes on where it was. */
@Tag("slow")
@Timeout(120)
class NatsKillTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MESSAGES = 200;

    @TempDir
    private Path folder;

    /** The settings of a hub whose store is at {@code url}. */
    static String onNats(String url) {
        return "eftl.port = 0\nstore.engine = nats\nstore.nats { url = \"" + url + "\", lease = 1s }";
    }

    @Test
    void whatADurableWasPromisedOutlivesTheHub() throws Exception {
        Optional<NatsServer> installed = NatsServer.start(folder.resolve("streams"));
        assumeTrue(installed.isPresent(), "nats-server is not installed");
        try (NatsServer server = installed.orElseThrow()) {
            String settings = onNats(server.url());
            try (HubProcess hub = HubProcess.start(folder, settings)) {
                subscribe(hub, new CopyOnWriteArrayList<>());
                try (EftlConnection publisher = hub.client("p")) {
                    for (long n = 1; n <= MESSAGES; n++) {
                        publisher
                                .publish(EftlMessage.builder().setLong("n", n).build())
                                .join();
                    }
                }
                hub.kill();
            }
            List<Long> heard = new CopyOnWriteArrayList<>();
            try (HubProcess hub = HubProcess.start(folder, settings)) {
                subscribe(hub, heard, () -> await().atMost(PATIENCE).until(() -> heard.size() >= MESSAGES));
            }
            assertThat(heard)
                    .isEqualTo(LongStream.rangeClosed(1, MESSAGES).boxed().toList());
        }
    }

    private static void subscribe(HubProcess hub, List<Long> heard) {
        subscribe(hub, heard, () -> {});
    }

    private static void subscribe(HubProcess hub, List<Long> heard, Runnable until) {
        try (EftlConnection subscriber = hub.client("s")) {
            subscriber
                    .subscribe(
                            SubscribeOptions.everything().durable("d"),
                            message -> heard.add(message.getLong("n").orElseThrow()))
                    .join();
            until.run();
        }
    }
}
