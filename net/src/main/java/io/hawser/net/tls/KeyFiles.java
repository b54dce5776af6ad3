package io.hawser.net.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CRL;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates, keys and key stores; what is wrong with a file is told in an {@link UnusableTlsException}. */
final class KeyFiles {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private KeyFiles() {}

    /** What tells files from what they were before, without reading them. */
    static List<String> stamps(List<Path> files) {
        return files.stream().map(KeyFiles::stamp).toList();
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            return is.lastModifiedTime() + " " + is.size() + " " + is.fileKey();
        } catch (IOException missing) {
            return "missing";
        }
    }

    /** All certificates of a PEM file, in order. */
    static List<X509Certificate> certificates(Path pem) {
        List<X509Certificate> found = new ArrayList<>();
        try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(pem))) {
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .forEach(certificate -> found.add((X509Certificate) certificate));
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable("certificates from " + pem, e);
        }
        if (found.isEmpty()) {
            throw new UnusableTlsException(pem + " has no certificate; it must hold blocks of BEGIN CERTIFICATE");
        }
        return found;
    }

    /** All revocation lists of a file, at least one. */
    static Collection<? extends CRL> revocations(Path file) {
        try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(file))) {
            Collection<? extends CRL> found =
                    CertificateFactory.getInstance("X.509").generateCRLs(in);
            if (found.isEmpty()) {
                throw new UnusableTlsException(file + " has no revocation list; it must hold blocks of BEGIN X509 CRL");
            }
            return found;
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable("revocation lists from " + file, e);
        }
    }

    /** The key of a PEM file: PKCS#8, not encrypted. */
    static PrivateKey key(Path pem) {
        Matcher block;
        try {
            block = KEY.matcher(new String(Files.readAllBytes(pem), UTF_8));
        } catch (IOException e) {
            throw unreadable("the key from " + pem, e);
        }
        if (!block.find()) {
            throw new UnusableTlsException(pem + " has no block of BEGIN PRIVATE KEY (PKCS#8, not encrypted); "
                    + "convert another kind with: openssl pkcs8 -topk8 -nocrypt");
        }
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(1)));
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException notOfThisKind) {
                // The file does not say which kind it holds: the next one may fit.
                assert notOfThisKind != null;
            } catch (GeneralSecurityException e) {
                throw unreadable("the key from " + pem, e);
            }
        }
        throw new UnusableTlsException(pem + " holds no RSA, EC or EdDSA key");
    }

    /** A PKCS12 store. */
    static KeyStore pkcs12(Path file, String password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable("the PKCS12 store " + file + " (is its password right?)", e);
        }
    }

    static UnusableTlsException unreadable(String what, Exception failure) {
        String why = failure instanceof NoSuchFileException ? "there is no such file" : failure.getMessage();
        return new UnusableTlsException("cannot read " + what + ": " + why, failure);
    }
}
