package io.hawser.store.local;

import static io.hawser.store.local.Scene.ONE;
import static io.hawser.store.local.Scene.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.store.durable.DurableLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
        scene = new Scene(temp.resolve("data"), new DurableLimits(100_000, 1 << 30));
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
        assertThat(scene.store().durables().definitions().join())
                .containsOnlyKeys(ONE, TWO)
                .containsEntry(TWO, "two".getBytes(StandardCharsets.UTF_8));
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
        assertThat(killed.store().durables().definitions().join()).containsOnlyKeys(TWO);
        killed.define(ONE);
        assertThat(killed.ear(ONE, 9).heard).isEmpty();
        assertThat(killed.ear(TWO, 20_000).heard).hasSize(10_000);
        killed.close();
    }

    @Test
    void limitsCountWhatWasThereBefore() {
        scene.close();
        Scene small = new Scene(temp.resolve("small"), new DurableLimits(1, 1_000));
        small.define(ONE);
        small.append(1, ONE).join();
        small.restart();
        assertThat(small.append(2, ONE)).failsWithin(java.time.Duration.ofSeconds(10));
        small.close();
        scene = new Scene(temp.resolve("other"), DurableLimits.DEFAULT);
    }
}
