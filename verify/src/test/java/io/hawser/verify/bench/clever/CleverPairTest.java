package io.hawser.verify.bench.clever;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.verify.bench.clever.CleverPair.Passed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@Tag("slow")
class CleverPairTest {
    private static final int SIZE = 100_000;

    @TempDir
    private Path serving;

    @TempDir
    private Path asking;

    @ParameterizedTest
    @ValueSource(strings = {"actions", "trips", "requests", "file"})
    void nothingIsLostBetweenOurOwn(String what) throws IOException, InterruptedException {
        byte[] bytes = new byte[SIZE];
        Files.write(serving.resolve("file-" + SIZE), bytes);
        Passed passed = CleverPair.ours().pass(what, 200, what.equals("file") ? SIZE : 10, serving, asking);
        assertThat(passed.lost()).isZero();
        assertThat(passed.perSecond()).isPositive();
        assertThat(passed.p99()).isGreaterThanOrEqualTo(passed.p50());
        assertThat(passed.p50() > 0).isEqualTo(what.equals("trips"));
        if (what.equals("file")) {
            assertThat(asking.resolve("got")).hasBinaryContent(bytes);
        }
    }

    @Test
    void aPeerThatKeepsTheContractIsMeasured() throws IOException, InterruptedException {
        String peer = "sh -c 'echo hello; echo ready here; echo done 400 1000000000 3000 5000; sleep 60'";
        assertThat(CleverPair.peer(peer).pass("trips", 1_000, 100, serving, asking))
                .satisfies(passed -> assertThat(passed.perSecond()).isEqualTo(400))
                .satisfies(passed -> assertThat(passed.lost()).isEqualTo(100))
                .satisfies(passed -> assertThat(passed.p50()).isEqualTo(3))
                .satisfies(passed -> assertThat(passed.p99()).isEqualTo(5));
    }
}
