package io.hawser.app.authority;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hawser.app.access.PrivateFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority in a folder: {@code ca.crt}, which clients trust, and {@code ca.key}, which stays where it is. A server's key
 * is P-256, which Java 8, browsers, Node and mbedTLS know, and which costs a hub far less a handshake than RSA. The authority's own is
 * RSA: the original JavaScript library of Oracle IoT CS reads no other trust anchor from a provisioning file.
 */
public final class LocalAuthority {
    /** The authority's own certificate, for those who shall trust it. */
    public static final String CERTIFICATE = "ca.crt";

    private static final String KEY = "ca.key";
    private static final String RSA = "RSA";
    private static final String EC = "EC";
    private static final int RSA_BITS = 3_072;
    private static final Duration LIFE = Duration.ofDays(3_650);
    /** What browsers take at most. */
    private static final Duration LIFE_OF_A_SERVER = Duration.ofDays(825);
    /** Clocks of devices are late. */
    private static final Duration BEFORE = Duration.ofDays(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final X509Certificate certificate;
    private final PrivateKey key;

    private LocalAuthority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** True if there is one in {@code folder}. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(CERTIFICATE)) || Files.exists(folder.resolve(KEY));
    }

    /**
     * Makes one in {@code folder}.
     *
     * @throws UncheckedIOException if its files cannot be written
     */
    public static LocalAuthority create(Path folder, String name, Instant now) {
        KeyPair pair = newPair(RSA);
        X500Name subject = called(name);
        try {
            JcaX509v3CertificateBuilder builder = builder(subject, now, LIFE, subject, pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            LocalAuthority made = new LocalAuthority(signed(builder, pair.getPrivate()), pair.getPrivate());
            PrivateFile.write(
                    folder.resolve(KEY), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            Files.writeString(folder.resolve(CERTIFICATE), made.pem());
            return made;
        } catch (CertIOException | GeneralSecurityException e) {
            throw new IllegalStateException("a certificate cannot be made", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The one that is in {@code folder}.
     *
     * @throws UncheckedIOException if its files cannot be read
     * @throws IllegalArgumentException with a text for the user if they are not what {@link #create} wrote
     */
    public static LocalAuthority open(Path folder) {
        Path file = folder.resolve(CERTIFICATE);
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate own =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            String text = Files.readString(folder.resolve(KEY)).replaceAll("-----[A-Z ]+-----|\\s", "");
            PrivateKey key = KeyFactory.getInstance(own.getPublicKey().getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
            return new LocalAuthority(own, key);
        } catch (GeneralSecurityException | IllegalArgumentException wrong) {
            throw unusable(folder, wrong);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True if a certificate may be for {@code host}: a name of letters, digits, dots and dashes, or an IP address. */
    public static boolean isName(String host) {
        return isAddress(host) || host.matches("(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
    }

    /** The authority's own certificate as PEM. */
    public String pem() {
        return pem("CERTIFICATE", encoded(certificate));
    }

    /**
     * Writes who a server is: {@code NAME.crt}, its certificate and the authority's, and {@code NAME.key}.
     *
     * @param hosts the names and addresses by which it is reached
     * @return until when it holds
     * @throws IllegalArgumentException with a text for the user if {@code hosts} is empty or one of them is no name, or if the
     *     authority's key is not that of its certificate
     * @throws UncheckedIOException if the files cannot be written
     */
    public Instant issue(Path folder, String name, List<String> hosts, Instant now) {
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("a server's certificate needs a name");
        }
        GeneralName[] names = hosts.stream().map(LocalAuthority::general).toArray(GeneralName[]::new);
        KeyPair pair = newPair(EC);
        try {
            JcaX509v3CertificateBuilder builder = builder(
                    X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
                    now,
                    LIFE_OF_A_SERVER,
                    called(hosts.get(0)),
                    pair.getPublic());
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate.getPublicKey()));
            X509Certificate issued = signed(builder, key);
            issued.verify(certificate.getPublicKey());
            PrivateFile.write(
                    folder.resolve(name + ".key"),
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            Files.writeString(folder.resolve(name + ".crt"), pem("CERTIFICATE", encoded(issued)) + pem());
            return issued.getNotAfter().toInstant();
        } catch (SignatureException | InvalidKeyException wrong) {
            throw unusable(folder, wrong);
        } catch (CertIOException | GeneralSecurityException e) {
            throw new IllegalStateException("a certificate cannot be made", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IllegalArgumentException unusable(Path folder, Exception cause) {
        return new IllegalArgumentException(
                folder + " holds no authority that can be used: ca.crt and ca.key are no certificate and its key",
                cause);
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Name issuer, Instant now, Duration life, X500Name subject, PublicKey key)
            throws CertIOException, GeneralSecurityException {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, RANDOM).add(BigInteger.ONE),
                Date.from(now.minus(BEFORE)),
                Date.from(now.plus(life)),
                subject,
                key);
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
        return builder;
    }

    private static X509Certificate signed(JcaX509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(
                                    key.getAlgorithm().equals(RSA) ? "SHA256withRSA" : "SHA256withECDSA")
                            .build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static X500Name called(String name) {
        return new X500NameBuilder().addRDN(BCStyle.CN, name).build();
    }

    private static GeneralName general(String host) {
        if (!isName(host)) {
            throw new IllegalArgumentException("'" + host + "' is neither a host name nor an IP address");
        }
        return new GeneralName(isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }

    private static boolean isAddress(String host) {
        boolean four = host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
        return four || (host.indexOf(':') >= 0 && host.matches("[0-9A-Fa-f:.]+"));
    }

    private static KeyPair newPair(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals(RSA)) {
                generator.initialize(RSA_BITS, RANDOM);
            } else {
                generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java knows RSA and P-256", e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate was made of these bytes", e);
        }
    }

    private static String pem(String kind, byte[] bytes) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }
}
