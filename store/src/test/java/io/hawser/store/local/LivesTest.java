package io.hawser.store.local;

import static io.hawser.store.local.Scene.ONE;
import static io.hawser.store.local.Scene.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.store.durable.DurableLimits;
import io.hawser.core.store.durable.DurableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any order of appends, hand-outs, acknowledgements, restarts and kills, against lists that know what must be true. */
class LivesTest {
    private static final int LIVES = 12;
    private static final int STEPS = 40;

    @TempDir
    private Path temp;

    @Test
    void nothingIsLostOrUnflaggedWhateverHappens() {
        for (long seed = 0; seed < LIVES; seed++) {
            Life life = new Life(seed, temp);
            for (int step = 0; step < STEPS; step++) {
                life.step(step);
            }
            life.end();
        }
    }

    /** One store, and what it must hold. */
    private static final class Life {
        private final String description;
        private final Random random;
        private final Path temp;
        private final Map<DurableName, List<Long>> waiting = new HashMap<>();
        private final Set<String> handedOut = new HashSet<>();
        private Scene scene;

        Life(long seed, Path temp) {
            this.description = "seed " + seed;
            this.random = new Random(seed);
            this.temp = temp.resolve("seed" + seed);
            this.scene = new Scene(this.temp.resolve("born"), new DurableLimits(100_000, 1 << 30));
            scene.define(ONE, TWO);
            waiting.put(ONE, new ArrayList<>());
            waiting.put(TWO, new ArrayList<>());
        }

        void step(int step) {
            switch (random.nextInt(8)) {
                case 0, 1 -> append();
                case 2 -> scene.restart();
                case 3 -> kill(step);
                default -> consume(random.nextBoolean() ? ONE : TWO, random.nextInt(8));
            }
        }

        private void append() {
            List<CompletableFuture<Long>> sent = new ArrayList<>();
            for (int n = 0; n < 5; n++) {
                sent.add(scene.append(n, ONE, TWO));
            }
            sent.forEach(id -> waiting.values().forEach(ids -> ids.add(id.join())));
        }

        private void kill(int step) {
            Scene next = scene.killed(temp.resolve("killed" + step));
            scene.close();
            scene = next;
        }

        private void consume(DurableName name, int credit) {
            Scene.Ear ear = scene.ear(name, credit);
            ear.heard.forEach(message -> assertThat(message.deliveryCount() > 1)
                    .as("%s: %s of %s flagged", description, message.id(), name)
                    .isEqualTo(handedOut.contains(name.name() + message.id())));
            List<Long> ids = ear.ids();
            List<Long> expected = Objects.requireNonNull(waiting.get(name));
            assertThat(ids)
                    .as(description)
                    .isEqualTo(List.copyOf(expected.subList(0, Math.min(credit, expected.size()))));
            ids.forEach(id -> handedOut.add(name.name() + id));
            List<Long> done = ids.subList(0, random.nextInt(ids.size() + 1));
            ear.consumer.acknowledge(done);
            ear.consumer.close();
            Scene.barrier(scene.store());
            expected.removeAll(done);
        }

        void end() {
            consume(ONE, 10_000);
            consume(TWO, 10_000);
            scene.close();
        }
    }
}
