package io.hawser.store.local;

import static io.hawser.store.local.Scene.ONE;
import static io.hawser.store.local.Scene.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.StoredMessage;
import io.hawser.core.time.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
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
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final DurableName SHARED = new DurableName("test", "shared");

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
        private final ManualClock clock = new ManualClock();
        private final Set<String> handedOut = new HashSet<>();
        private Scene scene;

        Life(long seed, Path temp) {
            this.description = "seed " + seed;
            this.random = new Random(seed);
            this.temp = temp.resolve("seed" + seed);
            this.scene = new Scene(this.temp.resolve("born"), clock);
            scene.define(ONE, TWO);
            scene.define(SHARED, Scene.ROOMY.shared().withRedelivery(PATIENCE, 0));
            waiting.put(ONE, new ArrayList<>());
            waiting.put(TWO, new ArrayList<>());
            waiting.put(SHARED, new ArrayList<>());
        }

        void step(int step) {
            switch (random.nextInt(10)) {
                case 0, 1 -> append();
                case 2 -> scene.restart();
                case 3 -> kill(step);
                case 4, 5 -> share(random.nextInt(6), random.nextInt(6));
                default -> consume(random.nextBoolean() ? ONE : TWO, random.nextInt(8));
            }
        }

        private void append() {
            List<CompletableFuture<Long>> sent = new ArrayList<>();
            for (int n = 0; n < 5; n++) {
                sent.add(scene.append(n, ONE, TWO, SHARED));
            }
            sent.forEach(id -> waiting.values().forEach(ids -> ids.add(id.join())));
        }

        private void kill(int step) {
            Scene next = scene.killed(temp.resolve("killed" + step));
            scene.close();
            scene = next;
        }

        /** Delivered again is flagged, delivered for the first time is not. */
        private void hear(DurableName name, StoredMessage message) {
            assertThat(message.deliveryCount() > 1)
                    .as("%s: %s of %s flagged", description, message.id(), name)
                    .isEqualTo(!handedOut.add(name.name() + message.id()));
        }

        /** Two consumers; some of what they have not acknowledged in time goes to the other one. */
        private void share(int credit, int more) {
            List<Scene.Ear> ears = List.of(scene.ear(SHARED, credit), scene.ear(SHARED, more));
            Map<Long, Scene.Ear> holders = new HashMap<>();
            ears.forEach(ear -> ear.heard.forEach(message -> {
                hear(SHARED, message);
                holders.put(message.id(), ear);
            }));
            List<Long> expected = Objects.requireNonNull(waiting.get(SHARED));
            assertThat(holders.keySet())
                    .as(description)
                    .hasSize(Math.min(credit + more, expected.size()))
                    .isSubsetOf(expected);
            List<Integer> before = ears.stream().map(ear -> ear.heard.size()).toList();
            clock.advance(PATIENCE);
            Scene.barrier(scene.store());
            holders.clear();
            ears.forEach(ear -> ear.consumer.request(3));
            Scene.barrier(scene.store());
            for (int i = 0; i < ears.size(); i++) {
                Scene.Ear ear = ears.get(i);
                for (StoredMessage message : ear.heard.subList(before.get(i), ear.heard.size())) {
                    hear(SHARED, message);
                    holders.put(message.id(), ear);
                }
            }
            holders.forEach((id, ear) -> {
                if (random.nextBoolean()) {
                    ear.consumer.acknowledge(List.of(id));
                    expected.remove(id);
                }
            });
            ears.forEach(ear -> ear.consumer.close());
            assertThat(scene.store().durables().view(SHARED, 0, 1_000).join())
                    .extracting(StoredMessage::id)
                    .as(description)
                    .isEqualTo(expected);
        }

        private void consume(DurableName name, int credit) {
            Scene.Ear ear = scene.ear(name, credit);
            ear.heard.forEach(message -> hear(name, message));
            List<Long> ids = ear.ids();
            List<Long> expected = Objects.requireNonNull(waiting.get(name));
            assertThat(ids)
                    .as(description)
                    .isEqualTo(List.copyOf(expected.subList(0, Math.min(credit, expected.size()))));
            List<Long> done = ids.subList(0, random.nextInt(ids.size() + 1));
            ear.consumer.acknowledge(done);
            ear.consumer.close();
            Scene.barrier(scene.store());
            expected.removeAll(done);
        }

        void end() {
            consume(ONE, 10_000);
            consume(TWO, 10_000);
            share(5_000, 5_000);
            scene.close();
        }
    }
}
