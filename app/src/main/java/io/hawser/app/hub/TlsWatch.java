package io.hawser.app.hub;

import io.hawser.app.config.HubConfig;
import io.hawser.core.event.EventCode;
import io.hawser.net.tls.TlsIdentity;
import io.hawser.net.tls.UnusableTlsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up certificates and keys whose files have changed: each run looks once. What cannot be used is told, and the listener
 * goes on with what it has.
 */
final class TlsWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsWatch.class);

    /** How often it looks. */
    private static final long SECONDS = 2;

    private final Map<String, TlsIdentity> identities;

    /** Watches {@code identities}, by the name of their listener. */
    private TlsWatch(Map<String, TlsIdentity> identities) {
        this.identities = Map.copyOf(identities);
    }

    /** Watches those of the listeners of {@code config}, on a thread that is made if there are any. */
    static TlsWatch start(HubConfig config, Supplier<ScheduledExecutorService> thread) {
        Map<String, TlsIdentity> identities = new HashMap<>();
        config.eftl().tls().ifPresent(identity -> identities.put("eftl", identity));
        config.iot().ifPresent(devices -> identities.put("iot", devices.tls()));
        config.admin().tls().ifPresent(identity -> identities.put("admin", identity));
        TlsWatch watch = new TlsWatch(identities);
        if (!identities.isEmpty()) {
            Future<?> unused = thread.get().scheduleWithFixedDelay(watch, SECONDS, SECONDS, TimeUnit.SECONDS);
        }
        return watch;
    }

    @Override
    public void run() {
        List<String> unused = look();
    }

    /** Looks once; says whose certificates were taken up. */
    synchronized List<String> look() {
        List<String> renewed = new ArrayList<>();
        identities.forEach((listener, identity) -> {
            try {
                if (identity.refresh()) {
                    renewed.add(listener);
                    LOG.info(
                            "tls[{}] has a new certificate, valid until {}",
                            listener,
                            identity.validUntil(),
                            EventCode.CERTIFICATE_RENEWED);
                }
            } catch (UnusableTlsException unusable) {
                LOG.warn(
                        "tls[{}] goes on with the old certificate: {}",
                        listener,
                        unusable.getMessage(),
                        EventCode.CERTIFICATE_UNUSABLE);
            }
        });
        return renewed;
    }
}
