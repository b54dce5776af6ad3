package io.hawser.clever.gateway;

import io.hawser.clever.engine.file.FileSource;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.object.ObjectReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.concurrent.CompletionException;

/**
 * An object of the store as a file for any number of copters: read piece by piece, wherever each of them is. Called on the threads of
 * the disk, where it waits for the store; whoever opened the reader closes it.
 */
public final class ObjectSource implements FileSource {
    private final ObjectReader reader;

    /** What {@code reader} reads. */
    public ObjectSource(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public SeekableByteChannel open() {
        return new Content();
    }

    /** A reader takes one read at a time. */
    private synchronized ByteBuffer read(long offset, int length) throws IOException {
        try {
            return reader.read(offset, length).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof StoreException damaged) {
                throw new IOException(damaged.getMessage(), damaged);
            }
            throw failed;
        }
    }

    /** Belongs to whoever opened it. */
    private final class Content implements SeekableByteChannel {
        private long position;
        private boolean closed;

        @Override
        public int read(ByteBuffer into) throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (!into.hasRemaining()) {
                return 0;
            }
            ByteBuffer piece = ObjectSource.this.read(position, into.remaining());
            int length = piece.remaining();
            into.put(piece);
            position += length;
            return length == 0 ? -1 : length;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public SeekableByteChannel position(long next) {
            position = next;
            return this;
        }

        @Override
        public long size() {
            return reader.info().size();
        }

        @Override
        public boolean isOpen() {
            return !closed;
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public int write(ByteBuffer from) {
            throw new NonWritableChannelException();
        }

        @Override
        public SeekableByteChannel truncate(long size) {
            throw new NonWritableChannelException();
        }
    }
}
