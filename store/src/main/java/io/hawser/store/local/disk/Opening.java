package io.hawser.store.local.disk;

import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/** What a database is opened for. */
enum Opening {
    /** To be read and written; made if it is missing. */
    USE,
    /** To be read. */
    READ,
    /** To be read as far as that can be done. */
    SALVAGE;

    RocksDB open(
            DBOptions options, String path, List<ColumnFamilyDescriptor> families, List<ColumnFamilyHandle> handles)
            throws RocksDBException {
        if (this == SALVAGE) {
            options.setParanoidChecks(false).setWalRecoveryMode(WALRecoveryMode.SkipAnyCorruptedRecords);
        }
        return this == USE
                ? RocksDB.open(options, path, families, handles)
                : RocksDB.openReadOnly(options, path, families, handles);
    }
}
