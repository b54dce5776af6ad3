package io.hawser.core.store.record;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.shelf.KeyText;

/**
 * What records may hold; beyond it the caller is refused.
 *
 * @param keyBytes the longest key, in bytes of UTF-8
 * @param recordBytes the longest record
 * @param page the most records in one page
 * @param changes the most changes in one commit
 */
public record RecordLimits(int keyBytes, int recordBytes, int page, int changes) {
    /** Keys of 512 bytes, records of 1 MiB, pages of 1,000, commits of 1,000 changes. */
    public static final RecordLimits DEFAULT = new RecordLimits(512, 1 << 20, 1_000, 1_000);

    byte[] key(String table, String key) {
        return KeyText.key("table " + table, key, keyBytes, "records.key-bytes");
    }

    byte[] prefix(String table, String prefix) {
        return KeyText.prefix("table " + table, prefix, keyBytes, "records.key-bytes");
    }

    void checkRecord(String table, int length) {
        if (length > recordBytes) {
            throw StoreException.limit(
                    "records.record-bytes",
                    "a record of " + length + " bytes is too long for table " + table + "; the limit is "
                            + recordBytes);
        }
    }

    void checkPage(int records) {
        if (records < 1 || records > page) {
            throw new StoreException("a page of " + records + " records cannot be had; ask for 1 to " + page);
        }
    }

    void checkChanges(int count) {
        if (count > changes) {
            throw new StoreException("a commit of " + count + " changes is too large; the limit is " + changes);
        }
    }
}
