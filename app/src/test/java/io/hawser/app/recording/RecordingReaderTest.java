package io.hawser.app.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingReaderTest {
    private static final String LINE =
            "{\"at\":1,\"time\":\"2026-11-22T10:00:00Z\",\"topic\":\"robot\",\"fields\":{\"text\":\"%s\"}}";

    private final List<String> warnings = new ArrayList<>();

    @TempDir
    private Path folder;

    private static String line(int length) {
        return LINE.replace("%s", "x".repeat(length - LINE.length() + 2));
    }

    private int count(Path file, int longest) {
        int count = 0;
        try (RecordingReader recording = new RecordingReader(file, longest, warnings::add)) {
            for (Optional<RecordedMessage> next = recording.next(); next.isPresent(); next = recording.next()) {
                count++;
            }
        }
        return count;
    }

    @Test
    void aLineMayBeAsLongAsTheLimitAndNotLonger() throws IOException {
        Path file = folder.resolve("run.ndjson");
        Files.writeString(file, line(20_000) + "\n" + line(20_000) + "\n" + line(20_000));
        assertThat(count(file, 20_000)).isEqualTo(3);
        Files.writeString(file, line(20_000) + "\n" + line(20_001) + "\n");
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> count(file, 20_000))
                .withMessage(file + ", line 2 is longer than 20000 characters; no recording has such a line")
                .satisfies(failure -> assertThat(failure.exit()).isEqualTo(Exit.FAILED));
        assertThat(warnings).isEmpty();
    }

    @Test
    void wherePiecesEndMakesNoDifference() throws IOException {
        Path file = folder.resolve("run.ndjson");
        for (int length = 8_185; length < 8_200; length++) {
            Files.writeString(file, line(length) + "\n" + line(200) + "\n");
            assertThat(count(file, 10_000)).as("%d", length).isEqualTo(2);
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void aRecordingThatIsCutOffIsReadAsFarAsItGoes() throws IOException {
        Path file = folder.resolve("run.ndjson.gz");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes, true)) {
            zip.write((line(200) + "\n").getBytes(StandardCharsets.UTF_8));
            zip.flush();
        }
        Files.write(file, Arrays.copyOf(bytes.toByteArray(), bytes.size() - 9));
        assertThat(count(file, 1_000)).isEqualTo(1);
        assertThat(warnings).containsExactly("the recording breaks off behind line 1");
    }

    @Test
    void whatIsNoZipOrAFolderCannotBeRead() throws IOException {
        Path file = folder.resolve("run.ndjson.gz");
        Files.writeString(file, "no zip");
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> count(file, 1_000))
                .withMessage("cannot read " + file + ": Not in GZIP format");
        Files.write(file, new byte[0]);
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> count(file, 1_000))
                .withMessage(file + " breaks off before its first line");
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> count(folder, 1_000))
                .withMessage("cannot read " + folder + ": Is a directory");
    }
}
