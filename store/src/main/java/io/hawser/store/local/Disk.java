package io.hawser.store.local;

import io.hawser.core.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
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
 * The database, with its memory bounded: write buffers 96 MiB and block cache 32 MiB at most. Owner: whoever opens it, then
 * the writer; every method throws {@link StoreException} when the disk fails.
 *
 * <p><b>Recovery.</b> The log tolerates a torn last record, which nobody was told of; damage before it is an error. Blocks
 * carry checksums that are checked whenever one is read.
 */
class Disk implements AutoCloseable {
    private static final long MIB = 1 << 20;

    private final DataFolder folder;
    /** Closed in the reverse order. */
    private final List<RocksObject> natives = new ArrayList<>();

    private final WriteOptions synced;
    private final WriteOptions unsynced;
    private final RocksDB db;
    private final ColumnFamilyHandle facts;
    private final ColumnFamilyHandle entries;
    private final ColumnFamilyHandle messages;

    Disk(DataFolder folder) {
        this.folder = folder;
        try {
            NativeLibraryLoader.getInstance().loadLibrary(folder.library().toString());
            RocksDB.loadLibrary();
            synced = keep(new WriteOptions().setSync(true));
            unsynced = keep(new WriteOptions());
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            Cache cache = keep(new LRUCache(32 * MIB));
            db = RocksDB.open(keep(options()), folder.messages().toString(), families(cache), handles);
            facts = handles.get(0);
            entries = handles.get(1);
            messages = handles.get(2);
        } catch (IOException | RocksDBException unusable) {
            free();
            throw new StoreException(
                    "the data in " + folder.path() + " cannot be opened: " + unusable.getMessage()
                            + "; restore a backup, or start with an empty folder",
                    unusable);
        }
    }

    private static DBOptions options() {
        return new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setMaxTotalWalSize(256 * MIB)
                .setDbWriteBufferSize(96 * MIB)
                .setMaxOpenFiles(256)
                .setMaxBackgroundJobs(2)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(MIB)
                .setKeepLogFileNum(4)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    private List<ColumnFamilyDescriptor> families(Cache cache) {
        return List.of(
                family("default", MIB, cache), family("entries", 8 * MIB, cache), family("messages", 32 * MIB, cache));
    }

    private ColumnFamilyDescriptor family(String name, long writeBuffer, Cache cache) {
        ColumnFamilyOptions options = keep(new ColumnFamilyOptions())
                .setWriteBufferSize(writeBuffer)
                .setMaxWriteBufferNumber(2)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setForceConsistencyChecks(true)
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setCacheIndexAndFilterBlocks(true));
        return new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.US_ASCII), options);
    }

    private <T extends RocksObject> T keep(T object) {
        natives.add(object);
        return object;
    }

    ColumnFamilyHandle facts() {
        return facts;
    }

    ColumnFamilyHandle entries() {
        return entries;
    }

    ColumnFamilyHandle messages() {
        return messages;
    }

    /** The message with this store id. */
    Layout.Kept message(long id) {
        byte[] record;
        try {
            record = db.get(messages, Layout.number(id));
        } catch (RocksDBException damaged) {
            throw new StoreException("message " + id + " cannot be read: " + damaged.getMessage(), damaged);
        }
        return Layout.kept(id, record == null ? new byte[0] : record);
    }

    /** Shows every key of {@code family} with its value, in order. */
    void scan(ColumnFamilyHandle family, BiConsumer<byte[], byte[]> visitor) {
        try (RocksIterator each = db.newIterator(family)) {
            for (each.seekToFirst(); each.isValid(); each.next()) {
                visitor.accept(each.key(), each.value());
            }
            each.status();
        } catch (RocksDBException damaged) {
            throw new StoreException(
                    "the data in " + folder.path() + " cannot be read: " + damaged.getMessage(), damaged);
        }
    }

    /** Writes all of {@code batch} or nothing; with {@code sync} it is on stable storage when this returns. */
    void write(WriteBatch batch, boolean sync) {
        try {
            db.write(sync ? synced : unsynced, batch);
        } catch (RocksDBException failed) {
            throw new StoreException(
                    "the data in " + folder.path() + " cannot be written: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        facts.close();
        entries.close();
        messages.close();
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
