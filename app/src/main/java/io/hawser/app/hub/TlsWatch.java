package io.hawser.app.hub;

import io.hawser.net.tls.TlsIdentity;
import io.hawser.net.tls.UnusableTlsException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up certificates and keys whose files have changed: each run looks once. What cannot be used is told, and the listener
 * goes on with what it has.
 */
final class TlsWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsWatch.class);

    private final Map<String, TlsIdentity> identities;

    /** Watches {@code identities}, by the name of their listener. */
    TlsWatch(Map<String, TlsIdentity> identities) {
        this.identities = Map.copyOf(identities);
    }

    @Override
    public void run() {
        identities.forEach((listener, identity) -> {
            try {
                if (identity.refresh()) {
                    LOG.info("tls[{}] has a new certificate, valid until {}", listener, identity.validUntil());
                }
            } catch (UnusableTlsException unusable) {
                LOG.warn("tls[{}] goes on with the old certificate: {}", listener, unusable.getMessage());
            }
        });
    }
}
