package io.hawser.verify.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hawser serve} that is told to stop does, says so, and ends with 0, as those expect who run services. */
@Timeout(60)
class StopTest {
    @Test
    void endsWithZeroAndALineWhenItIsTerminated(@TempDir Path folder) throws IOException, InterruptedException {
        try (HubProcess hub = HubProcess.start(folder)) {
            hub.process().destroy();
            assertThat(hub.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(hub.process().exitValue()).isZero();
            assertThat(HubProcess.log(folder)).endsWith("hawser serve: stopped, as it was told to\n");
        }
        // the folder is free, and sound
        try (HubProcess again = HubProcess.start(folder)) {
            assertThat(again.process().isAlive()).isTrue();
        }
    }
}
