package io.hawser.net.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Who a server is: its certificate chain and its key, from files that can be read again while it runs. Callable from any
 * thread.
 *
 * <p>{@link #reload} swaps one immutable identity for another: a new connection shakes hands with the one that is there
 * when it comes, and those that are open go on with what they began.
 */
public final class TlsIdentity {
    static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final List<Path> files;
    private final Supplier<Pair> source;
    private final Optional<ClientTrust> clients;
    private volatile List<String> seen;
    private volatile Loaded loaded;

    private TlsIdentity(List<Path> files, Supplier<Pair> source, Optional<ClientTrust> clients) {
        this.files = files;
        this.source = source;
        this.clients = clients;
        this.seen = KeyFiles.stamps(files);
        this.loaded = load(source.get(), clients);
    }

    /**
     * From PEM files.
     *
     * @param chain the server's certificate, then those that signed it
     * @param key its key, PKCS#8 ({@code BEGIN PRIVATE KEY}), not encrypted
     * @throws UnusableTlsException if they cannot be read or do not belong together
     */
    public static TlsIdentity pem(Path chain, Path key) {
        return new TlsIdentity(
                List.of(chain, key),
                () -> new Pair(KeyFiles.certificates(chain), KeyFiles.key(key), chain + " and " + key),
                Optional.empty());
    }

    /**
     * From the first key of a PKCS12 store, with the password of the store, which is the key's too.
     *
     * @throws UnusableTlsException if it cannot be read or holds no key
     */
    public static TlsIdentity pkcs12(Path file, String password) {
        Supplier<Pair> source = () -> {
            KeyStore store = KeyFiles.pkcs12(file, password);
            try {
                for (String alias : Collections.list(store.aliases())) {
                    Key key = store.getKey(alias, password.toCharArray());
                    if (key instanceof PrivateKey own) {
                        return new Pair(chainOf(store, alias), own, file.toString());
                    }
                }
            } catch (GeneralSecurityException e) {
                throw KeyFiles.unreadable("the key from " + file, e);
            }
            throw new UnusableTlsException(file + " has no private key");
        };
        return new TlsIdentity(List.of(file), source, Optional.empty());
    }

    /**
     * The same, which asks clients for a certificate and believes as {@code clients} say; their files are read again with its own.
     *
     * @throws UnusableTlsException if these cannot be read
     */
    public TlsIdentity asking(ClientTrust others) {
        List<Path> all = Stream.concat(files.stream(), others.files().stream()).toList();
        return new TlsIdentity(all, source, Optional.of(others));
    }

    /**
     * Reads the files again. New connections meet what is there now; open ones stay.
     *
     * @throws UnusableTlsException if they cannot be used; then everything stays as it was
     */
    public void reload() {
        loaded = load(source.get(), clients);
    }

    /**
     * Reads the files again if they are others than when they were read last. Returns whether they were.
     *
     * @throws UnusableTlsException if they cannot be used; then everything stays as it was until they change once more
     */
    public boolean refresh() {
        List<String> now = KeyFiles.stamps(files);
        if (now.equals(seen)) {
            return false;
        }
        seen = now;
        reload();
        return true;
    }

    /** When the server's certificate expires. */
    public Instant validUntil() {
        return loaded.validUntil();
    }

    /**
     * Puts TLS in front of a connection that came in. Whoever has not shaken hands within {@code limit} is dropped. For
     * the rooms of net alone.
     */
    public void guard(Channel channel, Duration limit) {
        TlsGate.guard(channel, loaded.context().newHandler(channel.alloc()), limit, why -> {});
    }

    /** The certificate that the client at the other end of {@code channel} has shown. For the rooms of net alone. */
    public static Optional<X509Certificate> peer(Channel channel) {
        return Optional.ofNullable(channel.attr(TlsGate.PEER).get());
    }

    private static List<X509Certificate> chainOf(KeyStore store, String alias) throws GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : store.getCertificateChain(alias)) {
            chain.add((X509Certificate) certificate);
        }
        return chain;
    }

    private static Loaded load(Pair pair, Optional<ClientTrust> clients) {
        PrivateKey key = pair.key();
        String where = pair.where();
        X509Certificate own = pair.chain().get(0);
        try {
            if (!belongTogether(own.getPublicKey(), key)) {
                throw new UnusableTlsException("the key does not belong to the first certificate: " + where);
            }
            SslContextBuilder builder = SslContextBuilder.forServer(
                            key, pair.chain().toArray(X509Certificate[]::new))
                    .sslProvider(SslProvider.JDK)
                    .protocols(VERSIONS);
            clients.ifPresent(others -> builder.trustManager(others.factory())
                    .clientAuth(others.needed() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL));
            return new Loaded(builder.build(), own.getNotAfter().toInstant());
        } catch (GeneralSecurityException | SSLException e) {
            throw KeyFiles.unreadable("an identity from " + where, e);
        }
    }

    private static boolean belongTogether(PublicKey open, PrivateKey secret) throws GeneralSecurityException {
        String algorithm =
                switch (secret.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> secret.getAlgorithm();
                };
        if (!open.getAlgorithm().equals(secret.getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(secret);
        byte[] signed = signature.sign();
        signature.initVerify(open);
        return signature.verify(signed);
    }

    /**
     * What the files hold.
     *
     * @param chain the server's certificate, then those that signed it
     * @param key its key
     * @param where the files, for texts
     */
    private record Pair(List<X509Certificate> chain, PrivateKey key, String where) {}

    /**
     * What was read.
     *
     * @param context Netty's, immutable
     * @param validUntil end of the certificate
     */
    private record Loaded(SslContext context, Instant validUntil) {}
}
