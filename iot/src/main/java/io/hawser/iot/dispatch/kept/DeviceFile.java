package io.hawser.iot.dispatch.kept;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The file in which a device library keeps what must outlive the program: messages with guaranteed delivery, and what policies hold
 * back. It is a database of SQLite that one program has at a time; several dispatchers of this program may share it.
 *
 * <p>A row that is damaged, or the whole file if it is, is set aside with a warning, and work goes on without it. If the disk is full
 * or fails, what cannot be kept is told so, and the file goes on as soon as the disk does.
 */
public final class DeviceFile implements AutoCloseable {
    private final Writer writer;
    private final KeptTable messages;
    private final KeptTable batches;

    private DeviceFile(Database database, KeptLimits limits, InstantSource clock, Executor disk) throws KeptException {
        this.writer = new Writer(database, disk);
        this.messages = new KeptTable(Database.MESSAGES, writer, clock, limits.maxAge());
        this.batches = new KeptTable(Database.BATCHES, writer, clock, limits.maxAge());
    }

    /**
     * Opens {@code file}, or makes it and its folder. Blocks.
     *
     * @param clock for the age of messages
     * @param disk where the file is read and written, by blocking calls, one at a time
     * @throws KeptException if another program has it, or it cannot be made or read; the text says which, and what to do
     */
    public static DeviceFile open(Path file, KeptLimits limits, InstantSource clock, Executor disk)
            throws KeptException {
        Database database = Database.open(file, limits.maxBytes());
        return new DeviceFile(database, limits, clock, disk);
    }

    /** Messages with guaranteed delivery that are not delivered; the owner is the endpoint of their dispatcher. */
    public KeptTable messages() {
        return messages;
    }

    /** What policies hold back; the owner is whatever their engine chooses. */
    public KeptTable batches() {
        return batches;
    }

    /** Completes when everything that was asked before is done, or has failed. */
    public CompletableFuture<Void> flush() {
        return end(false);
    }

    /** Closes the file after everything that was asked before; completes when that is done. */
    public CompletableFuture<Void> closeAsync() {
        return end(true);
    }

    /** {@link #closeAsync}, and waits for it, so not for a loop. */
    @Override
    public void close() {
        closeAsync().join();
    }

    private CompletableFuture<Void> end(boolean close) {
        CompletableFuture<Void> flushed = new CompletableFuture<>();
        writer.add(new Job.Flush(close, flushed));
        return flushed;
    }
}
