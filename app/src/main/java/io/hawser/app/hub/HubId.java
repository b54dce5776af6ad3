package io.hawser.app.hub;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.store.record.KeyedType;
import io.hawser.core.store.record.RecordTable;
import io.hawser.core.store.record.Records;
import io.hawser.core.store.record.StoredRecord;
import java.util.HexFormat;
import java.util.Random;

/**
 * By what a hub is told from all others: drawn once and kept, so that with a data folder it stays. The table {@code hub}.
 *
 * <pre>
 *   version 1: text id
 * </pre>
 *
 * @param id 16 hex digits
 */
record HubId(String id) {
    private static final String KEY = "id";
    private static final int BYTES = 8;

    private static final KeyedType<HubId> TYPE = new KeyedType<>() {
        @Override
        public String name() {
            return "hub";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public String key(HubId record) {
            return KEY;
        }

        @Override
        public byte[] write(HubId record) {
            return new ByteWriter().text(record.id()).toByteArray();
        }

        @Override
        public HubId read(int version, byte[] bytes) throws BytesException {
            ByteReader in = new ByteReader(bytes, BytesLimits.DEFAULT);
            HubId id = new HubId(in.text());
            in.end();
            return id;
        }
    };

    /**
     * The one in {@code records}, drawn if there is none. Waits for the store.
     *
     * @throws java.util.concurrent.CompletionException if the store does not keep it
     */
    static HubId of(Records records, Random random) {
        RecordTable<HubId> table = records.table(TYPE);
        return table.get(KEY).join().map(StoredRecord::value).orElseGet(() -> {
            byte[] drawn = new byte[BYTES];
            random.nextBytes(drawn);
            HubId id = new HubId(HexFormat.of().formatHex(drawn));
            table.put(id).join();
            return id;
        });
    }
}
