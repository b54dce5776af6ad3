package io.hawser.iot.link;

import io.hawser.iot.wire.ActivationPolicy;
import io.hawser.iot.wire.Assertion;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.ProvisioningFile;
import io.hawser.net.tls.TlsTrust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who a device is, and whom it trusts: the provisioning file that it was given, read once and written back when it is activated
 * ({@code specs/iot.md} 2). Callable from any thread; what is read is replaced as a whole, and changes take turns. Methods that
 * write, make keys or sign take milliseconds, so none of them is for a loop.
 */
public final class TrustedAssets {
    private static final String KEY_TYPE = "RSA";

    private final AssetsFile file;
    private final char[] passphrase;
    private final SecureRandom random = new SecureRandom();
    private volatile ProvisioningFile content;

    private TrustedAssets(AssetsFile file, char[] passphrase, ProvisioningFile content) {
        this.file = file;
        this.passphrase = passphrase;
        this.content = content;
    }

    /**
     * Opens {@code path} with {@code passphrase}, which stays the caller's to wipe.
     *
     * @throws AssetsException if it cannot be read, or not be opened
     */
    public static TrustedAssets open(Path path, char[] passphrase) throws AssetsException {
        AssetsFile file = AssetsFile.at(path);
        try {
            ProvisioningFile content = ProvisioningFile.read(file.read(), passphrase);
            TrustedAssets assets = new TrustedAssets(file, passphrase.clone(), content);
            assets.server();
            return assets;
        } catch (ProtocolException unopened) {
            throw new AssetsException(AssetsException.Kind.UNOPENED, path + ": " + unopened.reason(), unopened);
        }
    }

    /** All that is in the file. */
    public ProvisioningFile content() {
        return content;
    }

    /** True if there is an endpoint id. */
    public boolean isActivated() {
        return content.endpointId().isPresent();
    }

    /**
     * Demands that this is the file of an integration, which has an endpoint id from the start and no keys ({@code specs/iot.md} 2).
     *
     * @throws AssetsException if it is that of a device
     */
    public void requireIntegration() throws AssetsException {
        if (content.endpointId().isEmpty() || content.privateKey().isPresent()) {
            throw unusable("this is the file of a device; a program of an operator needs that of an integration", null);
        }
    }

    /** What the server calls the device: its endpoint id, or before it has one its activation id. */
    public String id() {
        ProvisioningFile now = content;
        return now.endpointId().orElse(now.clientId());
    }

    /**
     * Where the server is.
     *
     * @throws AssetsException if the file names none that is reached by HTTPS
     */
    public URI server() throws AssetsException {
        String said = content.serverUri();
        try {
            URI uri = URI.create(said);
            if ("https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
                return URI.create("https://" + uri.getRawAuthority());
            }
        } catch (IllegalArgumentException malformed) {
            throw unusable("the server " + said + " is no URI", malformed);
        }
        throw unusable("the server must be https://host:port, and is " + said, null);
    }

    /**
     * Whom to believe: exactly the trust anchors of the file if there are any, else whom Java trusts.
     *
     * @throws AssetsException if one of them is no certificate
     */
    public TlsTrust trust() throws AssetsException {
        try {
            return anchors().trust();
        } catch (GeneralSecurityException damaged) {
            throw noCertificate(damaged);
        }
    }

    /**
     * A client of the JDK that believes the same. All that believe the same share it.
     *
     * @throws AssetsException as {@link #trust}
     */
    public HttpClient client() throws AssetsException {
        try {
            return anchors().client();
        } catch (GeneralSecurityException | IOException damaged) {
            throw noCertificate(damaged);
        }
    }

    private TrustAnchors anchors() {
        return new TrustAnchors(content.trustAnchors());
    }

    private AssetsException noCertificate(Exception why) {
        return unusable("a trust anchor is no X.509 certificate", why);
    }

    /**
     * The keys to be activated with, in the file before the server hears of them: a device whose activation was never answered
     * asks again with the same.
     *
     * @throws AssetsException if the file cannot be changed
     */
    public synchronized KeyPair keysFor(ActivationPolicy policy) throws AssetsException {
        requireKnown(policy);
        Optional<KeyPair> made = keys().filter(keys -> bits(keys) == policy.keySize());
        if (made.isPresent()) {
            file.requireWritable();
            return made.get();
        }
        KeyPair keys = fresh(policy);
        write(content.keyed(keys));
        return keys;
    }

    /**
     * Fails if the file cannot be changed, without changing it.
     *
     * @throws AssetsException of kind {@link AssetsException.Kind#READ_ONLY}
     */
    public void requireWritable() throws AssetsException {
        file.requireWritable();
    }

    /** Writes that the device is known as {@code endpoint}, with the keys that {@link #keysFor} gave. */
    public synchronized void activated(String endpoint) throws AssetsException {
        KeyPair keys = keys().orElseThrow(() -> new IllegalStateException("a device is activated with keys"));
        write(content.activated(endpoint, keys));
    }

    /** The private key of an activated device. */
    public KeyPair requireKeys() throws AssetsException {
        return keys().orElseThrow(() -> unusable("there is an endpoint id, and no key with it", null));
    }

    /**
     * By what the device proves who it is: before activation by its shared secret, then by its private key; an operator's program,
     * which has an endpoint id and no key, always by its secret.
     */
    String assertion(Instant now) throws AssetsException {
        ProvisioningFile is = content;
        Instant expires = now.plus(Assertion.LIFE);
        String id = is.endpointId().orElse(is.clientId());
        if (is.endpointId().isEmpty() || is.privateKey().isEmpty()) {
            return Assertion.sign(id, expires, is.sharedSecret().bytes());
        }
        try {
            return Assertion.sign(id, expires, requireKeys().getPrivate());
        } catch (GeneralSecurityException unusable) {
            throw unusable("the private key cannot sign", unusable);
        }
    }

    private Optional<KeyPair> keys() throws AssetsException {
        try {
            return content.keys();
        } catch (ProtocolException damaged) {
            throw unusable(damaged.reason(), damaged);
        }
    }

    private void write(ProvisioningFile changed) throws AssetsException {
        try {
            file.write(changed.write(passphrase, random));
            content = changed;
        } catch (ProtocolException tooLong) {
            throw unusable(tooLong.reason(), tooLong);
        } catch (AssetsException known) {
            throw known;
        } catch (IOException broken) {
            throw new AssetsException(
                    AssetsException.Kind.UNWRITTEN,
                    file + " could not be written, and is as it was: " + broken.getMessage()
                            + "; see to the disk, and try again",
                    broken);
        }
    }

    private static KeyPair fresh(ActivationPolicy policy) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(KEY_TYPE);
            generator.initialize(policy.keySize());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("each Java has " + KEY_TYPE, impossible);
        }
    }

    private static int bits(KeyPair keys) {
        return keys.getPublic() instanceof RSAPublicKey key ? key.getModulus().bitLength() : 0;
    }

    private void requireKnown(ActivationPolicy policy) throws AssetsException {
        if (!policy.equals(
                new ActivationPolicy(KEY_TYPE, ActivationPolicy.DEFAULT.hashAlgorithm(), policy.keySize()))) {
            throw unusable(
                    "the server wants keys of another kind than " + ActivationPolicy.DEFAULT + ": " + policy, null);
        }
    }

    private AssetsException unusable(String why, @Nullable Exception cause) {
        String message = file + ": " + why;
        return cause == null
                ? new AssetsException(AssetsException.Kind.UNUSABLE, message)
                : new AssetsException(AssetsException.Kind.UNUSABLE, message, cause);
    }

    /** Says no secrets. */
    @Override
    public String toString() {
        return file + ", " + content;
    }
}
