package io.hawser.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.store.object.ObjectInfo;
import io.hawser.core.store.object.ObjectLimits;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.core.store.object.TestBytes;
import io.hawser.core.store.object.Upload;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any order of uploads, replacements, deletions, restarts and kills, at rest and under way: the old object or the new. */
class ObjectLivesTest {
    private static final int LIVES = 8;
    private static final int STEPS = 40;
    private static final int LONGEST = 5 * StoredObjects.CHUNK / 2;

    @TempDir
    private Path temp;

    @Test
    void eitherTheOldOrTheNewObjectIsThereWhateverHappens() {
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
        private ObjectScene scene;
        /** The SHA-256 of what must be there. */
        private Optional<String> content = Optional.empty();

        /** What is being uploaded; null if nothing is. */
        private byte @Nullable [] draft;

        private String id = "";
        private int sent;

        Life(long seed, Path temp) {
            this.description = "seed " + seed;
            this.random = new Random(seed);
            this.temp = temp.resolve("seed" + seed);
            this.scene = new ObjectScene(this.temp.resolve("born"), ObjectLimits.DEFAULT);
        }

        void step(int step) {
            switch (random.nextInt(8)) {
                case 0 -> {
                    ObjectScene.done(scene.objects().delete(ObjectScene.NAME));
                    content = Optional.empty();
                }
                case 1 -> scene.restart();
                case 2 -> kill(step);
                case 3 -> change(step);
                default -> upload();
            }
            assertThat(read()).as("%s, step %d", description, step).isEqualTo(content);
        }

        private Optional<String> read() {
            return scene.read().map(TestBytes::sha256);
        }

        /** Some more of the draft, or a commit when it is whole. */
        private void upload() {
            byte[] bytes = draft();
            Upload upload = ObjectScene.done(scene.objects().resume(id)).orElseThrow();
            assertThat(sent - (int) upload.offset()).as(description).isBetween(0, StoredObjects.CHUNK);
            sent = bytes.length - (int) upload.offset() < 1000
                    ? bytes.length
                    : (int) upload.offset() + random.nextInt(bytes.length - (int) upload.offset() + 1);
            ObjectScene.write(upload, bytes, (int) upload.offset(), sent);
            if (sent == bytes.length) {
                ObjectScene.done(upload.commit(TestBytes.sha256(bytes)));
                content = Optional.of(TestBytes.sha256(bytes));
                draft = null;
            }
        }

        private byte[] draft() {
            byte[] bytes = draft;
            if (bytes == null) {
                bytes = TestBytes.random(random.nextLong(), random.nextInt(LONGEST));
                draft = bytes;
                id = scene.begin().id();
                sent = 0;
            }
            return bytes;
        }

        private void kill(int step) {
            ObjectScene next = scene.killed(temp.resolve("killed" + step));
            scene.close();
            scene = next;
        }

        /** A kill while an object is replaced or deleted: what is there afterwards is one or the other, whole. */
        private void change(int step) {
            byte[] newer = TestBytes.random(random.nextLong(), random.nextInt(LONGEST));
            boolean deleting = random.nextBoolean();
            Upload upload = scene.begin();
            ObjectScene.write(upload, newer, 0, newer.length);
            CompletableFuture<?> changed =
                    deleting ? scene.objects().delete(ObjectScene.NAME) : upload.commit(TestBytes.sha256(newer));
            for (int spins = random.nextInt(60_000); spins > 0 && !changed.isDone(); spins--) {
                Thread.onSpinWait();
            }
            boolean told = changed.isDone();
            kill(step);
            Optional<String> after = deleting ? Optional.empty() : Optional.of(TestBytes.sha256(newer));
            Optional<String> found = read();
            if (told) {
                assertThat(found).as("%s, step %d, told", description, step).isEqualTo(after);
            } else {
                assertThat(found).as("%s, step %d", description, step).isIn(content, after);
            }
            content = found;
        }

        void end() {
            Optional<ObjectInfo> info = ObjectScene.done(scene.objects().info(ObjectScene.NAME));
            assertThat(info.map(ObjectInfo::sha256)).as(description).isEqualTo(content);
            scene.close();
        }
    }
}
