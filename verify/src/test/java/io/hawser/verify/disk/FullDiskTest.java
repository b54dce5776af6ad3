package io.hawser.verify.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlException;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A hub on a small disk is filled until it refuses, drained until it takes again, and so on, without a restart; whatever
 * it acknowledged arrives.
 */
class FullDiskTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int WINDOW = 16;

    private final Random random = new Random(1);
    private final Set<Long> acknowledged = new TreeSet<>();
    private final Set<Long> heard = new ConcurrentSkipListSet<>();
    private long number;

    @BeforeEach
    void needsASmallDisk() throws Exception {
        String missing = SmallDisk.missing();
        assumeTrue(missing.isEmpty(), missing);
    }

    @Test
    void aFullDiskRefusesPublishersUntilConsumersMadeRoom() throws Exception {
        fill(256, 1);
    }

    @Test
    @Tag("slow")
    void fiveTimesFullNothingIsLost() throws Exception {
        fill(512, 5);
    }

    private void fill(int mib, int times) throws Exception {
        try (SmallDisk disk = SmallDisk.mount(mib);
                Hub hub = Hub.start(new ConfigReader(Map.of())
                        .flag("test", "data", disk.path().resolve("data").toString())
                        .flag("test", "eftl.port", 0)
                        .flag("test", "durable.bytes", "1GiB")
                        .flag("test", "disk.alarm", "128MiB")
                        .flag("test", "disk.floor", "64MiB")
                        .flag("test", "disk.reserve", "16MiB")
                        .flag("test", "disk.write-buffers", "16MiB")
                        .read())) {
            Path reserve = disk.path().resolve("data").resolve("reserve");
            listen(hub).close();
            for (int i = 0; i < times; i++) {
                try (EftlConnection publisher = connect(hub, "publisher")) {
                    assertThat(refusal(publisher))
                            .matches("the disk of the data folder has \\d+ MiB left;"
                                    + " nothing new is taken until it has 96 MiB: .*");
                    assertThat(reserve).doesNotExist();
                    EftlConnection consumer = listen(hub);
                    await().atMost(PATIENCE).until(() -> heard.containsAll(acknowledged));
                    await().atMost(PATIENCE).until(() -> taken(publisher));
                    await().atMost(PATIENCE).until(() -> heard.containsAll(acknowledged));
                    consumer.close();
                    assertThat(reserve).hasSize(16 << 20);
                    assertThat(hub.failure()).isNotDone();
                }
            }
            assertThat(acknowledged).hasSizeGreaterThan(times * 300);
        }
    }

    /** Publishes until the hub refuses, and says why it did. */
    private String refusal(EftlConnection publisher) {
        Deque<Map.Entry<Long, CompletableFuture<Integer>>> open = new ArrayDeque<>();
        while (true) {
            open.add(publish(publisher));
            if (open.size() == WINDOW) {
                Map.Entry<Long, CompletableFuture<Integer>> oldest = open.remove();
                try {
                    oldest.getValue().join();
                    acknowledged.add(oldest.getKey());
                } catch (CompletionException refused) {
                    assertThat(refused).hasCauseInstanceOf(EftlException.class);
                    EftlException told = (EftlException) refused.getCause();
                    assertThat(told.code()).isEqualTo(11);
                    open.forEach(rest ->
                            rest.getValue().handle((receivers, why) -> null).join());
                    return String.valueOf(told.getMessage());
                }
            }
        }
    }

    private boolean taken(EftlConnection publisher) {
        Map.Entry<Long, CompletableFuture<Integer>> next = publish(publisher);
        try {
            next.getValue().join();
            acknowledged.add(next.getKey());
            return true;
        } catch (CompletionException stillRefused) {
            return false;
        }
    }

    private Map.Entry<Long, CompletableFuture<Integer>> publish(EftlConnection publisher) {
        byte[] noise = new byte[75_000];
        random.nextBytes(noise);
        Fields fields = Fields.builder()
                .put("n", ++number)
                .put("noise", Base64.getEncoder().encodeToString(noise))
                .build();
        return Map.entry(number, publisher.publish(EftlMessage.of(fields)));
    }

    private EftlConnection listen(Hub hub) {
        EftlConnection consumer = connect(hub, "consumer");
        consumer.subscribe(
                        SubscribeOptions.everything().durable("all"),
                        message ->
                                heard.add(((Value.Int) message.fields().get("n").orElseThrow()).value()))
                .join();
        return consumer;
    }

    private static EftlConnection connect(Hub hub, String id) {
        return Eftl.connect(hub.eftlUrl(), EftlOptions.defaults().clientId(id)).join();
    }
}
