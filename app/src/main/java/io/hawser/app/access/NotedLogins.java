package io.hawser.app.access;

import io.hawser.core.access.AccessException;
import io.hawser.core.access.Admission;
import io.hawser.core.access.Authenticator;
import io.hawser.core.access.Credentials;
import io.hawser.core.audit.Audit;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets in whom another one does, and has it written down when somebody is not let in: of each address once a minute. */
public final class NotedLogins implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(NotedLogins.class);

    private final Authenticator door;
    private final Audit audit;
    private final InstantSource clock;
    private final Throttle throttle = new Throttle();

    /** Those at {@code door}, noted in {@code audit}. */
    public NotedLogins(Authenticator door, Audit audit, InstantSource clock) {
        this.door = door;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Admission> authenticate(Credentials credentials) {
        CompletableFuture<Admission> known = door.authenticate(credentials);
        if (!known.isDone() || known.isCompletedExceptionally()) {
            known.whenComplete((admitted, failure) -> {
                Throwable why = failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                if (why instanceof AccessException refused) {
                    refused(credentials, String.valueOf(refused.getMessage()));
                }
            });
        }
        return known;
    }

    private void refused(Credentials credentials, String why) {
        boolean first;
        synchronized (throttle) {
            first = throttle.lets(credentials.from(), clock.millis());
        }
        if (first) {
            audit.append(new Audit.Deed(credentials.user(), credentials.from(), "login", ""), "refused", why)
                    .whenComplete((id, failure) -> {
                        if (failure != null) {
                            LOG.error("audit: a refused login is not written: {}", failure.getMessage());
                        }
                    });
        }
    }
}
