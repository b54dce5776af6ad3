package io.hawser.store.local.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills and empties by hand. */
class WatchTest {
    private static final long MIB = 1 << 20;
    private static final DiskSettings SETTINGS = new DiskSettings(100 * MIB, 5, 40 * MIB, 4 * MIB, 16 * MIB);

    @TempDir
    private Path folder;

    private final List<String> news = new ArrayList<>();
    private int tidied;
    private int asked;
    private long free = 500 * MIB;
    private long now;

    private Path file() {
        return folder.resolve("reserve");
    }

    /** The room that {@code free} says, without the reserve. */
    private Watch watch(DiskSettings settings) {
        Space space = new Space() {
            @Override
            public long left() throws IOException {
                asked++;
                return free - (Files.exists(file()) ? Files.size(file()) : 0);
            }

            @Override
            public long total() {
                return 1_000 * MIB;
            }
        };
        Reserve reserve = new Reserve(file(), settings.reserve());
        return new Watch(settings, space, reserve, () -> ++tidied > 0, (level, text) -> news.add(level + ": " + text));
    }

    /** A second later, with so many MiB free. */
    private void later(Watch watch, long mib) {
        free = mib * MIB;
        now += 1_000;
        watch.written(0, 0, now);
    }

    @Test
    void warnsAtItsPartOfTheDisk() {
        Watch watch = watch(new DiskSettings(10 * MIB, 5, 5 * MIB, MIB, 2 * MIB));
        later(watch, 500);
        later(watch, 51);
        assertThat(news).isEmpty();
        later(watch, 50);
        assertThat(news).singleElement().asString().startsWith("LOW: ");
    }

    @Test
    void warnsThenRefusesThenTakesAgain() {
        Watch watch = watch(SETTINGS);
        later(watch, 500);
        assertThat(file()).hasSize(4 * MIB);
        assertThat(news).isEmpty();

        later(watch, 103);
        assertThat(news)
                .containsExactly("LOW: the disk of the data folder has 99 MiB left;"
                        + " below 40 MiB nothing new is taken: make room there");
        assertThat(watch.refusal()).isEmpty();

        later(watch, 43);
        assertThat(watch.refusal().orElseThrow())
                .hasMessage("the disk of the data folder has 43 MiB left; nothing new is taken until it has 48 MiB:"
                        + " make room there, consume what waits, or delete what nobody needs");
        assertThat(file()).doesNotExist();

        later(watch, 47);
        assertThat(watch.refusal().orElseThrow()).hasMessageContaining("has 47 MiB left");
        later(watch, 48);
        assertThat(watch.refusal()).isEmpty();
        assertThat(file()).hasSize(4 * MIB);

        later(watch, 107);
        assertThat(news).hasSize(3);
        later(watch, 108);
        assertThat(news).extracting(line -> line.split(":", -1)[0]).containsExactly("LOW", "FULL", "LOW", "AMPLE");
    }

    @Test
    void asksOnceASecondOrWhenMuchWasWritten() {
        Watch watch = watch(SETTINGS);
        later(watch, 500);
        asked = 0;
        watch.written(7 * MIB, 0, now + 999);
        assertThat(asked).isZero();
        assertThat(watch.due()).isEqualTo(now + 1_000);
        watch.written(MIB, 0, now + 999);
        assertThat(asked).isEqualTo(1);

        now += 999;
        later(watch, 46);
        asked = 0;
        free = 41 * MIB;
        watch.written(3 * MIB, 0, now);
        assertThat(asked)
                .as("what was written since then may have reached the floor")
                .isPositive();
        assertThat(watch.refusal()).isPresent();
    }

    @Test
    void whatIsWrittenIntoOtherFilesCounts() {
        Watch watch = watch(SETTINGS);
        later(watch, 50);
        assertThat(watch.beside(7 * MIB)).as("the writer is left alone").isFalse();
        assertThat(watch.beside(MIB)).isTrue();
        free = 42 * MIB;
        watch.written(0, 0, now);
        assertThat(watch.refusal()).isPresent();
    }

    @Test
    void startsOnAFullDisk() {
        Watch watch = watch(SETTINGS);
        later(watch, 47);
        assertThat(watch.refusal()).isPresent();
        later(watch, 48);
        assertThat(watch.refusal()).isEmpty();
    }

    @Test
    void tidiesWhenThereIsLittleRoomAndSomethingWasDeleted() {
        Watch watch = watch(SETTINGS);
        watch.written(0, 1, now);
        assertThat(tidied).isZero();
        later(watch, 60);
        assertThat(tidied).isEqualTo(1);
        watch.written(0, 1, now);
        later(watch, 60);
        assertThat(tidied).as("not at once again").isEqualTo(1);
        later(watch, 60);
        assertThat(tidied).isEqualTo(2);
    }

    @Test
    void aReserveThatWasCutShortIsBuiltAgain() throws IOException {
        Files.write(file(), new byte[7]);
        later(watch(SETTINGS), 500);
        assertThat(file()).hasSize(4 * MIB);
    }

    @Test
    void asleepItAsksNobody() {
        Watch watch = watch(DiskSettings.UNWATCHED);
        watch.written(1L << 50, 1, 0);
        assertThat(asked).isZero();
        assertThat(watch.due()).isEqualTo(Long.MAX_VALUE);
        assertThat(watch.refusal()).isEmpty();
    }
}
