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
        Value.Opaque anchor;
        try (InputStream in = Files.newInputStream(trust)) {
            anchor = new Value.Opaque(CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getEncoded());
        }
        ProvisioningFile file = new ProvisioningFile(
                url,
                hardwareId,
                new Value.Opaque(("secret of " + hardwareId).getBytes(UTF_8)),
                Optional.empty(),
                List.of(anchor),
                Optional.empty(),
                Optional.empty(),
                connected);
        return Files.write(to, file.write(PASSPHRASE.toCharArray(), new SecureRandom()));
    }
}
