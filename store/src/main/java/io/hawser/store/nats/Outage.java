package io.hawser.store.nats;

import io.hawser.core.store.StoreException;
import java.util.Optional;

/**
 * That somebody waits for JetStream in vain. It is over when the last of those who wait has its answer, whatever JetStream tells
 * others meanwhile: a server without room still lets read. For any thread of the store.
 */
final class Outage {
    private final NatsListener listener;
    private final String server;
    private volatile Optional<StoreException> why = Optional.empty();
    private int waiting;

    /** None yet; {@code listener} hears of each begin and end. */
    Outage(NatsListener listener, String server) {
        this.listener = listener;
        this.server = server;
    }

    /** Why JetStream does not do what it is asked at the moment; empty if it does. */
    Optional<StoreException> why() {
        return why;
    }

    /** Somebody begins to wait. */
    synchronized void begin(StoreException reason) {
        why = Optional.of(reason);
        if (waiting++ == 0) {
            listener.away(String.valueOf(reason.getMessage()));
        }
    }

    /** Somebody waits still, for another reason perhaps. */
    synchronized void last(StoreException reason) {
        why = Optional.of(reason);
    }

    /** Somebody who waited has an answer. */
    synchronized void end() {
        if (--waiting == 0) {
            why = Optional.empty();
            listener.back("NATS at " + server + " takes what is to be kept again");
        }
    }
}
