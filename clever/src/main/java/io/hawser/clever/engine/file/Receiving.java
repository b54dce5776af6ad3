package io.hawser.clever.engine.file;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * A file that is coming in: takes its bytes from the connection and has the disk write them, one step at a time. Reading stops
 * while much waits for the disk, and while the file is being finished, so that what follows it finds it in its place. Owner:
 * the loop.
 */
public final class Receiving {
    private static final int MAX_UNWRITTEN = 1 << 20;

    private final Consumer<Boolean> hold;
    private final Disk disk;
    private final FileSink sink;
    private final Arrival arrival;
    private final long limit;
    private final Deque<byte[]> unwritten = new ArrayDeque<>();
    private int unwrittenBytes;
    private long received;
    private boolean open;
    private boolean busy;
    private boolean complete;
    private boolean over;
    private boolean keeps;
    private String sha256 = "";

    /** Hears how it goes. */
    public interface Arrival {
        /** So many bytes are here already. */
        default void opened(long bytes) {}

        /** So many bytes have come. */
        default void received(long bytes) {}

        /** The file is in its place. */
        void done(long bytes);

        /** It is not, and nothing is left of it. */
        void failed(String why);
    }

    /** A file of at most {@code limit} bytes; {@code hold} stops the connection's reading, and lets it go on. */
    public Receiving(Consumer<Boolean> hold, Disk disk, FileSink sink, long limit, Arrival arrival) {
        this.limit = limit;
        this.hold = hold;
        this.disk = disk;
        this.sink = sink;
        this.arrival = arrival;
    }

    /** Opens its place; {@code transfer} as in {@link FileSink#open}. */
    public void begin(String transfer) {
        step(() -> sink.open(transfer), bytes -> {
            open = true;
            received += bytes;
            arrival.opened(bytes);
        });
    }

    /** True if it takes {@code length} bytes from {@code offset} on. */
    public boolean expects(long offset, long length) {
        return open && !over && offset == received && length <= limit - received;
    }

    /** More of it. */
    public void take(byte[] piece) {
        if (over) {
            return;
        }
        received += piece.length;
        unwritten.add(piece);
        unwrittenBytes += piece.length;
        arrival.received(received);
        if (unwrittenBytes > MAX_UNWRITTEN) {
            hold.accept(true);
        }
        next();
    }

    /** That was all of it. */
    public void complete(String hash) {
        if (!over) {
            sha256 = hash;
            complete = true;
            hold.accept(true);
            next();
        }
    }

    /** It will never be complete. */
    public void fail(String why) {
        if (!over) {
            end(false);
            arrival.failed(why);
        }
    }

    /** The connection has ended: what can be resumed is kept. */
    public void lost() {
        if (!over) {
            end(true);
        }
    }

    private void end(boolean keep) {
        over = true;
        keeps = keep;
        hold.accept(false);
        letGo();
    }

    /** When the disk has done what it is at. */
    private void letGo() {
        if (!busy) {
            disk.run(this::close, done -> {}, ignored -> {});
        }
    }

    /** What has come is not asked for again. */
    private boolean close() throws IOException {
        if (keeps) {
            try {
                if (open) {
                    write(unwritten.toArray(byte[][]::new));
                }
            } finally {
                sink.suspend();
            }
        } else {
            sink.discard();
        }
        return true;
    }

    private void next() {
        if (busy || !open || over) {
            return;
        }
        if (!unwritten.isEmpty()) {
            byte[][] pieces = unwritten.toArray(byte[][]::new);
            unwritten.clear();
            unwrittenBytes = 0;
            step(() -> write(pieces), written -> hold.accept(complete));
        } else if (complete) {
            step(
                    () -> {
                        sink.finish(sha256);
                        return received;
                    },
                    bytes -> {
                        over = true;
                        hold.accept(false);
                        arrival.done(bytes);
                    });
        }
    }

    private long write(byte[][] pieces) throws IOException {
        for (byte[] piece : pieces) {
            sink.write(piece);
        }
        return pieces.length;
    }

    private void step(Disk.Work<Long> work, Consumer<Long> then) {
        busy = true;
        disk.run(
                work,
                result -> {
                    busy = false;
                    if (over) {
                        letGo();
                    } else {
                        then.accept(result);
                        next();
                    }
                },
                why -> {
                    busy = false;
                    if (over) {
                        letGo();
                    } else {
                        fail(why);
                    }
                });
    }
}
