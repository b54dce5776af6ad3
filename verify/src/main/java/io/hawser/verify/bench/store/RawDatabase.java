package io.hawser.verify.bench.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB alone: a number and the bytes, in synced batches of the size that the engine made. */
final class RawDatabase implements Contender {
    private final Options options = new Options().setCreateIfMissing(true);
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final RocksDB db;
    private final int bytes;
    private final IntSupplier batch;
    private long next;

    RawDatabase(Path folder, int bytes, IntSupplier batch) throws IOException {
        this.bytes = bytes;
        this.batch = batch;
        RocksDB.loadLibrary();
        try {
            this.db = RocksDB.open(options, Files.createDirectories(folder).toString());
        } catch (RocksDBException unusable) {
            throw new IOException(unusable);
        }
    }

    @Override
    public Measure round(Duration time) throws IOException {
        long start = System.nanoTime();
        long first = next;
        int size = batch.getAsInt();
        while (System.nanoTime() - start < time.toNanos()) {
            try (WriteBatch writes = new WriteBatch()) {
                for (int i = 0; i < size; i++) {
                    byte[] key = ByteBuffer.allocate(8).putLong(next).array();
                    byte[] body = new byte[bytes];
                    ByteBuffer.wrap(body).putLong(next++);
                    writes.put(key, body);
                }
                db.write(synced, writes);
            } catch (RocksDBException failed) {
                throw new IOException(failed);
            }
        }
        return new Measure(next - first, System.nanoTime() - start);
    }

    @Override
    public void close() {
        db.close();
        synced.close();
        options.close();
    }
}
