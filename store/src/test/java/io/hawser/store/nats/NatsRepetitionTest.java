package io.hawser.store.nats;

import static io.hawser.store.nats.NatsScene.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What JetStream has kept though its answer was lost is sent again, and kept once. */
@Timeout(60)
class NatsRepetitionTest {
    private final NatsSettings direct = NatsScene.fresh();

    @Test
    void whatJetStreamKnowsByItsIdIsKeptOnce() throws Exception {
        lose(Duration.ofMinutes(2));
    }

    @Test
    void whatJetStreamHasForgottenTheIdOfIsFoundWhereItMustBe() throws Exception {
        lose(Duration.ofMillis(100));
    }

    /** Loses the answer to a message whose id JetStream knows for {@code window}. */
    private void lose(Duration window) throws Exception {
        try (LossyWay way = new LossyWay(URI.create(direct.url()).getPort());
                Link operator = NatsScene.operator(direct);
                NatsScene scene = new NatsScene(lossy(way), "hub").define()) {
            StreamConfiguration journal = journal(operator).getConfiguration();
            operator.management()
                    .updateStream(StreamConfiguration.builder(journal)
                            .duplicateWindow(window)
                            .build());
            done(scene.append(1));
            long before = last(operator);
            way.loseAnswers();
            CompletableFuture<Long> second = scene.append(2);
            await().until(() -> last(operator) == before + 1);
            await().until(() -> scene.set("probe", "").isCompletedExceptionally());
            assertThat(second).isNotDone();
            way.mend();
            assertThat(done(second)).isPositive();
            NatsScene.Ear ear = new NatsScene.Ear(scene, 10);
            await().until(() -> ear.heard.size() >= 2);
            assertThat(ear.numbers()).containsExactly(1L, 2L);
            assertThat(scene.failures()).isEmpty();
        }
        try (NatsScene next = new NatsScene(direct, "next")) {
            assertThat(new NatsScene.Ear(next, 10).numbers()).containsExactly(1L, 2L);
        }
    }

    private NatsSettings lossy(LossyWay way) {
        return new NatsSettings(
                way.url(), direct.name(), 1, Duration.ofMillis(500), Duration.ofSeconds(10), NatsAccess.NONE);
    }

    private StreamInfo journal(Link operator) throws Exception {
        return operator.management().getStreamInfo(direct.stream("JOURNAL"));
    }

    private long last(Link operator) throws Exception {
        return journal(operator).getStreamState().getLastSequence();
    }
}
