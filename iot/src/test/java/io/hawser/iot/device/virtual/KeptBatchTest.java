package io.hawser.iot.device.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.dispatch.kept.DeviceFile;
import io.hawser.iot.dispatch.kept.KeptLimits;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotMessage;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class KeptBatchTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_800_000_000_000L));

    private final ExecutorService disk = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        disk.shutdown();
    }

    private static IotMessage message(int value) {
        return new IotMessage.Data(
                IotHead.of("c" + value, "E1", value), "urn:x:attributes", Fields.of("a", Value.of(value)));
    }

    private DeviceFile open(Path folder) throws Exception {
        return DeviceFile.open(folder.resolve("d.db"), KeptLimits.DEFAULT, CLOCK, disk);
    }

    @Test
    void whatIsHeldOutlivesTheProgramUntilItIsReleased(@TempDir Path folder) throws Exception {
        try (DeviceFile file = open(folder)) {
            KeptBatch batch = new KeptBatch(file.batches(), "E1", "urn:x");
            assertThat(batch.load()).isEmpty();
            batch.add(message(1));
            batch.add(message(2));
        }
        try (DeviceFile file = open(folder)) {
            assertThat(new KeptBatch(file.batches(), "E1", "urn:other").load()).isEmpty();
            KeptBatch batch = new KeptBatch(file.batches(), "E1", "urn:x");
            assertThat(batch.load()).containsExactly(message(1), message(2));
            batch.add(message(3));
            batch.release(List.of());
        }
        try (DeviceFile file = open(folder)) {
            assertThat(new KeptBatch(file.batches(), "E1", "urn:x").load()).isEmpty();
        }
    }
}
