package io.hawser.verify.bench.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacklogTest {
    private static final int MIB = 200;

    @TempDir
    private Path temp;

    @Test
    @Tag("slow")
    void aBacklogTakesDiskAndLittleMemory() throws Exception {
        Backlog.Outcome outcome = Backlog.measure(temp.resolve("data"), MIB, 1024);
        System.out.println(outcome.said());
        assertThat(outcome.said()).contains("handed out 204800 messages");
        assertThat(outcome.peakMib()).as(outcome.said()).isBetween(50.0, 600.0);
    }
}
