package io.hawser.store.local.disk;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.shelf.Shelf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksObject;
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
public class Disk implements AutoCloseable {
    private static final long MIB = 1 << 20;

    private final DataFolder folder;
    private final long writeBuffers;
    /** Closed in the reverse order. */
    private final List<RocksObject> natives = new ArrayList<>();

    private final WriteOptions synced;
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
        this.folder = folder;
        this.writeBuffers = settings.writeBuffers();
        try {
            NativeLibraryLoader.getInstance().loadLibrary(folder.library().toString());
            RocksDB.loadLibrary();
            synced = keep(new WriteOptions().setSync(true));
            unsynced = keep(new WriteOptions());
            List<ColumnFamilyHandle> opened = new ArrayList<>();
            Cache cache = keep(new LRUCache(32 * MIB));
            db = RocksDB.open(keep(options()), folder.database().toString(), families(cache), opened);
            Iterator<ColumnFamilyHandle> handle = opened.iterator();
            for (Family family : Family.values()) {
                handles.put(family, handle.next());
            }
            tidying = new Tidying(db, handles);
        } catch (IOException | RocksDBException unusable) {
            free();
            throw new StoreException(
                    "the data in " + folder.path() + " cannot be opened: " + unusable.getMessage()
                            + "; restore a backup, or start with an empty folder",
                    unusable);
        }
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

    private List<ColumnFamilyDescriptor> families(Cache cache) {
        return Stream.of(Family.values()).map(family -> family(family, cache)).toList();
    }

    private ColumnFamilyDescriptor family(Family family, Cache cache) {
        ColumnFamilyOptions options = keep(new ColumnFamilyOptions())
                .setWriteBufferSize(Math.min(family.writeBufferMib() * MIB, writeBuffers / 3))
                .setMaxWriteBufferNumber(2)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setForceConsistencyChecks(true)
                .setMaxCompactionBytes(2 * writeBuffers)
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setCacheIndexAndFilterBlocks(true));
        return new ColumnFamilyDescriptor(family.label().getBytes(StandardCharsets.US_ASCII), options);
    }

    /** Where the database and what belongs to it is. */
    public DataFolder folder() {
        return folder;
    }

    private <T extends RocksObject> T keep(T object) {
        natives.add(object);
        return object;
    }

    ColumnFamilyHandle handle(Family family) {
        return Objects.requireNonNull(handles.get(family), family.label());
    }

    /** What is under {@code key}, empty if nothing is. */
    public Optional<byte[]> get(Family family, byte[] key) {
        try {
            return Optional.ofNullable(db.get(handle(family), key));
        } catch (RocksDBException damaged) {
            throw unreadable(damaged);
        }
    }

    /** Shows every key of {@code family} with its value, in order. */
    public void scan(Family family, BiConsumer<byte[], byte[]> visitor) {
        try (RocksIterator each = db.newIterator(handle(family))) {
            for (each.seekToFirst(); each.isValid(); each.next()) {
                visitor.accept(each.key(), each.value());
            }
            each.status();
        } catch (RocksDBException damaged) {
            throw unreadable(damaged);
        }
    }

    /** Shows the keys of {@code family} from {@code from} on with their values, in order, until {@code visitor} has enough. */
    public void walk(Family family, byte[] from, Shelf.Visitor visitor) {
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

    private StoreException unreadable(RocksDBException damaged) {
        return new StoreException("the data in " + folder.path() + " cannot be read: " + damaged.getMessage(), damaged);
    }

    /** Writes all of {@code batch} or nothing; with {@code sync} it is on stable storage when this returns. */
    public void write(WriteBatch batch, boolean sync) {
        try {
            db.write(sync ? synced : unsynced, batch);
        } catch (RocksDBException failed) {
            throw new StoreException(
                    "the data in " + folder.path() + " cannot be written: " + failed.getMessage(), failed);
        }
    }

    Reserve reserve(long size) {
        return new Reserve(folder.reserve(), size);
    }

    /** Begins to give the room of what was deleted back, beside the owner; false if it is still at it. */
    boolean tidy() {
        return tidying.start();
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
        folder.close();
    }
}
