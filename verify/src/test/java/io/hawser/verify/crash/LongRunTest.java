package io.hawser.verify.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.EftlOptions.WhenFull;
import io.hawser.eftl.SubscribeOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred thousand messages for a durable, a thousand of them unacknowledged at once, and the hub killed in the middle and
 * started again at its address: the clients come back by themselves, everything is acknowledged, and arrives in order.
 */
class LongRunTest {
    private static final int MESSAGES = 100_000;
    private static final int WINDOW = 1_000;
    private static final String FILLER = "y".repeat(110);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong heard = new AtomicLong();
    private final AtomicLong again = new AtomicLong();
    private final List<String> wrong = new CopyOnWriteArrayList<>();

    @Test
    @Tag("slow")
    void aHundredThousandMessagesSurviveAKillInTheirOrder() throws Exception {
        CompletableFuture<?>[] published = new CompletableFuture<?>[MESSAGES];
        HubProcess hub = HubProcess.start(folder);
        try (EftlConnection subscriber = connect(hub, "s");
                EftlConnection publisher = connect(hub, "p")) {
            subscriber
                    .subscribe(SubscribeOptions.everything().durable("d"), this::hear)
                    .join();
            for (int i = 0; i < MESSAGES; i++) {
                if (i == MESSAGES / 2) {
                    hub.kill();
                    System.out.println(
                            "killed with " + i + " published, " + acknowledged + " acknowledged, " + heard + " heard");
                    hub = hub.successor(folder);
                }
                published[i] = publisher.publish(numbered(i + 1)).thenRun(acknowledged::incrementAndGet);
            }
            assertThat(CompletableFuture.allOf(published)).succeedsWithin(PATIENCE);
            await().atMost(PATIENCE).until(() -> heard.get() == MESSAGES);
        } finally {
            hub.close();
        }
        System.out.println(MESSAGES + " published, " + acknowledged + " acknowledged, " + heard + " heard in order, "
                + again + " again with their count");
        assertThat(wrong).isEmpty();
    }

    private static EftlConnection connect(HubProcess hub, String id) {
        EftlOptions options = EftlOptions.defaults()
                .clientId(id)
                .maxUnacknowledged(WINDOW, 1 << 20)
                .whenFull(WhenFull.WAIT)
                .autoReconnectMaxDelay(Duration.ofMillis(200));
        return Eftl.connect(hub.url(), options).join();
    }

    private static EftlMessage numbered(long n) {
        return EftlMessage.builder().setLong("n", n).setString("x", FILLER).build();
    }

    /** Each number is one more than the last, or was here before and says so. */
    private void hear(EftlMessage message) {
        long n = message.getLong("n").orElseThrow();
        if (n == heard.get() + 1) {
            heard.set(n);
        } else if (n <= heard.get() && message.deliveryCount() >= 2) {
            again.incrementAndGet();
        } else {
            wrong.add(n + " with count " + message.deliveryCount() + " after " + heard);
        }
    }
}
