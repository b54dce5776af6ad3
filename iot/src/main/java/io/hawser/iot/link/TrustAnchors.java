package io.hawser.iot.link;

import io.hawser.core.value.Value;
import io.hawser.net.tls.TlsTrust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whom a device believes: exactly the trust anchors of its provisioning file if there are any, else whom Java trusts ({@code
 * specs/iot.md} 1.1). Callable from any thread.
 *
 * @param ders X.509 certificates in DER
 */
record TrustAnchors(List<Value.Opaque> ders) {
    /** On Java 17 a client of the JDK cannot be closed, and has a thread: so all devices that believe the same share one. */
    private static final Map<TrustAnchors, HttpClient> CLIENTS = new HashMap<>();

    /** For our own client. */
    TlsTrust trust() throws CertificateException {
        return ders.isEmpty() ? TlsTrust.system() : TlsTrust.of(certificates());
    }

    /** The client of the JDK, which moves contents; it waits for ever where it is not told how long. */
    HttpClient client() throws GeneralSecurityException, IOException {
        synchronized (CLIENTS) {
            HttpClient client = CLIENTS.get(this);
            if (client == null) {
                client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(context())
                        .build();
                CLIENTS.put(this, client);
            }
            return client;
        }
    }

    private SSLContext context() throws GeneralSecurityException, IOException {
        if (ders.isEmpty()) {
            return SSLContext.getDefault();
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (X509Certificate anchor : certificates()) {
            store.setCertificateEntry("anchor-" + store.size(), anchor);
        }
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trusted.getTrustManagers(), null);
        return context;
    }

    private List<X509Certificate> certificates() throws CertificateException {
        List<X509Certificate> anchors = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (Value.Opaque der : ders) {
            anchors.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der.bytes())));
        }
        return anchors;
    }
}
