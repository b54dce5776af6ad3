package io.hawser.store.nats;

import static io.hawser.store.nats.NatsScene.MAP;
import static io.hawser.store.nats.NatsScene.ONE;
import static io.hawser.store.nats.NatsScene.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.core.message.TestMessages;
import io.hawser.core.store.durable.MessageId;
import io.hawser.core.store.object.ObjectName;
import io.hawser.core.store.object.Upload;
import io.hawser.core.store.object.UploadRequest;
import io.hawser.core.value.Fields;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a store on NATS when hubs come and go. */
@Timeout(60)
class NatsLivesTest {
    private static final ObjectName FILE = new ObjectName("gcs-7", "logs/one");

    private final NatsSettings settings = NatsScene.fresh();

    @Test
    void everythingIsThereForTheNextHub() {
        NatsScene first = new NatsScene(settings, "first").define();
        MessageId id = new MessageId("life", 1);
        done(first.append(1, Optional.of(id)));
        done(first.append(2));
        done(first.set("a", "1"));
        Upload upload = done(first.store().objects().begin(UploadRequest.of(FILE)));
        byte[] content = new byte[300_000];
        new Random(1).nextBytes(content);
        done(upload.write(ByteBuffer.wrap(content)));
        done(upload.commit());
        Upload interrupted = done(first.store().objects().begin(UploadRequest.of(new ObjectName("gcs-7", "two"))));
        done(interrupted.write(ByteBuffer.wrap(content)));
        try (NatsScene second = first.restart()) {
            assertThat(done(second.append(1, Optional.of(id)))).isZero();
            assertThat(new NatsScene.Ear(second, 10).numbers()).containsExactly(1L, 2L);
            assertThat(second.get("a")).contains("1");
            assertThat(done(second.store().objects().open(FILE))
                            .orElseThrow()
                            .info()
                            .size())
                    .isEqualTo(300_000);
            Upload again =
                    done(second.store().objects().resume(interrupted.id())).orElseThrow();
            assertThat(again.offset()).isEqualTo(262_144);
        }
    }

    @Test
    void aMessageLongerThanNatsTakesIsInPieces() {
        String text = "x".repeat(3_000_000);
        NatsScene first = new NatsScene(settings, "first").define();
        Fields long1 = Fields.builder().put("n", 1L).put("text", text).build();
        done(first.store().durables().append(TestMessages.on("long", long1), Optional.empty(), List.of(ONE)));
        done(first.append(2));
        try (NatsScene second = first.restart()) {
            NatsScene.Ear ear = new NatsScene.Ear(second, 2);
            await().until(() -> ear.heard.size() == 2);
            assertThat(ear.numbers()).containsExactly(1L, 2L);
            assertThat(ear.heard.get(0).message().fields().string("text")).contains(text);
        }
    }

    @Test
    void aSecondHubIsRefusedWhileTheFirstLives() {
        try (NatsScene first = new NatsScene(settings, "the hub on the hill").define()) {
            assertThatThrownBy(() -> new NatsScene(settings, "another"))
                    .hasMessageStartingWith("the store " + settings.name() + " at " + settings.url()
                            + " is used by the hub on the hill; stop that hub first")
                    .hasMessageContaining("store.nats.name");
            assertThat(done(first.append(1))).isPositive();
            assertThat(first.failures()).isEmpty();
        }
    }

    @Test
    void aHubWhoseStoreIsTakenKeepsAndTellsNothingMore() throws Exception {
        try (NatsScene first = new NatsScene(settings, "first").define()) {
            done(first.append(1));
            done(first.set("a", "1"));
            forgetLease();
            try (NatsScene second = new NatsScene(settings, "second")) {
                assertThatThrownBy(() -> done(first.append(2)))
                        .hasMessageContaining("another hub has taken the store " + settings.name());
                assertThatThrownBy(() -> done(first.store().maps().get(MAP, "a")))
                        .hasMessageContaining("another hub has taken the store");
                assertThat(first.failures()).hasSize(1);
                assertThat(new NatsScene.Ear(second, 10).numbers()).containsExactly(1L);
                assertThat(done(second.set("a", "2"))).isPositive();
            }
        }
    }

    @Test
    void aHubThatOnlyReadsHearsThatItsStoreIsTaken() throws Exception {
        try (NatsScene first = new NatsScene(settings, "first").define()) {
            forgetLease();
            try (NatsScene second = new NatsScene(settings, "second")) {
                await().until(() -> !first.failures().isEmpty());
                assertThatThrownBy(() -> done(first.store().maps().get(MAP, "a")))
                        .hasMessageContaining("another hub has taken the store");
                assertThat(second.failures()).isEmpty();
            }
        }
    }

    /** As far as NATS knows, that is what a kill is; verify's NatsKillTest kills. */
    @Test
    void aHubThatIsCutOffIsReplacedAfterItsLeaseAndNothingIsLost() {
        LossyWay way = new LossyWay(URI.create(settings.url()).getPort());
        try (way;
                NatsScene first = new NatsScene(settings.withUrl(way.url()), "first").define()) {
            for (long n = 1; n <= 50; n++) {
                done(first.append(n));
            }
            way.close();
            try (NatsScene second = new NatsScene(settings, "second")) {
                assertThat(done(second.append(51))).isPositive();
                NatsScene.Ear ear = new NatsScene.Ear(second, 100);
                await().until(() -> ear.heard.size() >= 51);
                assertThat(ear.numbers())
                        .isEqualTo(LongStream.rangeClosed(1, 51).boxed().toList());
            }
            await().until(() -> first.set("probe", "").isCompletedExceptionally());
        }
    }

    /** Does what nobody should: the second hub believes that there is no first. */
    private void forgetLease() throws Exception {
        try (Link operator = NatsScene.operator(settings)) {
            operator.connection().keyValue(settings.stream("LEASE")).delete("owner");
        }
    }

    @Test
    void theJournalStaysShortAndNothingOfUseIsCutOff() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Map<String, String> expected = new HashMap<>();
        NatsScene scene = new NatsScene(settings, "life 0").define();
        done(scene.append(0));
        for (int life = 1; life <= 3; life++) {
            for (int i = 0; i < 1_000; i++) {
                String key = "k" + random.nextInt(40);
                if (random.nextInt(4) == 0) {
                    CompletableFuture<Long> unused = scene.store().maps().remove(MAP, key);
                    expected.remove(key);
                } else {
                    String text = i + "x".repeat(random.nextInt(2_000));
                    CompletableFuture<Long> unused = scene.set(key, text);
                    expected.put(key, text);
                }
                if (random.nextInt(20) == 0) {
                    done(scene.store().maps().get(MAP, key));
                }
            }
            scene = scene.restart();
            for (int k = 0; k < 40; k++) {
                assertThat(scene.get("k" + k)).isEqualTo(Optional.ofNullable(expected.get("k" + k)));
            }
        }
        assertThat(new NatsScene.Ear(scene, 10).numbers()).containsExactly(0L);
        scene.close();
        try (Link operator = NatsScene.operator(settings)) {
            long bytes = operator.management()
                    .getStreamInfo(settings.stream("JOURNAL"))
                    .getStreamState()
                    .getByteCount();
            assertThat(bytes).isLessThan(700_000);
        }
    }

    @Test
    void whatIsAcknowledgedByAConsumerIsSoonOnNatsThoughNobodyWaitsForIt() throws Exception {
        try (NatsScene first = new NatsScene(settings, "first").define()) {
            done(first.append(1));
            NatsScene.Ear ear = new NatsScene.Ear(first, 1);
            long before = last();
            ear.acknowledge();
            await().until(() -> last() > before);
            forgetLease();
            try (NatsScene second = new NatsScene(settings, "second")) {
                assertThat(new NatsScene.Ear(second, 10).numbers()).isEmpty();
            }
        }
    }

    private long last() throws Exception {
        try (Link operator = NatsScene.operator(settings)) {
            return operator.management()
                    .getStreamInfo(settings.stream("JOURNAL"))
                    .getStreamState()
                    .getLastSequence();
        }
    }
}
