package io.hawser.clever.engine.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is going out: the disk reads one piece, the connection takes it, and the next is read when the connection can
 * take more. Owner: the loop; the channel belongs to the disk's thread that works for it now.
 */
public final class Sending {
    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);
    /** Small enough for a slow radio to take one before the connection looks stuck. */
    private static final int PIECE = 64 * 1024;

    private final Disk disk;
    private final FileSource source;
    private final Departure departure;
    private Sha256 hash = new Sha256();
    private boolean hashing;
    private @Nullable SeekableByteChannel channel;
    private long size;
    private long sent;
    private boolean reading;
    private boolean over;

    /** What a piece goes through, and how it ends. */
    public interface Departure {
        /** The file is open and has so many bytes. */
        void opened(long size);

        /** A piece, to be sent now. */
        void piece(byte[] bytes, long offset, long size);

        /** All of it was sent; its SHA-256 in hex if it was asked for. */
        void sent(String sha256);

        /** It could not be read. */
        void failed(String why);
    }

    /** {@code departure} hears how it goes. */
    public Sending(Disk disk, FileSource source, Departure departure) {
        this.disk = disk;
        this.source = source;
        this.departure = departure;
    }

    /** Opens the file. */
    public void open() {
        work(
                () -> {
                    SeekableByteChannel opened = source.open();
                    channel = opened;
                    return opened.size();
                },
                bytes -> {
                    size = bytes;
                    departure.opened(bytes);
                });
    }

    /** Goes on behind the first {@code bytes}, and hashes all of it; {@code ready} when it can {@link #go}. */
    public void skip(long bytes, Runnable ready) {
        hash = new Sha256();
        hashing = true;
        work(
                () -> {
                    for (long done = 0; done < bytes; ) {
                        done += read(done, bytes).length;
                    }
                    return bytes;
                },
                skipped -> {
                    sent = skipped;
                    ready.run();
                });
    }

    /** Reads and sends pieces as long as {@code writable}. To be called again when it is. */
    public void go(BooleanSupplier writable) {
        if (reading || over || !writable.getAsBoolean()) {
            return;
        }
        if (sent == size) {
            end();
            departure.sent(hashing ? hash.hex() : "");
            return;
        }
        long from = sent;
        work(() -> read(from, size), bytes -> {
            sent += bytes.length;
            departure.piece(bytes, from, size);
            go(writable);
        });
    }

    /** Lets the file go. */
    public void end() {
        over = true;
        if (!reading) {
            close();
        }
    }

    private byte[] read(long from, long to) throws IOException {
        SeekableByteChannel open = channel;
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, to - from));
        if (open != null) {
            open.position(from);
            while (piece.hasRemaining() && open.read(piece) >= 0) {
                assert open.isOpen() : "a channel is closed when nobody reads it";
            }
        }
        if (piece.position() == 0) {
            throw new IOException("the file became shorter while it was sent");
        }
        byte[] bytes = Arrays.copyOf(piece.array(), piece.position());
        if (hashing) {
            hash.add(bytes);
        }
        return bytes;
    }

    private <T> void work(Disk.Work<T> work, Consumer<T> then) {
        reading = true;
        disk.run(
                work,
                result -> {
                    reading = false;
                    if (over) {
                        close();
                    } else {
                        then.accept(result);
                    }
                },
                why -> {
                    reading = false;
                    boolean told = over;
                    end();
                    if (!told) {
                        departure.failed(why);
                    }
                });
    }

    private void close() {
        SeekableByteChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.debug("a file that was only read was not closed", e);
            }
        }
    }
}
