package io.hawser.core.bytes;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads what {@link ByteWriter} wrote and believes nothing: every length is compared with what is left before memory is
 * taken. Not thread-safe.
 */
public final class ByteReader {
    private final byte[] bytes;
    private int at;

    /**
     * A reader of all of {@code bytes}, which must not change meanwhile.
     *
     * @throws BytesException if there are more than {@code limits} allow
     */
    public ByteReader(byte[] bytes, BytesLimits limits) throws BytesException {
        if (bytes.length > limits.maxBytes()) {
            throw new BytesException(bytes.length + " bytes are too long; the limit is " + limits.maxBytes());
        }
        this.bytes = bytes;
    }

    /** How many bytes are left. */
    public int left() {
        return bytes.length - at;
    }

    /** The next byte, 0 to 255. */
    public int octet() throws BytesException {
        need(1);
        return bytes[at++] & 0xff;
    }

    /** True or false; anything but 1 and 0 is refused. */
    public boolean yes() throws BytesException {
        int value = octet();
        if (value > 1) {
            throw new BytesException("neither yes nor no at byte " + (at - 1) + ": " + value);
        }
        return value == 1;
    }

    /** A number that is not negative. */
    public long count() throws BytesException {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int next = octet();
            value |= (long) (next & 0x7f) << shift;
            if (next <= 0x7f) {
                return value;
            }
        }
        throw new BytesException("a count without end at byte " + at);
    }

    /** How many things follow, each at least {@code size} bytes long. */
    public int things(int size) throws BytesException {
        long count = count();
        if (count > left() / size) {
            throw new BytesException(count + " things cannot be in the " + left() + " bytes left at byte " + at);
        }
        return (int) count;
    }

    /** 64 bits. */
    public long number() throws BytesException {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | octet();
        }
        return value;
    }

    /** Bytes with their length before them. */
    public byte[] bytes() throws BytesException {
        return raw(count());
    }

    /** Text. */
    public String text() throws BytesException {
        long head = count();
        boolean utf8 = (head & 1) == 0;
        return utf8 ? utf8(raw(head >>> 1)) : utf16(raw(head >>> 1));
    }

    /** A text, if there is one. */
    public Optional<String> optional() throws BytesException {
        return yes() ? Optional.of(text()) : Optional.empty();
    }

    /** All that is left. */
    public byte[] rest() throws BytesException {
        return raw(left());
    }

    /** Passes over {@code length} bytes. */
    public void skip(int length) throws BytesException {
        need(length);
        at += length;
    }

    /** Refuses what nobody asked for. */
    public void end() throws BytesException {
        if (left() > 0) {
            throw new BytesException(left() + " bytes too many at byte " + at);
        }
    }

    private byte[] raw(long length) throws BytesException {
        need(length);
        byte[] raw = Arrays.copyOfRange(bytes, at, at + (int) length);
        at += (int) length;
        return raw;
    }

    private String utf8(byte[] encoded) throws BytesException {
        String text = new String(encoded, StandardCharsets.UTF_8);
        // the decoder puts this character where it understood nothing
        if (text.indexOf('\uFFFD') >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), encoded)) {
            throw notText(StandardCharsets.UTF_8);
        }
        return text;
    }

    private String utf16(byte[] encoded) throws BytesException {
        if (encoded.length % 2 != 0) {
            throw notText(StandardCharsets.UTF_16BE);
        }
        StringBuilder text = new StringBuilder(encoded.length / 2);
        for (int i = 0; i < encoded.length; i += 2) {
            text.append((char) (((encoded[i] & 0xff) << 8) | (encoded[i + 1] & 0xff)));
        }
        return text.toString();
    }

    private BytesException notText(Charset charset) {
        return new BytesException("no " + charset + " text before byte " + at);
    }

    private void need(long length) throws BytesException {
        if (length > left()) {
            throw new BytesException(
                    "cut off: " + length + " bytes are needed at byte " + at + ", there are " + left());
        }
    }
}
