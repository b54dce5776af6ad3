package io.hawser.store.nats;

import io.hawser.core.store.object.ObjectContent;
import io.hawser.core.store.object.ObjectDraft;
import io.hawser.core.store.object.ObjectManifest;
import io.hawser.store.copy.Stock;
import io.hawser.store.rack.Rack;
import java.nio.ByteBuffer;

/** A store on NATS that no hub uses. Owner: whoever opens it. */
public final class NatsStock implements Stock {
    private final Link link;
    private final Lease lease;
    private final Journal journal;
    private final Chunks chunks;

    private NatsStock(Link link, Lease lease, String who) {
        this.link = link;
        this.lease = lease;
        this.journal = new Journal(new Tape(link), who, Long.MAX_VALUE / 2);
        this.chunks = new Chunks(link);
    }

    /**
     * Takes the store, which is made if it is missing, for {@code who}.
     *
     * @param listener hears of outages; while there is one, whoever uses the stock waits
     * @throws io.hawser.core.store.StoreException with a text for the user if NATS is not there, or a hub has the store
     */
    public static NatsStock open(NatsSettings settings, String who, NatsListener listener) {
        Link link = Link.open(settings, listener);
        try {
            Lease lease = Lease.take(link, who);
            try {
                return new NatsStock(link, lease, who);
            } catch (RuntimeException unreadable) {
                lease.close();
                throw unreadable;
            }
        } catch (RuntimeException unusable) {
            link.close();
            throw unusable;
        }
    }

    @Override
    public Rack rack() {
        return journal;
    }

    @Override
    public ObjectContent open(ObjectManifest object) {
        return new Content(chunks, object);
    }

    @Override
    public ObjectDraft create(long number) {
        return new ChunkDraft(chunks, number);
    }

    @Override
    public void close() {
        journal.close();
        lease.close();
        link.close();
    }

    private record Content(Chunks chunks, ObjectManifest object) implements ObjectContent {
        @Override
        public ByteBuffer chunk(int index) {
            return chunks.get(object, index);
        }

        @Override
        public void close() {}
    }
}
