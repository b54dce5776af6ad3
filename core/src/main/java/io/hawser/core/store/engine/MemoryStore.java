package io.hawser.core.store.engine;

import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.Durables;
import io.hawser.core.store.ledger.MemoryDurables;
import io.hawser.core.store.map.MapBook;
import io.hawser.core.store.map.Maps;
import io.hawser.core.store.map.ShelfMaps;
import io.hawser.core.store.object.MemoryMedium;
import io.hawser.core.store.object.ObjectCatalog;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.core.store.record.RecordBook;
import io.hawser.core.store.record.Records;
import io.hawser.core.store.record.ShelfRecords;
import io.hawser.core.store.shelf.MemoryDesk;
import io.hawser.core.store.shelf.MemoryShelf;

/** The engine in memory: keeps everything as long as the process lives. */
public final class MemoryStore implements Store {
    private final MemoryDurables durables;
    private final MemoryDesk mapDesk;
    private final Maps maps;
    private final ObjectCatalog objects;
    private final MemoryDesk recordDesk;
    private final Records records;

    /**
     * An empty store with default limits.
     *
     * @param thread owner of all state; the caller ends it after {@link #close()}
     * @param listener hears what happens to durables
     */
    public MemoryStore(StoreThread thread, DurableListener listener) {
        this(thread, listener, StoreLimits.IN_MEMORY);
    }

    /**
     * An empty store.
     *
     * @param thread owner of all state; the caller ends it after {@link #close()}
     * @param listener hears what happens to durables
     * @param limits how much each part may hold
     */
    public MemoryStore(StoreThread thread, DurableListener listener, StoreLimits limits) {
        this.durables = new MemoryDurables(thread, listener);
        MemoryShelf mapShelf = new MemoryShelf();
        MapBook mapBook = new MapBook(mapShelf, limits.maps());
        this.mapDesk = new MemoryDesk(thread, mapShelf, mapBook);
        this.maps = new ShelfMaps(mapDesk, mapBook);
        this.objects = new ObjectCatalog(thread, new MemoryMedium(), limits.objects());
        MemoryShelf recordShelf = new MemoryShelf();
        RecordBook recordBook = new RecordBook(recordShelf, limits.records());
        this.recordDesk = new MemoryDesk(thread, recordShelf, recordBook);
        this.records = new ShelfRecords(recordDesk, recordBook);
    }

    @Override
    public Durables durables() {
        return durables.durables();
    }

    @Override
    public Maps maps() {
        return maps;
    }

    @Override
    public StoredObjects objects() {
        return objects;
    }

    @Override
    public Records records() {
        return records;
    }

    @Override
    public void close() {
        durables.close();
        mapDesk.close();
        objects.close();
        recordDesk.close();
    }
}
