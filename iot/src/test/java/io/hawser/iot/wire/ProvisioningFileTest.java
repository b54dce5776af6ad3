package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvisioningFileTest {
    private static final char[] PASSPHRASE = "passphrase".toCharArray();
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Comment lines, line breaks, several anchors, devices in one entry or several, and a tag that nobody knows. */
    @Test
    void readsWhatAnotherProgramWrote() throws Exception {
        ProvisioningFile file = ProvisioningFile.read(resource("fresh.conf"), PASSPHRASE);

        assertThat(file)
                .isEqualTo(new ProvisioningFile(
                        "https://localhost:7443",
                        "DEV-1",
                        opaque("s3cret-1"),
                        Optional.empty(),
                        List.of(opaque("anchor one"), opaque("anchor two")),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of("ICD-1", opaque("icd-secret"), "ICD-2", opaque("two"), "ICD-3", opaque("three"))));
        assertThat(file.connectedDevices().keySet()).containsExactly("ICD-1", "ICD-2", "ICD-3");
        assertThat(file.keys()).isEmpty();
    }

    @Test
    void readsTheFileOfAnIntegrationWithAPassphraseBeyondAscii() throws Exception {
        ProvisioningFile file = ProvisioningFile.read(resource("integration.conf"), "p\u00e4ss".toCharArray());

        assertThat(file.endpointId()).contains("ENT-1");
        assertThat(file.serverUri()).isEqualTo("https://h\u00fctte:443");
    }

    @Test
    void comesBackEqualWhetherFreshActivatedOrReset() throws Exception {
        KeyPair keys = keys();
        ProvisioningFile fresh = new ProvisioningFile(
                "https://localhost:9443",
                "GW-1",
                opaque("s3cret-gw"),
                Optional.empty(),
                List.of(opaque("a".repeat(2_000)), opaque("b")),
                Optional.empty(),
                Optional.empty(),
                Map.of("ICD-1", opaque("icd")));
        ProvisioningFile activated = fresh.activated("EP-GW-1", keys);

        assertThat(again(fresh)).isEqualTo(fresh);
        assertThat(again(activated)).isEqualTo(activated);
        assertThat(again(activated).keys().orElseThrow().getPrivate()).isEqualTo(keys.getPrivate());
        assertThat(again(activated).keys().orElseThrow().getPublic()).isEqualTo(keys.getPublic());
        assertThat(activated.reset()).isEqualTo(fresh);
    }

    @Test
    void looksLikeAFileOfTheOriginals() throws Exception {
        ProvisioningFile file = ProvisioningFile.fresh(
                "https://localhost:9443", "DEV-1", opaque("s3cret-1"), List.of(opaque("x".repeat(500))));

        String text = new String(file.write(PASSPHRASE, RANDOM), UTF_8);

        assertThat(text).startsWith("!").endsWith("\n#serverUri:https://localhost:9443\n#clientId:DEV-1");
        assertThat(text.substring(1, text.indexOf("\n#")).split("\r\n", -1)).allMatch(line -> line.length() <= 76);
        assertThat(file.write(PASSPHRASE, RANDOM)).isNotEqualTo(file.write(PASSPHRASE, RANDOM));
        assertThat(file.toString()).isEqualTo("provisioning of DEV-1 at https://localhost:9443");
    }

    @Test
    void tellsAWrongPassphrase() throws Exception {
        byte[] file = resource("fresh.conf");

        for (String wrong : List.of("Passphrase", "passphrase ", "p", "passphras\u00e9")) {
            assertThatThrownBy(() -> ProvisioningFile.read(file, wrong.toCharArray()))
                    .hasMessage("the passphrase is wrong, or the provisioning file is damaged");
        }
        assertThatThrownBy(() -> ProvisioningFile.read(file, new char[0]))
                .hasMessage("a provisioning file needs a passphrase, and this one is empty");
    }

    @Test
    void tellsAnotherVersion() {
        assertThatThrownBy(() -> read("\"AAAA"))
                .hasMessageStartingWith("the provisioning file begins with '\"'; only version 33");
        assertThatThrownBy(() -> read("\u00ce\u00ce\u00ce\u00ce"))
                .hasMessageStartingWith("the provisioning file begins with byte 206; only version 33");
        assertThatThrownBy(() -> read("")).hasMessage("the provisioning file is empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"!", "!AAAA", "!AAAAAAAAAAAAAAAAAAAAAA==", "!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA#x"})
    void tellsAFileThatWasCutOff(String text) {
        assertThatThrownBy(() -> read(text)).hasMessageStartingWith("the provisioning file is cut off or damaged");
    }

    @Test
    void tellsDamage() throws Exception {
        assertThatThrownBy(() -> read("!\u00e4{}"))
                .hasMessage("the provisioning file is damaged: what stands behind its first byte is no base64");
        assertThatThrownBy(() -> ProvisioningFile.read(resource("entry-beyond-the-end.conf"), PASSPHRASE))
                .hasMessage("the passphrase is wrong, or the provisioning file is damaged");
        assertThatThrownBy(() -> ProvisioningFile.read(resource("without-secret.conf"), PASSPHRASE))
                .hasMessage("the provisioning file does not hold the shared secret");
    }

    /** There is no checksum, so a change may go unseen in a value; but nothing else than a refusal comes out of it. */
    @Test
    void neverBreaksOnAChangedFile() throws Exception {
        byte[] file = resource("without-secret.conf");
        for (int seed = 0; seed < 24; seed++) {
            byte[] changed = file.clone();
            changed[new Random(seed).nextInt(changed.length)] ^= (byte) (1 << seed % 8);
            try {
                ProvisioningFile.read(changed, PASSPHRASE);
            } catch (ProtocolException refused) {
                assertThat(refused.reason()).as("seed %d", seed).contains("provisioning file");
            }
        }
    }

    @Test
    void refusesWhatItCannotSay() {
        assertThatThrownBy(() -> ProvisioningFile.fresh("https://h", "D", opaque("x".repeat(70_000)), List.of())
                        .write(PASSPHRASE, RANDOM))
                .hasMessage("an entry of a provisioning file has 70000 bytes; at most 65535 can be said");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProvisioningFile.fresh("https://h", "D\n!", opaque("x"), List.of()));
    }

    private static ProvisioningFile again(ProvisioningFile file) throws ProtocolException {
        return ProvisioningFile.read(file.write(PASSPHRASE, RANDOM), PASSPHRASE);
    }

    private static void read(String latin1) throws ProtocolException {
        ProvisioningFile.read(latin1.getBytes(ISO_8859_1), PASSPHRASE);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ProvisioningFileTest.class.getResourceAsStream("/provisioning/" + name))) {
            return in.readAllBytes();
        }
    }

    private static Value.Opaque opaque(String text) {
        return new Value.Opaque(text.getBytes(UTF_8));
    }

    private static KeyPair keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }
}
