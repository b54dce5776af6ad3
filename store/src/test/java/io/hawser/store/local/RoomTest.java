package io.hawser.store.local;

import static io.hawser.store.local.Scene.ONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.message.Message;
import io.hawser.core.message.TestMessages;
import io.hawser.core.store.durable.DurableSettings.WhenFull;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was consumed takes no room for long. */
class RoomTest {
    private static final long MIB = 1 << 20;
    private static final int MESSAGE = 64 << 10;
    private static final int BATCH = 500;
    private static final int BATCHES = 13;

    @TempDir
    private Path temp;

    @Test
    void theFolderShrinksWhenMessagesAreAcknowledged() throws IOException {
        byte[] noise = new byte[MESSAGE];
        new Random(7).nextBytes(noise);
        Message large = TestMessages.on(
                "noise",
                Fields.builder()
                        .put("n", 1)
                        .put("noise", new Value.Opaque(noise))
                        .build());
        Scene scene = new Scene(temp);
        scene.define(ONE, Scene.ROOMY.withRoom(100_000, Long.MAX_VALUE, WhenFull.REJECT));
        for (int batch = 0; batch < BATCHES; batch++) {
            CompletableFuture.allOf(IntStream.range(0, BATCH)
                            .mapToObj(n -> scene.store().durables().append(large, Optional.empty(), List.of(ONE)))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        }
        assertThat(size()).isGreaterThan(380 * MIB);
        Scene.Ear ear = scene.ear(ONE, 0);
        for (int batch = 0; batch < BATCHES; batch++) {
            int expected = (batch + 1) * BATCH;
            ear.consumer.request(BATCH);
            while (ear.heard.size() < expected) {
                Scene.barrier(scene.store());
            }
            ear.consumer.acknowledgeUpTo(ear.heard.get(expected - 1).id());
        }
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (size() > 300 * MIB && System.nanoTime() < deadline) {
            Scene.barrier(scene.store());
        }
        assertThat(size()).isLessThan(300 * MIB);
        scene.restart();
        assertThat(scene.info(ONE).waiting()).isZero();
        assertThat(scene.failures()).isEmpty();
        scene.close();
    }

    private long size() throws IOException {
        try (Stream<Path> files = java.nio.file.Files.walk(temp.resolve("messages"))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
