package io.hawser.store.nats;

import io.hawser.core.store.StoreException;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in a bucket which hub has the store, again and again. It keeps a second hub from taking it; that nothing is damaged if
 * one takes it all the same is up to the {@link Tape}.
 *
 * <p>No clock is compared: who finds a lease watches it for as long as it would be renewed several times, and takes it
 * only if nothing is said meanwhile. A hub that nobody asks for anything hears here that NATS is away. Owner: whoever opens the store, then its own thread.
 */
final class Lease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final String KEY = "owner";
    private static final int RENEWALS = 4;
    private static final int LOOKS = 20;

    private final Link link;
    private final String bucket;
    private final KeyValue values;
    private final byte[] hub;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<StoreException> lost = new CompletableFuture<>();
    private final Thread thread;
    private long revision;

    private Lease(Link link, String hub) throws IOException {
        this.link = link;
        this.bucket = link.settings().stream("LEASE");
        this.hub = hub.getBytes(StandardCharsets.UTF_8);
        link.make(StreamConfiguration.builder()
                .name("KV_" + bucket)
                .subjects("$KV." + bucket + ".>")
                .storageType(StorageType.File)
                .replicas(link.settings().replicas())
                .maxMessagesPerSubject(1)
                .discardPolicy(DiscardPolicy.New)
                .allowRollup(true)
                .denyDelete(true)
                .allowDirect(false)
                .build());
        this.values = link.connection().keyValue(bucket);
        this.thread = new Thread(this::renew, "hawser-store-lease");
        thread.setDaemon(true);
    }

    /**
     * The lease for {@code hub}, once it is known that no other hub has it.
     *
     * @throws StoreException that names the other hub if there is one
     */
    static Lease take(Link link, String hub) {
        try {
            Lease lease = new Lease(link, hub);
            lease.revision = lease.acquire();
            lease.thread.start();
            return lease;
        } catch (IOException | JetStreamApiException failed) {
            throw new StoreException(
                    "it cannot be said at " + link.settings().server() + " who has the store: " + failed.getMessage(),
                    failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StoreException("taking the store was interrupted", stopped);
        }
    }

    /** Completes, on the lease's thread, when another hub has taken it all the same. */
    CompletableFuture<StoreException> lost() {
        return lost;
    }

    private long acquire() throws IOException, JetStreamApiException, InterruptedException {
        KeyValueEntry before = values.get(KEY);
        if (before != null) {
            LOG.info("store[nats] {} had the store; waiting whether it says something", before.getValueAsString());
        }
        for (int i = 0; before != null && i < LOOKS; i++) {
            closing.await(link.settings().lease().toMillis() / LOOKS, TimeUnit.MILLISECONDS);
            KeyValueEntry now = values.get(KEY);
            if (now != null && now.getRevision() != before.getRevision()) {
                throw used(now);
            }
            before = now;
        }
        try {
            return before == null ? values.create(KEY, hub) : values.update(KEY, hub, before.getRevision());
        } catch (JetStreamApiException quicker) {
            KeyValueEntry other = values.get(KEY);
            if (other == null) {
                throw quicker;
            }
            throw used(other);
        }
    }

    private StoreException used(KeyValueEntry other) {
        return new StoreException(
                "the store " + link.settings().name() + " at " + link.settings().server()
                        + " is used by " + other.getValueAsString()
                        + "; stop that hub first, or give this one another store.nats.name");
    }

    private void renew() {
        long period = link.settings().lease().toMillis() / RENEWALS;
        try {
            while (!closing.await(period, TimeUnit.MILLISECONDS)) {
                if (!link.insist(this::renewed)) {
                    lost.complete(new StoreException("another hub has taken the store "
                            + link.settings().name() + " at "
                            + link.settings().server()
                            + "; nothing was lost, but this hub must stop"));
                    return;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (StoreException ended) {
            LOG.warn("store[nats] the lease is not renewed any more: {}", ended.getMessage());
        }
    }

    /** False if another hub has it. An answer may have been lost, so that the revision is a newer one of ours. */
    private boolean renewed() throws IOException, JetStreamApiException {
        try {
            revision = values.update(KEY, hub, revision);
            return true;
        } catch (JetStreamApiException refused) {
            if (refused.getApiErrorCode() != Tape.WRONG_LAST_SEQUENCE) {
                throw refused;
            }
            KeyValueEntry now = values.get(KEY);
            if (now == null || !Arrays.equals(now.getValue(), hub)) {
                return false;
            }
            revision = now.getRevision();
            return true;
        }
    }

    /** Lets others take the store at once. */
    @Override
    public void close() {
        closing.countDown();
        link.giveUp();
        try {
            thread.join();
            values.delete(KEY, revision);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | JetStreamApiException | IllegalStateException stays) {
            LOG.debug("store[nats] the lease stays until it is known that nobody renews it", stays);
        }
    }
}
