package io.hawser.clever.engine.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSinkTest {
    private static final String TRANSFER = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private FileJail jail;

    @BeforeEach
    void open() throws IOException {
        jail = FileJail.at(folder);
    }

    @Test
    void aFileAppearsWhenItIsWholeAndNotBefore() throws IOException {
        Files.writeString(folder.resolve("f"), "old");
        FileSink sink = jail.sink("f");
        assertThat(sink.open("")).isZero();
        sink.write("new".getBytes(UTF_8));
        assertThat(folder.resolve("f")).hasContent("old");
        sink.finish("");
        assertThat(folder.resolve("f")).hasContent("new");
        assertThat(names()).containsExactly("f");
    }

    @Test
    void aTransferGoesOnWhereItWasLeft() throws IOException {
        FileSink first = jail.sink("f");
        first.open(TRANSFER);
        first.write("one ".getBytes(UTF_8));
        first.suspend();
        assertThat(names()).containsExactly(".hawser-" + TRANSFER);

        FileSink second = jail.sink("f");
        assertThat(second.open(TRANSFER)).isEqualTo(4);
        second.write("two".getBytes(UTF_8));
        Sha256 hash = new Sha256();
        hash.add("one two".getBytes(UTF_8));
        second.finish(hash.hex());
        assertThat(folder.resolve("f")).hasContent("one two");
        assertThat(names()).containsExactly("f");
    }

    @Test
    void twoAttemptsAtOneTransferMayBothComeToItsEnd() throws IOException {
        FileSink lost = jail.sink("f");
        lost.open(TRANSFER);
        lost.write("whole".getBytes(UTF_8));
        FileSink again = jail.sink("f");
        assertThat(again.open(TRANSFER)).isEqualTo(5);
        Sha256 hash = new Sha256();
        hash.add("whole".getBytes(UTF_8));
        String sha256 = hash.hex();

        lost.finish(sha256);
        again.finish(sha256);

        assertThat(folder.resolve("f")).hasContent("whole");
        assertThat(names()).containsExactly("f");
    }

    @Test
    void aDamagedFileNeverAppears() throws IOException {
        FileSink sink = jail.sink("f");
        sink.open(TRANSFER);
        sink.write("damaged".getBytes(UTF_8));
        assertThatIOException().isThrownBy(() -> sink.finish("00".repeat(32))).withMessageContaining("damaged");
        assertThat(names()).isEmpty();
    }

    @Test
    void whatIsGivenUpLeavesNothing() throws IOException {
        FileSink sink = jail.sink("f");
        sink.open("");
        sink.write("half".getBytes(UTF_8));
        sink.suspend();
        assertThat(names()).isEmpty();
        assertThatIOException().isThrownBy(() -> sink.write(new byte[1])).withMessageContaining("not open");
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
