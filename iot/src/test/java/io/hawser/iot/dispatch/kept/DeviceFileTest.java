package io.hawser.iot.dispatch.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.core.time.ManualClock;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.IotCodec;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept on disk, and what is found there after kills and damage. */
class DeviceFileTest {
    private static final IotCodec CODEC = new IotCodec(IotLimits.DEFAULT);

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();
    private final List<DeviceFile> open = new ArrayList<>();

    @AfterEach
    void close() {
        for (DeviceFile file : open) {
            end(file);
        }
    }

    @Test
    void whatIsKeptIsFoundInOrder() throws Exception {
        DeviceFile file = open(KeptLimits.DEFAULT);
        KeptRow first = keep(file, "a");
        keep(file, "b");
        keep(file, "c");
        file.messages().keep("another", json("x"));
        file.batches().keep("EP", json("held"));
        assertThat(first.kept()).as("nothing is done on the caller's thread").isNotDone();
        clock.run();
        assertThat(first.kept()).isCompleted();
        file.messages().release(first);
        assertThat(ids(file.messages())).containsExactly("b", "c");
        end(file);

        DeviceFile later = open(KeptLimits.DEFAULT);
        assertThat(ids(later.messages())).containsExactly("b", "c");
        assertThat(ids(later.batches())).containsExactly("held");
        KeptRow last = keep(later, "d");
        assertThat(last.key()).as("keys go on").isGreaterThan(first.key() + 4);
        assertThat(ids(later.messages())).containsExactly("b", "c", "d");
    }

    @Test
    void whatIsToldToBeKeptSurvivesAKillAtAnyTime() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        DeviceFile file = open(KeptLimits.DEFAULT);
        List<KeptRow> rows = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
            for (int i = random.nextInt(4); i > 0; i--) {
                rows.add(keep(file, "m"));
            }
            if (!rows.isEmpty() && random.nextInt(3) == 0) {
                file.messages().release(rows.remove(random.nextInt(rows.size())));
            }
            if (random.nextBoolean()) {
                clock.run();
            }
            if (random.nextInt(4) == 0) {
                List<Long> told = rows.stream()
                        .filter(row -> row.kept().isDone())
                        .map(KeptRow::key)
                        .toList();
                Path image = copy("image" + step);
                DeviceFile after = DeviceFile.open(image, KeptLimits.DEFAULT, clock, Runnable::run);
                assertThat(after.messages().load("EP").join())
                        .as("seed %d step %d", seed, step)
                        .extracting(each -> each.row().key())
                        .containsAll(told);
                after.close();
            }
        }
    }

    @Test
    void aMessageThatIsForgottenBeforeItIsWrittenIsKeptAllTheSame() throws Exception {
        DeviceFile file = open(KeptLimits.DEFAULT);
        KeptRow row = keep(file, "a");
        file.messages().release(row);
        clock.run();
        assertThat(row.kept()).isCompleted();
        assertThat(ids(file.messages())).isEmpty();
    }

    @Test
    void aSecondProgramIsToldThatTheFileIsUsed() throws Exception {
        open(KeptLimits.DEFAULT);
        assertThatExceptionOfType(KeptException.class)
                .isThrownBy(() -> open(KeptLimits.DEFAULT))
                .withMessageContaining("used by another program")
                .withMessageContaining(path().toString());
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatExceptionOfType(KeptException.class)
                .isThrownBy(() ->
                        DeviceFile.open(file.resolve("sub").resolve("kept"), KeptLimits.DEFAULT, clock, Runnable::run))
                .withMessageContaining("cannot be made")
                .withMessageContaining("sub");
    }

    @Test
    void beyondTheLimitNothingIsKeptUntilThereIsRoom() throws Exception {
        int one = json("a").length;
        DeviceFile file = open(new KeptLimits(2L * one, Duration.ofDays(1)));
        KeptRow first = keep(file, "a");
        KeptRow second = keep(file, "b");
        KeptRow third = keep(file, "c");
        clock.run();
        assertThat(first.kept()).isCompleted();
        assertThat(second.kept()).isCompleted();
        assertThat(third.kept())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("is full")
                .withMessageContaining("deliver some");
        file.messages().release(first);
        KeptRow fourth = keep(file, "d");
        clock.run();
        assertThat(fourth.kept()).isCompleted();
        assertThat(ids(file.messages())).containsExactly("b", "d");
        end(file);
        KeptRow fifth = keep(open(new KeptLimits(2L * one, Duration.ofDays(1))), "e");
        clock.run();
        assertThat(fifth.kept()).as("what lies there counts after a restart").isCompletedExceptionally();
    }

    @Test
    void ageIsToldButNotOfRowsFromBeforeTheClockWasSet() throws Exception {
        DeviceFile file = open(new KeptLimits(1_000, Duration.ofDays(30)));
        KeptRow early = keep(file, "1970");
        clock.advance(Duration.ofDays(365 * 56));
        KeptRow row = keep(file, "now");
        clock.advance(Duration.ofDays(30));
        assertThat(file.messages().isTooOld(row)).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(file.messages().isTooOld(row)).isTrue();
        assertThat(file.messages().isTooOld(early)).isFalse();
    }

    @Test
    void aDamagedRowIsSetAsideAndTheOthersAreFound() throws Exception {
        DeviceFile file = open(KeptLimits.DEFAULT);
        keep(file, "a");
        keep(file, "b");
        keep(file, "c");
        clock.run();
        end(file);
        sql("UPDATE messages SET message = replace(message, 'urn:f', 'urn:g') WHERE id = 2");

        DeviceFile later = open(KeptLimits.DEFAULT);
        assertThat(ids(later.messages())).containsExactly("a", "c");
        assertThat(ids(later.messages())).containsExactly("a", "c");
        end(later);
        assertThat(sql("SELECT count(*) FROM damaged WHERE id = 2 AND owner = 'EP'"))
                .isEqualTo("1");
        assertThat(sql("SELECT count(*) FROM messages")).isEqualTo("2");
    }

    @Test
    void aFileThatIsNoDatabaseIsSetAside() throws Exception {
        Files.writeString(path(), "this is not what we wrote ".repeat(500));
        DeviceFile file = open(KeptLimits.DEFAULT);
        keep(file, "a");
        assertThat(ids(file.messages())).containsExactly("a");
        assertThat(Files.readString(folder.resolve("kept.damaged"))).startsWith("this is not");
    }

    /** Whatever is overwritten: what comes back was kept just so, and the file can be used again. */
    @Test
    void noDamageGivesWrongMessagesOrStopsWork() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int saved = 0;
        for (int round = 0; round < 25; round++) {
            for (String name : List.of("kept", "kept-wal", "kept.damaged", "kept.damaged-wal")) {
                Files.deleteIfExists(folder.resolve(name));
            }
            DeviceFile file = open(KeptLimits.DEFAULT);
            for (int i = 0; i < 200; i++) {
                keep(file, "m" + i);
            }
            clock.run();
            end(file);
            try (RandomAccessFile raw = new RandomAccessFile(path().toFile(), "rw")) {
                raw.seek((long) (random.nextDouble() * raw.length()));
                byte[] noise = new byte[1 + random.nextInt(2_000)];
                random.nextBytes(noise);
                raw.write(noise);
            }
            DeviceFile after = open(KeptLimits.DEFAULT);
            List<String> found = ids(after.messages());
            assertThat(found).as("seed %d round %d", seed, round).isSubsetOf(expected());
            saved += found.size();
            keep(after, "new");
            assertThat(ids(after.messages()))
                    .as("seed %d round %d", seed, round)
                    .endsWith("new");
            end(after);
        }
        assertThat(saved).as("most of it is saved, seed %d", seed).isGreaterThan(25 * 200 / 2);
    }

    @Test
    void nothingIsKeptInAFileThatIsClosed() throws Exception {
        DeviceFile file = open(KeptLimits.DEFAULT);
        end(file);
        KeptRow row = keep(file, "a");
        clock.run();
        assertThat(row.kept()).failsWithin(Duration.ZERO).withThrowableThat().withMessageContaining("closed");
    }

    private static List<String> expected() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ids.add("m" + i);
        }
        return ids;
    }

    private DeviceFile open(KeptLimits limits) throws KeptException {
        DeviceFile file = DeviceFile.open(path(), limits, clock, clock);
        open.add(file);
        return file;
    }

    /** As close does, which waits for the executor. */
    private void end(DeviceFile file) {
        CompletableFuture<Void> closed = file.closeAsync();
        clock.run();
        assertThat(closed).isCompleted();
    }

    private Path path() {
        return folder.resolve("kept");
    }

    /** What a kill would leave: the files as the system has them now. */
    private Path copy(String name) throws Exception {
        Path image = folder.resolve(name);
        for (String end : List.of("", "-wal")) {
            Files.copy(folder.resolve("kept" + end), folder.resolve(name + end));
        }
        return image;
    }

    private String sql(String text) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path());
                Statement statement = connection.createStatement()) {
            if (!statement.execute(text)) {
                return "";
            }
            try (ResultSet result = statement.getResultSet()) {
                return result.next() ? result.getString(1) : "";
            }
        }
    }

    private List<String> ids(KeptTable table) {
        CompletableFuture<List<KeptMessage>> found = table.load("EP");
        clock.run();
        return found.join().stream()
                .map(each -> each.message().head().clientId())
                .toList();
    }

    private static KeptRow keep(DeviceFile file, String id) {
        return file.messages().keep("EP", json(id));
    }

    private static byte[] json(String id) {
        return CODEC.write(new IotMessage.Data(IotHead.of(id, "EP", 7), "urn:f", Fields.of("a", Value.of(1))));
    }
}
