package io.hawser.store.local;

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
import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import io.hawser.store.local.disk.DiskSettings;
import io.hawser.store.local.disk.Snapshot;
import io.hawser.store.local.disk.Space;
import io.hawser.store.local.disk.Watch;
import io.hawser.store.object.RackObjects;
import io.hawser.store.rack.Family;
import io.hawser.store.rack.Part;
import io.hawser.store.rack.RackShelf;
import io.hawser.store.rack.Writer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The engine in a folder of this machine. What a future says is on stable storage: it survives the process, the operating
 * system and the power, as far as the disk keeps what it was told to flush. One
 * thread of its own owns the database, one syncs what it wrote, another owns the files of objects.
 */
public final class LocalStore implements Store {
    private final Disk disk;
    private final Writer writer;
    private final Durables durables;
    private final Maps maps;
    private final RackObjects objects;
    private final Records records;
    private final AtomicBoolean copying = new AtomicBoolean();

    /** A store on {@code disk}, which it closes and takes to have room; the rest as in {@link #open}. */
    public LocalStore(
            Disk disk,
            InstantSource clock,
            DurableListener durables,
            StoreLimits limits,
            Consumer<StoreException> onFailure) {
        this(disk, clock, durables, limits, onFailure, Watch.asleep(disk));
    }

    LocalStore(
            Disk disk,
            InstantSource clock,
            DurableListener listener,
            StoreLimits limits,
            Consumer<StoreException> onFailure,
            Watch watch) {
        this.disk = disk;
        try {
            Path files = disk.folder().objects();
            RackDurables ledger = new RackDurables(disk, clock.millis(), listener);
            RackShelf mapShelf = new RackShelf(disk, Family.MAPS);
            MapBook mapBook = new MapBook(mapShelf, limits.maps());
            ObjectMedium.Kept kept = RackObjects.kept(disk, files);
            RackShelf recordShelf = new RackShelf(disk, Family.RECORDS);
            RecordBook recordBook = new RecordBook(recordShelf, limits.records());
            List<Part> parts = List.of(ledger, mapShelf.part(mapBook), recordShelf.part(recordBook));
            this.writer = new Writer(disk, clock, watch, parts, onFailure);
            this.durables = ledger.on(writer);
            this.maps = new ShelfMaps(mapShelf.desk(writer), mapBook);
            this.objects = RackObjects.start(files, kept, writer, clock, limits.objects());
            this.records = new ShelfRecords(recordShelf.desk(writer), recordBook);
        } catch (RuntimeException unreadable) {
            disk.close();
            throw unreadable;
        }
    }

    /**
     * Opens the data in {@code folder}, which is made if it is missing, with default limits and on a disk that is taken to have
     * room.
     *
     * @param clock the time; it never jumps, whatever is done to the clock on the wall
     * @param durables hears what happens to durables, on a thread of the store
     * @param onFailure told once, on a thread of the store, when the disk fails: from then on nothing is acknowledged
     * @throws StoreException with a text for the user if the folder cannot be used
     */
    public static LocalStore open(
            Path folder, InstantSource clock, DurableListener durables, Consumer<StoreException> onFailure) {
        return new LocalStore(new Disk(DataFolder.open(folder)), clock, durables, StoreLimits.ON_DISK, onFailure);
    }

    /**
     * As the other, watching the disk.
     *
     * @param limits how much each part may hold
     * @param settings how much of the disk it may fill
     * @param listener hears how the disk does
     */
    public static LocalStore open(
            Path folder,
            InstantSource clock,
            DurableListener durables,
            StoreLimits limits,
            DiskSettings settings,
            StoreListener listener) {
        Disk disk = new Disk(DataFolder.open(folder), settings);
        Watch watch = new Watch(disk, settings, Space.of(folder), listener::room);
        return new LocalStore(disk, clock, durables, limits, listener::failed, watch);
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

    /**
     * Copies what is stored now into the new or empty folder, or the new zip file, {@code target}, while everything goes on: what
     * was acknowledged before the call is in it. See {@link Backup}. One backup is made at a time.
     *
     * @return completes, on a thread of its own, when the copy is on stable storage
     */
    public CompletableFuture<Void> backup(Path target) {
        return backup(snapshot -> Backup.write(snapshot, target));
    }

    /** As the other, written as a zip to {@code to}, on a thread that may be held up there; it is not closed. */
    public CompletableFuture<Void> backup(OutputStream to) {
        return backup(snapshot -> {
            try {
                Backup.write(snapshot, to);
            } catch (IOException taken) {
                throw new StoreException("the backup is not taken: " + taken.getMessage(), taken);
            }
        });
    }

    private CompletableFuture<Void> backup(Consumer<Snapshot> copy) {
        if (!copying.compareAndSet(false, true)) {
            return CompletableFuture.failedFuture(
                    new StoreException("a backup is being made already; try again when it is done"));
        }
        CompletableFuture<Snapshot> taken = new CompletableFuture<>();
        writer.submit(0, taken, round -> {
            try {
                taken.complete(Snapshot.take(disk.folder(), disk));
            } catch (StoreException failed) {
                taken.completeExceptionally(failed);
            }
        });
        return taken.thenAcceptAsync(
                        snapshot -> {
                            try (snapshot) {
                                copy.accept(snapshot);
                            }
                        },
                        work -> new Thread(work, "hawser-backup").start())
                .whenComplete((done, failure) -> copying.set(false));
    }

    /** Completes what was accepted, waits for it, and leaves the folder to others. */
    @Override
    public void close() {
        objects.close();
        writer.close();
        objects.end();
    }
}
