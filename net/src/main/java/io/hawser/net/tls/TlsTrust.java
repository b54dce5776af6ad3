package io.hawser.net.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom a client believes: which authorities, and whether the certificate must be for the host that was asked for, which
 * it must unless one says otherwise. Immutable; callable from any thread.
 */
public final class TlsTrust {
    private final Source source;
    private final boolean hostChecked;
    private final AtomicReference<@Nullable SslContext> context = new AtomicReference<>();

    private TlsTrust(Source source, boolean hostChecked) {
        this.source = source;
        this.hostChecked = hostChecked;
    }

    /** The authorities that this Java installation trusts. */
    public static TlsTrust system() {
        return new TlsTrust(builder -> {}, true);
    }

    /**
     * The authorities, or the very certificates, of a PEM file and nobody else.
     *
     * @throws UnusableTlsException if it cannot be read
     */
    public static TlsTrust pem(Path certificates) {
        X509Certificate[] trusted = KeyFiles.certificates(certificates).toArray(X509Certificate[]::new);
        return new TlsTrust(builder -> builder.trustManager(trusted), true);
    }

    /**
     * These authorities, or very certificates, and nobody else.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static TlsTrust of(List<X509Certificate> certificates) {
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("without certificates nobody is trusted");
        }
        X509Certificate[] trusted = certificates.toArray(X509Certificate[]::new);
        return new TlsTrust(builder -> builder.trustManager(trusted), true);
    }

    /**
     * The certificates of a PKCS12 store and nobody else.
     *
     * @throws UnusableTlsException if it cannot be read
     */
    public static TlsTrust pkcs12(Path file, String password) {
        KeyStore store = KeyFiles.pkcs12(file, password);
        try {
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(store);
            return new TlsTrust(builder -> builder.trustManager(trusted), true);
        } catch (GeneralSecurityException e) {
            throw KeyFiles.unreadable("trusted certificates from " + file, e);
        }
    }

    /** Everybody, whatever name the certificate says: it hides what is said, and not from whoever stands between. */
    public static TlsTrust everybody() {
        return new TlsTrust(builder -> builder.trustManager(InsecureTrustManagerFactory.INSTANCE), false);
    }

    /** The same authorities, for certificates of any name. */
    public TlsTrust withoutHostCheck() {
        return new TlsTrust(source, false);
    }

    /**
     * The same, showing a certificate to servers that ask for one.
     *
     * @param chain PEM: the client's certificate, then those that signed it
     * @param key its key, PKCS#8 ({@code BEGIN PRIVATE KEY}), not encrypted
     * @throws UnusableTlsException if they cannot be read
     */
    public TlsTrust showing(Path chain, Path key) {
        X509Certificate[] shown = KeyFiles.certificates(chain).toArray(X509Certificate[]::new);
        PrivateKey own = KeyFiles.key(key);
        return new TlsTrust(
                builder -> {
                    source.into(builder);
                    builder.keyManager(own, shown);
                },
                hostChecked);
    }

    /**
     * Reads what is to be read, so that {@link #guard} never waits. For the rooms of net alone.
     *
     * @throws UnusableTlsException if Java cannot use it
     */
    public SslContext prepare() {
        SslContext ready = context.get();
        if (ready == null) {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .protocols(TlsIdentity.VERSIONS)
                    .endpointIdentificationAlgorithm(hostChecked ? "HTTPS" : null);
            source.into(builder);
            try {
                ready = builder.build();
            } catch (SSLException e) {
                throw KeyFiles.unreadable("trusted certificates", e);
            }
            context.set(ready);
        }
        return ready;
    }

    /**
     * The same for programs that have sockets of their own; their handshakes look at the host's name too, if this one does.
     *
     * @throws UnusableTlsException if Java cannot use it
     */
    public SSLContext sockets() {
        SSLContext plain = ((JdkSslContext) prepare()).context();
        return hostChecked ? new NamedContext(plain) : plain;
    }

    /**
     * Puts TLS in front of a connection to {@code host}; if there is no handshake within {@code limit}, or a bad one,
     * {@code failed} is told why on the connection's loop. For the rooms of net alone.
     */
    public void guard(Channel channel, String host, int port, Duration limit, Consumer<String> failed) {
        TlsGate.guard(channel, prepare().newHandler(channel.alloc(), host, port), limit, failed);
    }

    /** Where trusted certificates come from. */
    private interface Source {
        void into(SslContextBuilder builder);
    }
}
