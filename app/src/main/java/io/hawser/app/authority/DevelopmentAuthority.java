package io.hawser.app.authority;

import io.hawser.app.access.PrivateFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/**
 * Who a hub for development is, in three files of one folder: made once, and then good for years, so that devices that trust it go on
 * to do so after a restart.
 *
 * @param certificate the hub's, then the authority's
 * @param key the hub's
 * @param trust the authority's certificate, for devices
 */
public record DevelopmentAuthority(Path certificate, Path key, Path trust) {
    private static final String HUB = "hub";
    private static final Duration ALMOST_OVER = Duration.ofDays(30);

    /**
     * The one in {@code folder}; what is missing or almost over is made.
     *
     * @throws UncheckedIOException if its files cannot be read or written
     * @throws IllegalArgumentException with a text for the user if they are not what they should be
     */
    public static DevelopmentAuthority in(Path folder, Instant now) {
        DevelopmentAuthority files = new DevelopmentAuthority(
                folder.resolve(HUB + ".crt"), folder.resolve(HUB + ".key"), folder.resolve(LocalAuthority.CERTIFICATE));
        if (!files.good(now)) {
            PrivateFile.makeFolder(folder);
            LocalAuthority authority = LocalAuthority.isIn(folder)
                    ? LocalAuthority.open(folder)
                    : LocalAuthority.create(folder, "Hawser for development", now);
            authority.issue(folder, HUB, HostNames.ofThisMachine(), now);
        }
        return files;
    }

    private boolean good(Instant now) {
        if (!Files.exists(key) || !Files.exists(trust) || !Files.exists(certificate)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(certificate)) {
            X509Certificate own =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return now.plus(ALMOST_OVER).isBefore(own.getNotAfter().toInstant());
        } catch (CertificateException damaged) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
