package io.hawser.clever.engine.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is going out: while the connection takes some pieces the disk reads the next ones, one at a time for a slow radio,
 * and more at a time when the connection is the faster of the two. Owner: the loop; the channel belongs to the disk's thread
 * that works for it now.
 */
public final class Sending {
    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);
    /** Small enough for a slow radio to take one before the connection looks stuck. */
    private static final int PIECE = 64 * 1024;
    /** The most that is read at a time. */
    private static final int MOST_PIECES = 8;

    private final Disk disk;
    private final FileSource source;
    private final Departure departure;
    private Sha256 hash = new Sha256();
    private boolean hashing;
    private @Nullable SeekableByteChannel channel;
    private long size;
    /** What is read and not yet sent, at most twice as much as is read at a time. */
    private final Deque<byte[]> ahead = new ArrayDeque<>();

    private int atATime = 1;
    private long read;
    private long sent;
    private boolean reading;
    /** A piece is being handed over, and nothing may come between its parts. */
    private boolean handing;

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
                        done += piece(done, bytes).length;
                    }
                    return bytes;
                },
                skipped -> {
                    read = skipped;
                    sent = skipped;
                    ready.run();
                });
    }

    /** Sends pieces as long as {@code writable}. To be called again when it is. */
    public void go(BooleanSupplier writable) {
        if (handing) {
            return;
        }
        handing = true;
        while (!over && !ahead.isEmpty() && writable.getAsBoolean()) {
            byte[] bytes = ahead.remove();
            sent += bytes.length;
            departure.piece(bytes, sent - bytes.length, size);
        }
        handing = false;
        if (over || reading) {
            return;
        }
        if (sent == size && writable.getAsBoolean()) {
            end();
            departure.sent(hashing ? hash.hex() : "");
        } else if (read < size && ahead.size() < atATime) {
            readOn(writable);
        }
    }

    private void readOn(BooleanSupplier writable) {
        long from = read;
        int most = atATime;
        work(() -> pieces(from, most), pieces -> {
            if (ahead.isEmpty() && writable.getAsBoolean()) {
                atATime = Math.min(2 * atATime, MOST_PIECES);
            }
            pieces.forEach(piece -> read += piece.length);
            ahead.addAll(pieces);
            go(writable);
        });
    }

    /** Lets the file go. */
    public void end() {
        over = true;
        ahead.clear();
        if (!reading) {
            close();
        }
    }

    private List<byte[]> pieces(long from, int most) throws IOException {
        List<byte[]> pieces = new ArrayList<>(most);
        for (long at = from; at < size && pieces.size() < most; ) {
            byte[] piece = piece(at, size);
            pieces.add(piece);
            at += piece.length;
        }
        return pieces;
    }

    private byte[] piece(long from, long to) throws IOException {
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
        byte[] bytes = piece.hasRemaining() ? Arrays.copyOf(piece.array(), piece.position()) : piece.array();
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
