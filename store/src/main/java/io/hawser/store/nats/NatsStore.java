package io.hawser.store.nats;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.Durables;
import io.hawser.core.store.engine.Store;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.map.MapBook;
import io.hawser.core.store.map.Maps;
import io.hawser.core.store.map.ShelfMaps;
import io.hawser.core.store.object.ObjectMedium;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.core.store.record.RecordBook;
import io.hawser.core.store.record.Records;
import io.hawser.core.store.record.ShelfRecords;
import io.hawser.store.durable.RackDurables;
import io.hawser.store.object.ObjectRecords;
import io.hawser.store.object.RackObjects;
import io.hawser.store.rack.Family;
import io.hawser.store.rack.RackShelf;
import io.hawser.store.rack.Writer;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The engine on NATS JetStream. What a future says was acknowledged by JetStream, by a majority of the servers that keep the
 * stream: it survives this hub and its machine, and with three replicas one of the servers. What a server does with
 * its disk before it acknowledges is up to its configuration.
 *
 * <p>One hub at a time has the store. While JetStream does not answer, what makes the data grow is refused, the rest waits, and
 * goes on by itself.
 */
public final class NatsStore implements Store {
    /** How many useless bytes are left in the journal. */
    private static final long SLACK = 16 << 20;

    private final Link link;
    private final Lease lease;
    private final Writer writer;
    private final Durables durables;
    private final Maps maps;
    private final RackObjects objects;
    private final Records records;

    /** With another {@code slack}; the rest as in {@link #open}. */
    NatsStore(
            Link link,
            Lease lease,
            String hub,
            long slack,
            InstantSource clock,
            DurableListener durables,
            StoreLimits limits,
            NatsListener listener) {
        this.link = link;
        this.lease = lease;
        Journal journal = new Journal(new Tape(link), hub, slack);
        Chunks chunks = new Chunks(link);
        RackDurables ledger = new RackDurables(journal, clock.millis(), durables);
        RackShelf mapShelf = new RackShelf(journal, Family.MAPS);
        MapBook mapBook = new MapBook(mapShelf, limits.maps());
        RackShelf recordShelf = new RackShelf(journal, Family.RECORDS);
        RecordBook recordBook = new RecordBook(recordShelf, limits.records());
        ObjectMedium.Kept kept = ChunkMedium.join(chunks, ObjectRecords.read(journal));
        this.writer = new Writer(
                journal,
                clock,
                new Pulse(link),
                List.of(ledger, mapShelf.part(mapBook), recordShelf.part(recordBook)),
                listener::failed);
        CompletableFuture<Void> unused = lease.lost().thenAccept(this::fail);
        this.durables = ledger.on(writer);
        this.maps = new ShelfMaps(mapShelf.desk(writer), mapBook);
        this.objects =
                RackObjects.start(new ChunkMedium(chunks, new ObjectRecords(writer), kept), clock, limits.objects());
        this.records = new ShelfRecords(recordShelf.desk(writer), recordBook);
    }

    /**
     * Takes the store for {@code hub} and reads it; waits for NATS meanwhile. If another hub had it and did not close it, waits as
     * long as its lease lasts.
     *
     * @param hub what others are told who has it; different at each start
     * @param clock the time; it never jumps, whatever is done to the clock on the wall
     * @param durables hears what happens to durables, on a thread of the store
     * @param limits how much each part may hold
     * @param listener hears how the store does
     * @throws StoreException with a text for the user if NATS is not there, cannot keep a store, or another hub has it
     */
    public static NatsStore open(
            NatsSettings settings,
            String hub,
            InstantSource clock,
            DurableListener durables,
            StoreLimits limits,
            NatsListener listener) {
        return open(settings, hub, SLACK, clock, durables, limits, listener);
    }

    static NatsStore open(
            NatsSettings settings,
            String hub,
            long slack,
            InstantSource clock,
            DurableListener durables,
            StoreLimits limits,
            NatsListener listener) {
        Link link = Link.open(settings, listener);
        try {
            Lease lease = Lease.take(link, hub);
            try {
                return new NatsStore(link, lease, hub, slack, clock, durables, limits, listener);
            } catch (RuntimeException unreadable) {
                lease.close();
                throw unreadable;
            }
        } catch (RuntimeException unusable) {
            link.close();
            throw unusable;
        }
    }

    /** Whatever is asked from now on fails; reads too, for another hub may have changed what they would say. */
    private void fail(StoreException why) {
        writer.later(round -> {
            throw why;
        });
    }

    @Override
    public Durables durables() {
        return durables;
    }

    @Override
    public Maps maps() {
        return maps;
    }

    @Override
    public StoredObjects objects() {
        return objects.objects();
    }

    @Override
    public Records records() {
        return records;
    }

    /** How it does, as far as is known without asking; at once, from any thread. */
    public NatsStatus status() {
        return link.status();
    }

    /** Completes what was accepted, as far as JetStream answers, and lets other hubs take the store. */
    @Override
    public void close() {
        link.giveUp();
        objects.close();
        writer.close();
        objects.end();
        lease.close();
        link.close();
    }
}
