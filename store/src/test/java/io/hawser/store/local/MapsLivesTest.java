package io.hawser.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.map.MapEntry;
import io.hawser.core.store.map.MapName;
import io.hawser.core.store.map.MapOutcome;
import io.hawser.core.store.map.MapSettings;
import io.hawser.core.store.map.MapStart;
import io.hawser.core.store.map.MapWatch;
import io.hawser.core.store.map.Maps;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any order of changes, drops, restarts and kills, against a map that knows what must be true and a mirror that watches. */
class MapsLivesTest {
    private static final MapName NAME = new MapName("test", "one");
    private static final int LIVES = 12;
    private static final int STEPS = 60;
    private static final int DEPTH = 2;

    @TempDir
    private Path temp;

    @Test
    void nothingIsLostAndNoRevisionGoesBackWhateverHappens() {
        for (long seed = 0; seed < LIVES; seed++) {
            Life life = new Life(seed, temp);
            for (int step = 0; step < STEPS; step++) {
                life.step(step);
            }
            life.check();
            life.scene.close();
        }
    }

    /** What somebody knows of a map who watches it now and then, from where it stopped. */
    private static final class Mirror implements MapWatch.Listener {
        private final Map<String, MapEntry> known = new TreeMap<>();
        private long revision;

        void catchUp(Scene scene, Random random) {
            MapWatch watch = scene.store().maps().watch(NAME, "", MapStart.after(revision), Runnable::run, this);
            watch.request(1 + random.nextInt(3));
            watch.request(1_000);
            Scene.barrier(scene.store());
            Scene.barrier(scene.store());
            watch.close();
        }

        @Override
        public void changed(List<MapEntry> changes) {
            for (MapEntry change : changes) {
                assertThat(change.revision()).isGreaterThan(revision);
                revision = change.revision();
                if (change.kind() == MapEntry.Kind.SET) {
                    known.put(change.key(), change);
                } else {
                    known.remove(change.key());
                }
            }
        }

        @Override
        public void restarted() {
            known.clear();
            revision = 0;
        }

        @Override
        public void failed(StoreException why) {
            throw new AssertionError(why);
        }
    }

    /** One store, and what it must hold. */
    private static final class Life {
        private final String description;
        private final Random random;
        private final Path temp;
        private final Map<String, MapEntry> entries = new TreeMap<>();
        private final Map<String, List<Fields>> histories = new HashMap<>();
        private final Mirror mirror = new Mirror();
        private long last;
        private Scene scene;

        Life(long seed, Path temp) {
            this.description = "seed " + seed;
            this.random = new Random(seed);
            this.temp = temp.resolve("seed" + seed);
            this.scene = new Scene(this.temp.resolve("born"));
            define();
        }

        private Maps maps() {
            return scene.store().maps();
        }

        private void define() {
            maps().define(NAME, MapSettings.DEFAULT.withHistory(DEPTH)).join();
        }

        void step(int step) {
            switch (random.nextInt(20)) {
                case 0 -> scene.restart();
                case 1 -> kill(step);
                case 2 -> drop();
                case 3 -> check();
                default -> change();
            }
        }

        private void kill(int step) {
            Scene next = scene.killed(temp.resolve("killed" + step));
            scene.close();
            scene = next;
        }

        private void drop() {
            maps().drop(NAME).join();
            define();
            entries.clear();
            histories.clear();
        }

        private void change() {
            String key = "k" + random.nextInt(8);
            Fields value = Fields.of("n", Value.of(random.nextLong()));
            MapEntry now = entries.get(key);
            long expected = random.nextInt(4) == 0 ? random.nextInt(1_000) : now == null ? 0 : now.revision();
            boolean removes = random.nextInt(3) == 0;
            MapOutcome outcome = removes
                    ? maps().remove(NAME, key, expected).join()
                    : maps().compareAndSet(NAME, key, expected, value).join();
            boolean holds = expected == (now == null ? 0 : now.revision());
            assertThat(outcome.done()).as(description).isEqualTo(holds);
            if (!holds) {
                assertThat(outcome.revision()).as(description).isEqualTo(now == null ? 0 : now.revision());
                return;
            }
            if (removes && now == null) {
                return;
            }
            assertThat(outcome.revision()).as(description).isGreaterThan(last);
            last = outcome.revision();
            List<Fields> history = histories.computeIfAbsent(key, none -> new ArrayList<>());
            history.add(0, removes ? Fields.EMPTY : value);
            if (history.size() > DEPTH + 1) {
                history.remove(DEPTH + 1);
            }
            if (removes) {
                entries.remove(key);
            } else {
                long time = Objects.requireNonNull(maps().get(NAME, key).join().orElse(null))
                        .time();
                entries.put(key, new MapEntry(key, last, time, MapEntry.Kind.SET, value));
            }
        }

        void check() {
            assertThat(maps().keys(NAME, "", "", 100).join().keys())
                    .as(description)
                    .isEqualTo(List.copyOf(entries.keySet()));
            entries.forEach((key, entry) ->
                    assertThat(maps().get(NAME, key).join()).as(description).isEqualTo(Optional.of(entry)));
            histories.forEach(
                    (key, values) -> assertThat(maps().history(NAME, key).join())
                            .as(description)
                            .extracting(MapEntry::value)
                            .isEqualTo(values));
            assertThat(maps().info(NAME).join().orElseThrow().entries())
                    .as(description)
                    .isEqualTo(entries.size());
            mirror.catchUp(scene, random);
            assertThat(mirror.known).as(description).isEqualTo(entries);
        }
    }
}
