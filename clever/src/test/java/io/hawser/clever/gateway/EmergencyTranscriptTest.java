package io.hawser.clever.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.clever.wire.CleverFrame;
import io.hawser.clever.wire.ProtocolException;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Transcript clever/emergency-in-a-file: what the original copter saw under Python 3 when 12 MB of an animation were on their way to it and it
 * had to land. Its connection was reset, it came back at once, was asked its id, and the next frame was the emergency; of the file it
 * kept nothing.
 */
@Timeout(60)
class EmergencyTranscriptTest extends GatewayStage {
    private static final int LENGTH = 12_000_000;

    @TempDir
    private Path temp;

    @Test
    void theFirstThingThatItHearsWhenItIsBackIsTheEmergency() throws IOException, ProtocolException {
        Path file = Files.write(temp.resolve("animation.csv"), new byte[LENGTH]);
        CompletableFuture<List<FleetResult>> sent;
        CompletableFuture<List<FleetResult>> landed;
        try (RawCopter copter = new RawCopter(address)) {
            copter.answer(Value.of("copter-1"));
            copter.answer(Value.of("auto"));
            awaitFleet(1);
            sent = gateway.sendFile(List.of("copter-1"), () -> FileChannel.open(file), "animation.csv", false);
            copter.answerUntilAFileComes(Value.of(0.0));
            landed = gateway.command(List.of("copter-1"), "emergency_land", Fields.EMPTY);
            assertThat(copter.readToTheEnd()).as("the file is cut off").isLessThan(LENGTH);
        }
        try (RawCopter back = new RawCopter(address)) {
            Set<String> seen = answering(back, "request clover_dir");
            assertThat(seen).startsWith("request id", "message emergency_land");
            assertThat(landed.orTimeout(20, TimeUnit.SECONDS).join()).allMatch(FleetResult::done);
        }
        assertThat(sent.orTimeout(20, TimeUnit.SECONDS).join())
                .containsExactly(FleetResult.failed("copter-1", "the connection was lost"));
    }

    /** The next frames until one that is {@code last}, each once; requests are answered. */
    private static Set<String> answering(RawCopter copter, String last) throws IOException, ProtocolException {
        Set<String> seen = new LinkedHashSet<>();
        while (!seen.contains(last)) {
            CleverFrame frame = copter.frame();
            if (frame instanceof CleverFrame.Request request) {
                seen.add("request " + request.name());
                copter.respond(request, request.name().equals("id") ? Value.of("copter-1") : Value.of(0.0));
            } else if (frame instanceof CleverFrame.Action action) {
                assertThat(seen.add("message " + action.name()))
                        .as("it is told once")
                        .isTrue();
            } else {
                throw new AssertionError("an original was not sent " + frame);
            }
        }
        return seen;
    }
}
