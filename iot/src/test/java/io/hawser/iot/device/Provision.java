package io.hawser.iot.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Value;
import io.hawser.iot.wire.ProvisioningFile;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Provisioning files for tests. */
public final class Provision {
    /** Of each file. */
    public static final String PASSPHRASE = "open sesame";

    private Provision() {}

    /** Writes the file of {@code hardwareId}, whose secret is {@code secret of <hardware id>}. */
    public static Path file(Path to, String url, String hardwareId, Path trust, Map<String, Value.Opaque> connected)
            throws Exception {
        return write(
                to,
                new ProvisioningFile(
                        url,
                        hardwareId,
                        new Value.Opaque(("secret of " + hardwareId).getBytes(UTF_8)),
                        Optional.empty(),
                        List.of(anchor(trust)),
                        Optional.empty(),
                        Optional.empty(),
                        connected));
    }

    /** Writes the file of the integration {@code id}. */
    public static Path integration(Path to, String url, String id, String secret, Path trust) throws Exception {
        return write(
                to,
                new ProvisioningFile(
                        url,
                        id,
                        new Value.Opaque(secret.getBytes(UTF_8)),
                        Optional.of(id),
                        List.of(anchor(trust)),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()));
    }

    private static Value.Opaque anchor(Path trust) throws Exception {
        try (InputStream in = Files.newInputStream(trust)) {
            return new Value.Opaque(CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getEncoded());
        }
    }

    private static Path write(Path to, ProvisioningFile file) throws Exception {
        return Files.write(to, file.write(PASSPHRASE.toCharArray(), new SecureRandom()));
    }
}
