package io.hawser.core.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Bytes that grow; {@link ByteReader} is its mirror. Not thread-safe.
 *
 * <pre>
 *   count    7 bits a byte, the lowest first, the high bit says that more follow
 *   number   8 bytes, the highest first
 *   bytes    count of bytes, bytes
 *   text     count of bytes * 2, UTF-8; or, where the text has half a surrogate pair: count of bytes * 2 + 1, UTF-16BE
 *   optional 0; or 1, text
 * </pre>
 */
public final class ByteWriter {
    private byte[] bytes = new byte[256];
    private int size;

    /** Writes the lowest 8 bits of {@code value}. */
    public ByteWriter octet(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Writes a number that is not negative, small ones in few bytes. */
    public ByteWriter count(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a count must not be negative: " + value);
        }
        long rest = value;
        while (rest > 0x7f) {
            octet((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        return octet((int) rest);
    }

    /** Writes 64 bits. */
    public ByteWriter number(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            octet((int) (value >>> shift));
        }
        return this;
    }

    /** Writes bytes with their length before them. */
    public ByteWriter bytes(byte[] value) {
        return count(value.length).raw(value);
    }

    /** Writes text, whatever its characters. */
    public ByteWriter text(String value) {
        if (StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
            return count(2L * encoded.length).raw(encoded);
        }
        count(4L * value.length() + 1);
        for (int i = 0; i < value.length(); i++) {
            octet(value.charAt(i) >>> 8).octet(value.charAt(i));
        }
        return this;
    }

    /** Writes whether there is a text, and which. */
    public ByteWriter optional(Optional<String> value) {
        octet(value.isPresent() ? 1 : 0);
        value.ifPresent(this::text);
        return this;
    }

    /** How many bytes there are. */
    public int size() {
        return size;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Writes {@code value} without its length. */
    public ByteWriter raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
        }
    }
}
