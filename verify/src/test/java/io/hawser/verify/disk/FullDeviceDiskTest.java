package io.hawser.verify.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.dispatch.kept.DeviceFile;
import io.hawser.iot.dispatch.kept.KeptLimits;
import io.hawser.iot.dispatch.kept.KeptRow;
import io.hawser.iot.link.AssetsException;
import io.hawser.iot.link.TrustedAssets;
import io.hawser.iot.wire.ActivationPolicy;
import io.hawser.iot.wire.IotCodec;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.ProvisioningFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The files of a device on a disk that is full: whoever wants to keep something is told, and the files go on when there is room. */
class FullDeviceDiskTest {
    private static final IotCodec CODEC = new IotCodec(IotLimits.DEFAULT);
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    @Test
    void aFullDiskIsToldAndWhatWasKeptIsFoundAndWorkGoesOn() throws Exception {
        String missing = SmallDisk.missing();
        assumeTrue(missing.isEmpty(), missing);
        try (SmallDisk disk = SmallDisk.mount(4)) {
            Path path = disk.path().resolve("kept");
            Path filler = Files.write(disk.path().resolve("filler"), new byte[2 << 20]);
            List<Long> kept = new ArrayList<>();
            try (DeviceFile file = DeviceFile.open(path, KeptLimits.DEFAULT, CLOCK, Runnable::run)) {
                KeptRow full = keep(file);
                while (!full.kept().isCompletedExceptionally()) {
                    kept.add(full.key());
                    full = keep(file);
                }
                assertThat(full.kept())
                        .failsWithin(Duration.ZERO)
                        .withThrowableThat()
                        .withMessageContaining("the disk is full; make room");
                assertThat(kept).hasSizeGreaterThan(10);
                KeptRow first = new KeptRow(kept.remove(0), 0, full.kept());
                file.messages().release(first);
                assertThat(keys(file)).containsAll(kept);

                Files.delete(filler);
                KeptRow later = keep(file);
                assertThat(later.kept()).isCompleted();
                kept.add(later.key());
                assertThat(keys(file)).as("what was to be forgotten is").isEqualTo(kept);
            }
            try (DeviceFile file = DeviceFile.open(path, KeptLimits.DEFAULT, CLOCK, Runnable::run)) {
                assertThat(keys(file)).isEqualTo(kept);
            }
        }
    }

    @Test
    void theProvisioningFileStaysAsItWasUntilThereIsRoomForItsSuccessor() throws Exception {
        String missing = SmallDisk.missing();
        assumeTrue(missing.isEmpty(), missing);
        char[] passphrase = "open sesame".toCharArray();
        try (SmallDisk disk = SmallDisk.mount(1)) {
            Path path = disk.path().resolve("pump.conf");
            ProvisioningFile fresh = ProvisioningFile.fresh(
                    "https://localhost:9443", "PUMP-7", new Value.Opaque("secret".getBytes(UTF_8)), List.of());
            byte[] before = fresh.write(passphrase, new SecureRandom());
            TrustedAssets assets = TrustedAssets.open(Files.write(path, before), passphrase);
            Path filler = fill(disk.path().resolve("filler"));
            assertThatExceptionOfType(AssetsException.class)
                    .isThrownBy(() -> assets.keysFor(ActivationPolicy.DEFAULT))
                    .withMessageContaining("could not be written, and is as it was: No space left on device")
                    .matches(full -> full.kind() == AssetsException.Kind.UNWRITTEN);
            assertThat(path).hasBinaryContent(before);
            assertThat(disk.path()).isDirectoryNotContaining("glob:**.new");

            Files.delete(filler);
            KeyPair keys = assets.keysFor(ActivationPolicy.DEFAULT);
            filler = fill(filler);
            assertThatExceptionOfType(AssetsException.class).isThrownBy(() -> assets.activated("EP-7"));
            Files.delete(filler);
            assets.activated("EP-7");
            TrustedAssets after = TrustedAssets.open(path, passphrase);
            assertThat(after.id()).isEqualTo("EP-7");
            assertThat(after.requireKeys().getPrivate()).isEqualTo(keys.getPrivate());
        }
    }

    /** A file that leaves no room. */
    private static Path fill(Path path) throws IOException {
        try (OutputStream out = Files.newOutputStream(path)) {
            assertThatIOException().isThrownBy(() -> {
                while (true) {
                    out.write(new byte[1024]);
                }
            });
        }
        return path;
    }

    private static List<Long> keys(DeviceFile file) {
        return file.messages().load("EP").join().stream()
                .map(each -> each.row().key())
                .toList();
    }

    private static KeptRow keep(DeviceFile file) {
        return file.messages()
                .keep(
                        "EP",
                        CODEC.write(new IotMessage.Data(
                                IotHead.of("id", "EP", 7), "urn:f", Fields.of("a", Value.of("x".repeat(10_000))))));
    }
}
