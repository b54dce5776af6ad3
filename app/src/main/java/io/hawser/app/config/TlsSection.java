package io.hawser.app.config;

import io.hawser.net.tls.TlsIdentity;
import io.hawser.net.tls.UnusableTlsException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the section {@code tls} of a listener: who the hub is there, by a certificate and its key. */
final class TlsSection {
    private static final String CERTIFICATE = "certificate";
    private static final String KEY = "key";
    private static final String KEYSTORE = "keystore";

    private final Settings tls;

    TlsSection(Settings tls) {
        this.tls = tls;
    }

    /** The identity that the files named here hold; empty if none are named, or if they cannot be used. */
    Optional<TlsIdentity> read() {
        Optional<String> certificate = tls.textIfAny(CERTIFICATE);
        Optional<String> key = tls.textIfAny(KEY);
        Optional<String> keystore = tls.textIfAny(KEYSTORE);
        Optional<String> password = tls.hidden("password", text -> text);
        if (keystore.isPresent() && (certificate.isPresent() || key.isPresent())) {
            tls.problem(KEYSTORE, "and a certificate with a key are two ways to say the same; say one");
            return Optional.empty();
        }
        if (keystore.isPresent()) {
            String file = keystore.get();
            return load(KEYSTORE, () -> TlsIdentity.pkcs12(Path.of(file), password.orElse("")));
        }
        if (certificate.isPresent() != key.isPresent()) {
            String said = certificate.isPresent() ? CERTIFICATE : KEY;
            tls.problem(said, "needs " + tls.path(certificate.isPresent() ? KEY : CERTIFICATE) + " too");
            return Optional.empty();
        }
        return certificate.flatMap(
                chain -> load(CERTIFICATE, () -> TlsIdentity.pem(Path.of(chain), Path.of(key.orElseThrow()))));
    }

    private Optional<TlsIdentity> load(String name, Supplier<TlsIdentity> source) {
        try {
            return Optional.of(source.get());
        } catch (UnusableTlsException | InvalidPathException unusable) {
            tls.problem(name, "cannot be used: " + unusable.getMessage());
            return Optional.empty();
        }
    }
}
