package io.hawser.store.local.disk;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.shelf.Shelf;
import io.hawser.store.rack.Batch;
import io.hawser.store.rack.Family;
import io.hawser.store.rack.Rack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksObject;
import org.rocksdb.TablePropertiesCollectorFactory;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The database, with its memory bounded: write buffers as set and block cache 32 MiB at most. Owner: whoever opens it, then
 * the writer; every method throws {@link StoreException} when the disk fails.
 *
 * <p><b>Recovery.</b> The log tolerates a torn last record, which nobody was told of; damage before it is an error. Blocks
 * carry checksums that are checked whenever one is read.
 */
public class Disk implements Rack {
    private static final long MIB = 1 << 20;
    /** So many keys at most are tried after one that cannot be read. */
    private static final int MAX_STEPS = 5_000;
    /** A file in which half of so many neighbours are removals is tidied up. */
    private static final long REMOVALS = 16_384;

    private final DataFolder folder;
    private final long writeBuffers;
    /** Run when it is closed. */
    private final Runnable end;

    /** Closed in the reverse order. */
    private final List<RocksObject> natives = new ArrayList<>();

    private final WriteOptions unsynced;
    private final RocksDB db;
    private final Tidying tidying;
    private final Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);

    /** Opens the database in {@code folder}, which it closes. */
    public Disk(DataFolder folder) {
        this(folder, DiskSettings.DEFAULT);
    }

    /** Opens the database in {@code folder}, which it closes. */
    public Disk(DataFolder folder, DiskSettings settings) {
        this(folder, folder.database(), settings, Opening.USE, folder::close);
    }

    private Disk(DataFolder folder, Path database, DiskSettings settings, Opening opening, Runnable end) {
        this.folder = folder;
        this.writeBuffers = settings.writeBuffers();
        this.end = end;
        try {
            if (opening == Opening.USE) {
                folder.raise();
            }
            NativeLibraryLoader.getInstance().loadLibrary(folder.library().toString());
            RocksDB.loadLibrary();
            unsynced = keep(new WriteOptions());
            Cache cache = keep(new LRUCache(32 * MIB));
            List<Family> families = opening == Opening.USE ? List.of(Family.values()) : families(database);
            TablePropertiesCollectorFactory collector = keep(
                    TablePropertiesCollectorFactory.NewCompactOnDeletionCollectorFactory(REMOVALS, REMOVALS / 2, 0.5));
            List<ColumnFamilyDescriptor> described = families.stream()
                    .map(family -> family(family, cache, collector))
                    .toList();
            List<ColumnFamilyHandle> opened = new ArrayList<>();
            db = opening.open(keep(options()), database.toString(), described, opened);
            for (int i = 0; i < families.size(); i++) {
                handles.put(families.get(i), opened.get(i));
            }
            tidying = new Tidying(db, handles);
        } catch (IOException | RocksDBException unusable) {
            free();
            throw new StoreException(
                    "the data in " + folder.path() + " cannot be opened: "
                            + Salvage.named(String.valueOf(unusable.getMessage()), database)
                            + "; see what 'hawser fsck' says, restore a backup, or start with an empty folder",
                    unusable);
        }
    }

    /** Opens the database in {@code folder} without changing it; the folder stays open. */
    public static Disk reading(DataFolder folder) {
        return new Disk(folder, folder.database(), DiskSettings.DEFAULT, Opening.READ, () -> {});
    }

    /** As {@link #reading}, past whatever is damaged in the log. */
    static Disk salvaging(DataFolder folder) {
        return new Disk(folder, folder.database(), DiskSettings.DEFAULT, Opening.SALVAGE, () -> {});
    }

    /** Opens the database in {@code folder}; the folder stays open. */
    public static Disk beside(DataFolder folder) {
        return beside(folder, folder.database());
    }

    /** Opens another database for {@code folder}, which stays open. */
    static Disk beside(DataFolder folder, Path database) {
        return new Disk(folder, database, DiskSettings.DEFAULT, Opening.USE, () -> {});
    }

    private DBOptions options() {
        return new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setMaxTotalWalSize(2 * writeBuffers)
                .setDbWriteBufferSize(writeBuffers)
                .setMaxOpenFiles(256)
                .setMaxBackgroundJobs(2)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(MIB)
                .setKeepLogFileNum(4)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    private ColumnFamilyDescriptor family(Family family, Cache cache, TablePropertiesCollectorFactory collector) {
        Options tidy = keep(new Options());
        tidy.setTablePropertiesCollectorFactory(List.of(collector));
        ColumnFamilyOptions options = keep(new ColumnFamilyOptions(tidy))
                .setWriteBufferSize(Math.min(family.writeBufferMib() * MIB, writeBuffers / 3))
                .setMaxWriteBufferNumber(2)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setForceConsistencyChecks(true)
                .setMaxCompactionBytes(2 * writeBuffers)
                .setTableFormatConfig(
                        // the index of a table with much in it is longer than what the cache takes at once
                        new BlockBasedTableConfig()
                                .setBlockCache(cache)
                                .setCacheIndexAndFilterBlocks(true)
                                .setIndexType(IndexType.kTwoLevelIndexSearch));
        return new ColumnFamilyDescriptor(family.label().getBytes(StandardCharsets.US_ASCII), options);
    }

    /** Those that are in {@code database}: an older one may have fewer. */
    private static List<Family> families(Path database) throws RocksDBException {
        try (Options options = new Options()) {
            Set<String> labels = RocksDB.listColumnFamilies(options, database.toString()).stream()
                    .map(label -> new String(label, StandardCharsets.US_ASCII))
                    .collect(Collectors.toSet());
            if (!labels.contains(Family.FACTS.label())) {
                throw new RocksDBException("the MANIFEST is damaged: it does not list the column families");
            }
            return Stream.of(Family.values())
                    .filter(family -> labels.contains(family.label()))
                    .toList();
        }
    }

    /** Where the database and what belongs to it is. */
    public DataFolder folder() {
        return folder;
    }

    private <T extends RocksObject> T keep(T object) {
        natives.add(object);
        return object;
    }

    @Override
    public int number(Family family) {
        return handle(family).getID();
    }

    private ColumnFamilyHandle handle(Family family) {
        return Objects.requireNonNull(handles.get(family), family.label());
    }

    @Override
    public Optional<byte[]> get(Family family, byte[] key) {
        if (!handles.containsKey(family)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(db.get(handle(family), key));
        } catch (RocksDBException damaged) {
            throw unreadable(damaged);
        }
    }

    @Override
    public void scan(Family family, BiConsumer<byte[], byte[]> visitor) {
        if (!handles.containsKey(family)) {
            return;
        }
        try (RocksIterator each = db.newIterator(handle(family))) {
            for (each.seekToFirst(); each.isValid(); each.next()) {
                visitor.accept(each.key(), each.value());
            }
            each.status();
        } catch (RocksDBException damaged) {
            throw unreadable(damaged);
        }
    }

    @Override
    public void walk(Family family, byte[] from, Shelf.Visitor visitor) {
        if (!handles.containsKey(family)) {
            return;
        }
        try (RocksIterator each = db.newIterator(handle(family))) {
            each.seek(from);
            while (each.isValid() && visitor.visit(each.key(), each.value())) {
                each.next();
            }
            each.status();
        } catch (RocksDBException damaged) {
            throw unreadable(damaged);
        }
    }

    /** As {@link #scan}, past what cannot be read; returns how many stretches that were. */
    int salvage(Family family, BiConsumer<byte[], byte[]> visitor) {
        if (!handles.containsKey(family)) {
            return 0;
        }
        int gaps = 0;
        byte[] last = {};
        try (RocksIterator each = db.newIterator(handle(family))) {
            each.seekToFirst();
            while (true) {
                for (; each.isValid(); each.next()) {
                    last = each.key();
                    visitor.accept(last, each.value());
                }
                if (sound(each)) {
                    return gaps;
                }
                gaps++;
                if (!resume(each, smallest(family), last)) {
                    return gaps;
                }
            }
        }
    }

    /** Keys end in numbers that grow: looks a little further, and further, then where the next table begins. */
    private static boolean resume(RocksIterator each, List<byte[]> smallest, byte[] last) {
        for (byte[] start : Salvage.starts(smallest, last)) {
            byte[] key = start.clone();
            for (int i = 0; i < MAX_STEPS && key.length > 0; i++) {
                if (i > 0 || !Arrays.equals(start, last)) {
                    each.seek(key);
                    if (sound(each)) {
                        return true;
                    }
                }
                for (int at = key.length - 1; at >= 0 && ++key[at] == 0; at--) {
                    // carry
                }
            }
        }
        return false;
    }

    private List<byte[]> smallest(Family family) {
        return db.getLiveFilesMetaData().stream()
                .filter(file -> family.label().equals(new String(file.columnFamilyName(), StandardCharsets.US_ASCII)))
                .map(LiveFileMetaData::smallestKey)
                .toList();
    }

    private static boolean sound(RocksIterator each) {
        try {
            each.status();
            return true;
        } catch (RocksDBException damaged) {
            return false;
        }
    }

    private StoreException unreadable(RocksDBException damaged) {
        return new StoreException("the data in " + folder.path() + " cannot be read: " + damaged.getMessage(), damaged);
    }

    @Override
    public void write(Batch batch) {
        try (WriteBatch bytes = new WriteBatch(batch.toByteArray())) {
            db.write(unsynced, bytes);
        } catch (RocksDBException failed) {
            throw unwritable(failed);
        }
    }

    @Override
    public void sync() {
        try {
            db.syncWal();
        } catch (RocksDBException failed) {
            throw unwritable(failed);
        }
    }

    private StoreException unwritable(RocksDBException failed) {
        return new StoreException(
                "the data in " + folder.path() + " cannot be written: " + failed.getMessage(), failed);
    }

    /** Makes a copy of what is there now in the new folder {@code path}: links to the tables, and what is not in them yet. */
    void checkpoint(Path path) {
        try (Checkpoint checkpoint = Checkpoint.create(db)) {
            checkpoint.createCheckpoint(path.toString());
        } catch (RocksDBException failed) {
            throw new StoreException("no copy of " + folder.path() + " can be made: " + failed.getMessage(), failed);
        }
    }

    Reserve reserve(long size) {
        return new Reserve(folder.reserve(), size);
    }

    /** Begins to give the room of what was deleted back, beside the owner; false if it is still at it. */
    boolean tidy() {
        return tidying.start();
    }

    /** Gives the room of whole files back that hold only such keys. */
    @Override
    public void drop(Family family, byte[] first, byte[] last) {
        try {
            db.deleteFilesInRanges(handle(family), List.of(first, last), false);
        } catch (RocksDBException failed) {
            throw new StoreException(
                    "the data in " + folder.path() + " cannot be tidied: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        tidying.close();
        handles.values().forEach(ColumnFamilyHandle::close);
        db.close();
        free();
    }

    private void free() {
        for (int i = natives.size() - 1; i >= 0; i--) {
            natives.get(i).close();
        }
        end.run();
    }
}
