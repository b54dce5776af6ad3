package io.hawser.iot.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.iot.device.Provision;
import io.hawser.iot.link.AssetsException.Kind;
import io.hawser.iot.wire.ActivationPolicy;
import io.hawser.net.tls.Authority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedAssetsTest {
    private static final char[] PASSPHRASE = Provision.PASSPHRASE.toCharArray();

    private final Path folder;
    private final Path trust;

    TrustedAssetsTest(@TempDir Path folder) throws Exception {
        this.folder = Files.createDirectory(folder.resolve("device"));
        this.trust = new Authority(folder, "test").pem();
    }

    private Path file(String url) throws Exception {
        return Provision.file(folder.resolve("pump.conf"), url, "pump-7", trust, Map.of());
    }

    private static AssetsException failure(Path file, char[] passphrase) {
        return catchThrowableOfType(AssetsException.class, () -> TrustedAssets.open(file, passphrase));
    }

    @Test
    void whatCannotBeOpenedSaysWhy() throws Exception {
        AssetsException missing = failure(folder.resolve("none.conf"), PASSPHRASE);
        assertThat(missing.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(missing)
                .hasMessageContaining("there is no provisioning file")
                .hasMessageContaining("none.conf");

        AssetsException wrong = failure(file("https://localhost"), "another".toCharArray());
        assertThat(wrong.kind()).isEqualTo(Kind.UNOPENED);
        assertThat(wrong).hasMessageContaining("pump.conf: the passphrase is wrong");

        for (String url : List.of("http://localhost:80", "mqtts://localhost:8883", "localhost", "https:///x")) {
            AssetsException unusable = failure(file(url), PASSPHRASE);
            assertThat(unusable.kind()).as(url).isEqualTo(Kind.UNUSABLE);
            assertThat(unusable).hasMessageContaining("https://host:port").hasMessageContaining(url);
        }
    }

    @Test
    void aReadOnlyFileIsRefusedBeforeAnythingIsWritten() throws Exception {
        Path file = file("https://localhost");
        TrustedAssets assets = TrustedAssets.open(file, PASSPHRASE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        byte[] before = Files.readAllBytes(file);
        AssetsException refused =
                catchThrowableOfType(AssetsException.class, () -> assets.keysFor(ActivationPolicy.DEFAULT));
        assertThat(refused.kind()).isEqualTo(Kind.READ_ONLY);
        assertThat(refused).hasMessageContaining("pump.conf is read-only; a device writes its keys");
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void keysAreInTheFileBeforeTheEndpointIdAndStayTheSame() throws Exception {
        Path file = file("https://localhost:7443/path");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        TrustedAssets assets = TrustedAssets.open(file, PASSPHRASE);
        assertThat(assets.server()).hasToString("https://localhost:7443");
        KeyPair keys = assets.keysFor(ActivationPolicy.DEFAULT);

        TrustedAssets afterCrash = TrustedAssets.open(file, PASSPHRASE);
        assertThat(afterCrash.isActivated()).isFalse();
        assertThat(afterCrash.id()).isEqualTo("pump-7");
        assertThat(afterCrash.keysFor(ActivationPolicy.DEFAULT).getPublic()).isEqualTo(keys.getPublic());
        afterCrash.activated("E7");

        TrustedAssets activated = TrustedAssets.open(file, PASSPHRASE);
        assertThat(activated.id()).isEqualTo("E7");
        assertThat(activated.requireKeys().getPublic()).isEqualTo(keys.getPublic());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aFileThatIsALinkStaysOne() throws Exception {
        Path file = file("https://localhost");
        Path link = Files.createSymbolicLink(folder.resolve("link.conf"), file);
        TrustedAssets.open(link, PASSPHRASE).keysFor(ActivationPolicy.DEFAULT);
        assertThat(link).isSymbolicLink();
        assertThat(TrustedAssets.open(file, PASSPHRASE).content().publicKey()).isPresent();
    }
}
