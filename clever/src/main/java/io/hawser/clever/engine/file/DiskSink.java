package io.hawser.clever.engine.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a file beside its place under another name; when it is whole and synced it takes its place, which is synced too. So
 * whoever looks sees the old file or the new one.
 */
final class DiskSink implements FileSink {
    private static final Logger LOG = LoggerFactory.getLogger(DiskSink.class);
    private static final int PIECE = 256 * 1024;

    private final Finder finder;
    private Sha256 hash = new Sha256();
    private @Nullable Place place;
    private @Nullable FileChannel channel;
    private String part = "";
    private boolean resumable;

    DiskSink(Finder finder) {
        this.finder = finder;
    }

    /** Finds the place when it is time. */
    interface Finder {
        Place find() throws IOException;
    }

    /** A name in a folder that is open. */
    record Place(Folder folder, String name) {}

    @Override
    public long open(String transfer) throws IOException {
        suspend();
        hash = new Sha256();
        resumable = !transfer.isEmpty();
        Place found = finder.find();
        place = found;
        part = Folder.PART + (resumable ? transfer : UUID.randomUUID());
        try {
            if (resumable && found.folder().isFile(part)) {
                FileChannel there = found.folder().file(part, StandardOpenOption.READ, StandardOpenOption.WRITE);
                channel = there;
                return rehash(there);
            }
            channel = found.folder().file(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return 0;
        } catch (IOException | RuntimeException e) {
            suspend();
            throw e;
        }
    }

    private long rehash(FileChannel there) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(PIECE);
        while (there.read(buffer) >= 0) {
            hash.add(buffer.flip());
            buffer.clear();
        }
        return there.position();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        FileChannel open = opened();
        hash.add(bytes);
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            open.write(left);
        }
    }

    @Override
    public void finish(String sha256) throws IOException {
        FileChannel open = opened();
        Place at = place;
        try {
            hash.check(sha256);
            open.force(true);
            open.close();
            channel = null;
            if (at != null) {
                appear(at);
            }
            part = "";
        } finally {
            discard();
        }
    }

    /** An earlier attempt at the same transfer may have come so far just before its connection was lost. */
    private void appear(Place at) throws IOException {
        try {
            at.folder().rename(part, at.name());
        } catch (NoSuchFileException gone) {
            if (!resumable || !at.folder().isFile(at.name())) {
                throw gone;
            }
        }
    }

    private FileChannel opened() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            throw new IOException("the file is not open any more");
        }
        return open;
    }

    @Override
    public void suspend() {
        if (resumable) {
            close();
        } else {
            discard();
        }
    }

    @Override
    public void discard() {
        Place at = place;
        if (at != null && !part.isEmpty()) {
            try {
                at.folder().delete(part);
            } catch (IOException e) {
                LOG.warn("clever[{}] an unfinished file stays behind as {}", at.name(), part, e);
            }
        }
        close();
    }

    private void close() {
        close(channel);
        channel = null;
        close(place == null ? null : place.folder());
        place = null;
    }

    private void close(@Nullable AutoCloseable one) {
        try {
            if (one != null) {
                one.close();
            }
        } catch (Exception e) {
            LOG.warn("clever[{}] an unfinished file was not closed", part, e);
        }
    }
}
