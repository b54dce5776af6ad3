package io.hawser.iot.dispatch.kept;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Messages on disk, each under an owner. Callable from any thread, returns at once; what is asked first is done first. Futures
 * complete on the executor of the file.
 */
public final class KeptTable {
    /** Before this the clock of a device was not set; what was kept then has no age. */
    private static final Instant CLOCKS_ARE_SET = Instant.parse("2020-01-01T00:00:00Z");

    private final String name;
    private final Writer writer;
    private final InstantSource clock;
    private final Duration maxAge;

    KeptTable(String name, Writer writer, InstantSource clock, Duration maxAge) {
        this.name = name;
        this.writer = writer;
        this.clock = clock;
        this.maxAge = maxAge;
    }

    /**
     * Keeps a message.
     *
     * @param owner by which it is loaded
     * @param json the message; must not change
     */
    public KeptRow keep(String owner, byte[] json) {
        KeptRow row = new KeptRow(writer.nextKey(), clock.millis(), new CompletableFuture<>());
        writer.add(new Job.Keep(name, new Row(row.key(), row.since(), owner, json), row.kept()));
        return row;
    }

    /** Forgets {@code row}; without effect if it is forgotten. If it cannot be written now, it is tried again with what comes next. */
    public void release(KeptRow row) {
        writer.add(new Job.Release(name, row.key()));
    }

    /**
     * What is kept for {@code owner}, in the order of keeping. Rows that are damaged are moved to the table {@code damaged}, with a
     * warning.
     *
     * @return fails with a {@link KeptException} if the disk cannot be read
     */
    public CompletableFuture<List<KeptMessage>> load(String owner) {
        CompletableFuture<List<KeptMessage>> found = new CompletableFuture<>();
        writer.add(new Job.Load(name, owner, found));
        return found;
    }

    /** Whether {@code row} has been kept for longer than is allowed. */
    public boolean isTooOld(KeptRow row) {
        return row.since() >= CLOCKS_ARE_SET.toEpochMilli() && clock.millis() - row.since() > maxAge.toMillis();
    }
}
