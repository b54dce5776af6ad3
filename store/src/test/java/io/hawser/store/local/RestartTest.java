package io.hawser.store.local;

import static io.hawser.store.local.Scene.ONE;
import static io.hawser.store.local.Scene.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.store.durable.DurableInfo;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.durable.MessageId;
import io.hawser.core.time.ManualClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was promised before an end or a kill holds after it. */
class RestartTest {
    @TempDir
    private Path temp;

    private Scene scene;

    @BeforeEach
    void open() {
        scene = new Scene(temp.resolve("data"));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void keepsDefinitionsAndMessagesInOrder() {
        scene.define(ONE, TWO);
        scene.append(1, ONE, TWO).join();
        scene.append(2, TWO).join();
        scene.append(3, ONE).join();
        scene.restart();
        assertThat(scene.store().durables().list().join())
                .extracting(DurableInfo::name)
                .containsExactly(ONE, TWO);
        assertThat(scene.info(TWO).definition().bytes()).isEqualTo("two".getBytes(StandardCharsets.UTF_8));
        assertThat(scene.info(TWO).settings()).isEqualTo(Scene.ROOMY);
        assertThat(scene.ear(ONE, 9).texts()).containsExactly("1x1", "3x1");
        assertThat(scene.ear(TWO, 9).texts()).containsExactly("1x1", "2x1");
    }

    @Test
    void flagsWhatWasHandedOutAndNothingElse() {
        scene.define(ONE);
        for (int n = 1; n <= 4; n++) {
            scene.append(n, ONE).join();
        }
        Scene.Ear ear = scene.ear(ONE, 2);
        assertThat(ear.texts()).containsExactly("1x1", "2x1");
        Scene killed = scene.killed(temp.resolve("killed"));
        assertThat(killed.ear(ONE, 9).texts()).containsExactly("1x2", "2x2", "3x1", "4x1");
        killed.close();
    }

    @Test
    void aDeliveryRightAfterTheAppendIsFlaggedAfterAKill() {
        scene.define(ONE);
        Scene.Ear ear = scene.ear(ONE, 9);
        scene.append(1, ONE).join();
        Scene.barrier(scene.store());
        assertThat(ear.texts()).containsExactly("1x1");
        Scene killed = scene.killed(temp.resolve("killed"));
        assertThat(killed.ear(ONE, 9).texts()).containsExactly("1x2");
        killed.close();
    }

    @Test
    void acknowledgedStaysAcknowledged() {
        scene.define(ONE, TWO);
        scene.append(1, ONE, TWO).join();
        scene.append(2, ONE, TWO).join();
        Scene.Ear ear = scene.ear(ONE, 9);
        ear.consumer.acknowledge(List.of(ear.ids().get(0)));
        Scene.barrier(scene.store());
        scene.restart();
        assertThat(scene.ear(ONE, 9).texts()).containsExactly("2x2");
        assertThat(scene.ear(TWO, 9).texts()).containsExactly("1x1", "2x1");
    }

    @Test
    void idsGoOnGrowingEvenIfNothingIsLeft() {
        scene.define(ONE);
        long before = scene.append(1, ONE).join();
        long nobody = scene.append(2).join();
        Scene.Ear ear = scene.ear(ONE, 9);
        ear.consumer.acknowledge(ear.ids());
        scene.restart();
        assertThat(nobody).isGreaterThan(before);
        assertThat(scene.append(3, ONE).join()).isGreaterThan(nobody);
    }

    @Test
    void aDeletedDurableStaysDeletedAndTheOthersKeepTheirMessages() {
        scene.define(ONE, TWO);
        for (int n = 1; n <= 10_000; n++) {
            scene.append(n, ONE, TWO);
        }
        scene.store().durables().delete(ONE).join();
        Scene killed = scene.killed(temp.resolve("killed"));
        assertThat(killed.store().durables().list().join())
                .extracting(DurableInfo::name)
                .containsExactly(TWO);
        killed.define(ONE);
        assertThat(killed.ear(ONE, 9).heard).isEmpty();
        assertThat(killed.ear(TWO, 20_000).heard).hasSize(10_000);
        killed.close();
    }

    @Test
    void limitsCountWhatWasThereBefore() {
        scene.define(ONE, Scene.ROOMY.withRoom(1, 1_000, DurableSettings.WhenFull.REJECT));
        scene.append(1, ONE).join();
        scene.restart();
        assertThat(scene.append(2, ONE)).failsWithin(Duration.ofSeconds(10));
    }

    @Test
    void deliveriesAreCountedOnAfterAKill() {
        scene.define(ONE, Scene.ROOMY.shared());
        scene.append(1, ONE).join();
        scene.append(2, ONE).join();
        Scene.Ear ear = scene.ear(ONE, 4);
        ear.consumer.reject(ear.ids());
        Scene.barrier(scene.store());
        assertThat(ear.texts()).containsExactly("1x1", "2x1", "1x2", "2x2");
        Scene killed = scene.killed(temp.resolve("killed"));
        assertThat(killed.ear(ONE, 9).texts()).containsExactly("1x3", "2x3");
        killed.close();
    }

    @Test
    void aMessageDeliveredTooOftenIsDroppedAfterAKillToo() {
        scene.define(ONE, Scene.ROOMY.withRedelivery(Duration.ZERO, 1));
        long id = scene.append(1, ONE).join();
        assertThat(scene.ear(ONE, 9).texts()).containsExactly("1x1");
        Scene killed = scene.killed(temp.resolve("killed"));
        assertThat(killed.ear(ONE, 9).texts()).isEmpty();
        assertThat(killed.told()).containsExactly("UNDELIVERABLE one " + id);
        killed.close();
    }

    @Test
    void whatIsPublishedTwiceIsKeptOnceAcrossARestartAndAKill() {
        scene.define(ONE);
        MessageId id = new MessageId("session", 4_711);
        scene.append(id, 1, ONE).join();
        Scene killed = scene.killed(temp.resolve("killed"));
        assertThat(killed.append(id, 1, ONE).join()).isZero();
        killed.restart();
        assertThat(killed.append(id, 1, ONE).join()).isZero();
        assertThat(killed.append(new MessageId("session", 4_712), 2, ONE).join())
                .isPositive();
        assertThat(killed.ear(ONE, 9).texts()).containsExactly("1x1", "2x1");
        killed.close();
    }

    @Test
    void aPurgeSurvivesAKill() {
        scene.define(ONE, TWO);
        for (int n = 1; n <= 10_000; n++) {
            scene.append(n, ONE, TWO);
        }
        scene.ear(ONE, 10);
        scene.store().durables().purge(ONE).join();
        scene.append(10_001, ONE).join();
        Scene killed = scene.killed(temp.resolve("killed"));
        assertThat(killed.ear(ONE, 9).texts()).containsExactly("10001x1");
        assertThat(killed.ear(TWO, 20_000).heard).hasSize(10_000);
        killed.restart();
        assertThat(killed.info(ONE).out() + killed.info(ONE).waiting()).isEqualTo(1);
        killed.close();
    }

    @Test
    void aLastValueDurableIsTheSameAfterAKill() {
        scene.define(ONE, Scene.ROOMY.lastValue("n"));
        scene.append(1, ONE).join();
        scene.append(2, ONE).join();
        scene.append(1, ONE).join();
        Scene killed = scene.killed(temp.resolve("killed"));
        assertThat(killed.ear(ONE, 9).texts()).containsExactly("2x1", "1x1");
        killed.append(2, ONE).join();
        assertThat(killed.ear(ONE, 9).texts()).containsExactly("1x1", "2x1");
        killed.close();
    }

    @Test
    void timesGoOnOverARestart() {
        ManualClock clock = new ManualClock();
        clock.advance(Duration.ofDays(1));
        Scene timed = new Scene(temp.resolve("timed"), clock);
        timed.define(ONE, Scene.ROOMY.withMessageTtl(Duration.ofHours(2)).withDurableTtl(Duration.ofHours(3)));
        timed.append(1, ONE).join();
        clock.advance(Duration.ofHours(1));
        timed.append(2, ONE).join();
        timed.restart();
        clock.advance(Duration.ofHours(1));
        Scene.barrier(timed.store());
        assertThat(timed.info(ONE).waiting()).isEqualTo(1);
        timed.close();
        clock.advance(Duration.ofHours(5));
        timed = new Scene(temp.resolve("timed"), clock);
        Scene.barrier(timed.store());
        assertThat(timed.told()).containsExactly("EXPIRED one 2");
        clock.advance(Duration.ofMinutes(10));
        Scene.barrier(timed.store());
        assertThat(timed.store().durables().list().join()).isEmpty();
        assertThat(timed.told()).contains("deleted one");
        timed.close();
    }
}
