package io.hawser.net.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate authority that lives as long as a test, and writes what it issues into a folder. */
public final class Authority {
    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final Duration YEAR = Duration.ofDays(365);

    private final Path folder;
    private final X500Name name;
    private final KeyPair keys;
    private final X509Certificate own;

    /** An authority whose files are in {@code folder}. */
    public Authority(Path folder, String name) {
        this.folder = folder;
        this.name = new X500Name("CN=" + name);
        this.keys = keys("EC", 256);
        this.own = sign(
                this.name, keys, null, Instant.now().minus(YEAR), Instant.now().plus(YEAR));
    }

    /** The authority's own certificate, as PEM. */
    public Path pem() {
        return write(name + ".pem", pem("CERTIFICATE", encoded(own)));
    }

    /** A good certificate for a host. */
    public Issued issue(String host) {
        return issue(host, "EC", Instant.now().plus(YEAR));
    }

    /** A certificate for a host, with a key of some kind and an end. */
    public Issued issue(String host, String algorithm, Instant until) {
        KeyPair pair = keys(algorithm, algorithm.equals("RSA") ? 2048 : 256);
        GeneralName subject =
                new GeneralName(host.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName, host);
        return new Issued(pair, sign(new X500Name("CN=" + host), pair, subject, until.minus(YEAR), until));
    }

    /** Writes a list of {@code revoked}, good until {@code until}, as PEM. */
    public Path revoke(String file, Instant until, Issued... revoked) {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(name, Date.from(until.minus(YEAR)));
        builder.setNextUpdate(Date.from(until));
        for (Issued each : revoked) {
            builder.addCRLEntry(
                    each.certificate.getSerialNumber(), Date.from(until.minus(YEAR)), CRLReason.keyCompromise);
        }
        try {
            byte[] list = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
            return write(file, pem("X509 CRL", list));
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate sign(
            X500Name of, KeyPair pair, @Nullable GeneralName subject, Instant from, Instant until) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(from),
                    Date.from(until),
                    of,
                    pair.getPublic());
            if (subject == null) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            } else {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(subject));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path write(String file, String text) {
        try {
            return Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] bytes) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }

    /** A key and its certificate. */
    public final class Issued {
        private final KeyPair pair;
        private final X509Certificate certificate;

        private Issued(KeyPair pair, X509Certificate certificate) {
            this.pair = pair;
            this.certificate = certificate;
        }

        /** The certificate that a client sees. */
        public X509Certificate certificate() {
            return certificate;
        }

        /** Writes {@code file.crt} and {@code file.key}, and reads them as an identity. */
        public TlsIdentity identity(String file) {
            write(file);
            return TlsIdentity.pem(folder.resolve(file + ".crt"), folder.resolve(file + ".key"));
        }

        /** Writes {@code file.crt} and {@code file.key}. */
        public void write(String file) {
            Authority.this.write(file + ".crt", pem("CERTIFICATE", encoded(certificate)));
            Authority.this.write(
                    file + ".key", pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        }

        /** A PKCS12 store with both, and the authority. */
        public Path pkcs12(String password) {
            try {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                Key key = pair.getPrivate();
                store.setKeyEntry("own", key, password.toCharArray(), new Certificate[] {certificate, own});
                store.setCertificateEntry("authority", own);
                Path file = folder.resolve("store.p12");
                try (OutputStream out = Files.newOutputStream(file)) {
                    store.store(out, password.toCharArray());
                }
                return file;
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
