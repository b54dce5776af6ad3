package io.hawser.iot.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Where a download goes: a stream, or a file beside its place that takes it when it is whole and synced. */
interface Landing extends AutoCloseable {
    /** Goes on behind what has come already. */
    static Landing open(Transfer transfer) throws StorageException {
        if (transfer.side instanceof StorageObject.Side.To file) {
            return new File(transfer, file.path());
        }
        if (transfer.moved != transfer.given) {
            throw new StorageException(
                    StorageException.Kind.DAMAGED,
                    transfer.object.getName() + " is another content now, and its stream, which has got "
                            + transfer.given + " bytes of the old one, cannot go back");
        }
        return new Stream(transfer, ((StorageObject.Side.ToStream) transfer.side).stream());
    }

    /** Takes the first {@code count} bytes. */
    void write(byte[] bytes, int count) throws StorageException;

    /** It is whole. */
    void finish() throws StorageException;

    /** What has come stays, and can be gone on with. */
    @Override
    void close() throws StorageException;

    /** The file or stream of this side is to blame. */
    static StorageException local(Transfer transfer, IOException cause) {
        return new StorageException(
                StorageException.Kind.LOCAL,
                transfer.object.getName() + ": " + cause.getClass().getSimpleName() + ": " + cause.getMessage(),
                cause);
    }

    /** Into a stream of the program's. */
    record Stream(Transfer transfer, OutputStream out) implements Landing {
        @Override
        public void write(byte[] bytes, int count) throws StorageException {
            try {
                out.write(bytes, 0, count);
                transfer.given += count;
            } catch (IOException broken) {
                throw local(transfer, broken);
            }
        }

        @Override
        public void finish() throws StorageException {
            try {
                out.flush();
            } catch (IOException broken) {
                throw local(transfer, broken);
            }
        }

        @Override
        public void close() {}
    }

    /** Into a file. */
    final class File implements Landing {
        private final Transfer transfer;
        private final Path place;
        private final Path part;
        private final FileChannel channel;

        File(Transfer transfer, Path place) throws StorageException {
            this.transfer = transfer;
            this.place = place.toAbsolutePath();
            this.part = this.place.resolveSibling("." + this.place.getFileName() + ".part");
            try {
                this.channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                channel.truncate(transfer.moved);
                channel.position(transfer.moved);
            } catch (IOException unwritable) {
                throw local(transfer, unwritable);
            }
        }

        @Override
        public void write(byte[] bytes, int count) throws StorageException {
            try {
                for (ByteBuffer left = ByteBuffer.wrap(bytes, 0, count); left.hasRemaining(); ) {
                    channel.write(left);
                }
            } catch (IOException full) {
                throw local(transfer, full);
            }
        }

        @Override
        public void finish() throws StorageException {
            try {
                channel.force(true);
                Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException unwritable) {
                throw local(transfer, unwritable);
            }
        }

        @Override
        public void close() throws StorageException {
            try {
                channel.close();
            } catch (IOException unwritable) {
                throw local(transfer, unwritable);
            }
        }

        /** What has come of a download that nobody goes on with. */
        static void forget(Path place) throws IOException {
            Path whole = place.toAbsolutePath();
            Files.deleteIfExists(whole.resolveSibling("." + whole.getFileName() + ".part"));
        }
    }
}
