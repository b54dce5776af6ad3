package io.hawser.store.object;

import io.hawser.core.store.object.StoredObjects;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * How the content of an object lies in its file: whole chunks and a last one that may be shorter, each followed by its
 * checksum. Bytes are only ever added at the end.
 *
 * <pre>
 *   262144 bytes, 4 CRC32C     chunk 0
 *   262144 bytes, 4 CRC32C     chunk 1
 *   1..262144 bytes, 4 CRC32C  the last chunk; none if the object is empty
 * </pre>
 *
 * A checksum covers 8 number of the content, 4 index of the chunk, and the bytes, so that no chunk passes for another.
 */
final class ChunkFile {
    private static final int CHUNK = StoredObjects.CHUNK;
    private static final int CHECKSUM = 4;

    private ChunkFile() {}

    /** The file of the content {@code number}. */
    static Path path(Path folder, long number) {
        return folder.resolve(Long.toString(number));
    }

    /** Where the chunk {@code index} begins. */
    static long position(long index) {
        return index * (CHUNK + CHECKSUM);
    }

    /** How long the file of a content of {@code size} bytes is. */
    static long length(long size) {
        return size + CHECKSUM * ((size + CHUNK - 1) / CHUNK);
    }

    /** A checksum over nothing of the chunk {@code index} yet. */
    static CRC32C checksum(long number, int index) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(12).putLong(number).putInt(index).flip());
        return crc;
    }

    static ByteBuffer bytes(CRC32C checksum) {
        return ByteBuffer.allocate(CHECKSUM).putInt((int) checksum.getValue()).flip();
    }

    /**
     * The chunk {@code index}, or what is there of it: {@code length} bytes with a checksum after them; empty if the file ends
     * before, or the checksum is wrong.
     */
    static ByteBuffer read(FileChannel file, long number, int index, int length) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(length + CHECKSUM);
        long position = position(index);
        while (chunk.hasRemaining()) {
            int read = file.read(chunk, position + chunk.position());
            if (read < 0) {
                return ByteBuffer.allocate(0);
            }
        }
        CRC32C crc = checksum(number, index);
        crc.update(chunk.flip().limit(length));
        boolean whole = chunk.limit(length + CHECKSUM).getInt(length) == (int) crc.getValue();
        return whole ? chunk.position(0).limit(length) : ByteBuffer.allocate(0);
    }
}
