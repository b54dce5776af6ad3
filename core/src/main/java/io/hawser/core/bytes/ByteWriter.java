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
        return switch (width(value)) {
            case 1 -> ascii(value);
            case 2 -> {
                byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
                yield count(2L * encoded.length).raw(encoded);
            }
            default -> halves(value);
        };
    }

    /** 1 if all is ASCII, 2 if it can be said in UTF-8, 3 if there is half a surrogate pair in it. */
    private static int width(String value) {
        int width = 1;
        for (int i = 0; i < value.length(); i++) {
            char each = value.charAt(i);
            if (each >= 0x80) {
                width = 2;
            }
            if (Character.isSurrogate(each)) {
                boolean pair = Character.isHighSurrogate(each)
                        && i + 1 < value.length()
                        && Character.isLowSurrogate(value.charAt(i + 1));
                if (!pair) {
                    return 3;
                }
                i++;
            }
        }
        return width;
    }

    private ByteWriter ascii(String value) {
        int length = value.length();
        count(2L * length);
        room(length);
        for (int i = 0; i < length; i++) {
            bytes[size + i] = (byte) value.charAt(i);
        }
        size += length;
        return this;
    }

    private ByteWriter halves(String value) {
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
