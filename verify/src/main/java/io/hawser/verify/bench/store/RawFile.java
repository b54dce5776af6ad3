package io.hawser.verify.bench.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.IntSupplier;

/** A file alone: the bytes appended, then a sync, in batches of the size that the engine made. */
final class RawFile implements Contender {
    private final FileChannel file;
    private final int bytes;
    private final IntSupplier batch;

    RawFile(Path path, int bytes, IntSupplier batch) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.bytes = bytes;
        this.batch = batch;
    }

    @Override
    public Measure round(Duration time) throws IOException {
        long start = System.nanoTime();
        int size = batch.getAsInt();
        ByteBuffer all = ByteBuffer.allocateDirect(size * bytes);
        long messages = 0;
        while (System.nanoTime() - start < time.toNanos()) {
            all.clear();
            while (all.hasRemaining()) {
                file.write(all);
            }
            file.force(false);
            messages += size;
        }
        return new Measure(messages, System.nanoTime() - start);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
