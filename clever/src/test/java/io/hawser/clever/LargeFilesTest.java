package io.hawser.clever;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with a file. */
@Tag("slow")
class LargeFilesTest {
    private static final long SIZE = 2L << 30;
    private static final int LOOKS = 8;
    private static final long ROOM = 48L << 20;

    private final List<Long> used = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @TempDir
    private Path ours;

    @Test
    void twoGibibytesGoAndComeInFlatMemory() throws IOException {
        write(ours.resolve("mine"));
        try (Pair pair = new Pair(options -> options.files(folder), options -> options)) {
            pair.client.sendFile(ours.resolve("mine"), "large", looking()).join();
            assertThat(Files.mismatch(ours.resolve("mine"), folder.resolve("large")))
                    .isEqualTo(-1);
            Files.delete(ours.resolve("mine"));

            assertThat(pair.client
                            .getFile("large", ours.resolve("back"), looking())
                            .join())
                    .isEqualTo(SIZE);
            assertThat(Files.mismatch(ours.resolve("back"), folder.resolve("large")))
                    .isEqualTo(-1);
        }
        assertThat(used).hasSizeGreaterThanOrEqualTo(LOOKS);
        long first = used.get(0);
        System.out.println(
                "heap in MiB: " + used.stream().map(bytes -> bytes >> 20).toList());
        assertThat(used).allSatisfy(bytes -> assertThat(bytes).isLessThan(first + ROOM));
    }

    /** Looks at the heap so many times a file. */
    private CleverProgress looking() {
        AtomicLong next = new AtomicLong();
        return (bytes, total) -> {
            if (bytes >= next.get()) {
                next.set(bytes + total / LOOKS);
                System.gc();
                used.add(Runtime.getRuntime().totalMemory()
                        - Runtime.getRuntime().freeMemory());
            }
        };
    }

    /** Mostly a hole, so that it costs little to make. */
    private static void write(Path file) throws IOException {
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            for (long at = 0; at < SIZE; at += SIZE / 1000) {
                large.seek(at);
                large.writeLong(at);
            }
            large.setLength(SIZE);
        }
    }
}
