package io.hawser.eftl.wire;

import java.util.Arrays;

/**
 * JSON being written, in UTF-8: the one way every client reads ({@code specs/eftl.md} 1.8). Not thread-safe; the writer
 * that made it owns the array and its length.
 *
 * <p>Text is real UTF-8; control characters, U+2028, U+2029 and lone surrogates are escaped.
 */
final class JsonBytes {
    /** Room that any {@code long} needs. */
    static final int LONG_BYTES = 20;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private byte[] bytes;
    private int length;

    JsonBytes(int room) {
        bytes = new byte[room];
    }

    /** What was written. Ends the writing: the array may be the own one. */
    byte[] take() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    JsonBytes raw(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    JsonBytes raw(String ascii) {
        int count = ascii.length();
        room(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    JsonBytes raw(byte[] json) {
        room(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
        return this;
    }

    JsonBytes number(long value) {
        room(LONG_BYTES);
        length = number(bytes, length, value);
        return this;
    }

    /** Writes {@code value} at {@code at} and returns the place after it; needs {@link #LONG_BYTES} of room. */
    static int number(byte[] target, int at, long value) {
        if (value == Long.MIN_VALUE) {
            // the only long without a positive counterpart
            return number(target, number(target, at, value / 10), -(value % 10));
        }
        long rest = value;
        int start = at;
        if (rest < 0) {
            target[start++] = '-';
            rest = -rest;
        }
        int end = start + digits(rest);
        for (int i = end - 1; i >= start; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return end;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /** Text with its quotes. */
    JsonBytes text(String text) {
        int chars = text.length();
        room(chars + 2);
        bytes[length++] = '"';
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                room(1);
                bytes[length++] = (byte) c;
            } else if (Utf8.pairAt(text, i)) {
                utf8(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                special(c);
            }
        }
        return raw('"');
    }

    private void special(char c) {
        switch (c) {
            case '"' -> raw("\\\"");
            case '\\' -> raw("\\\\");
            case '\n' -> raw("\\n");
            case '\r' -> raw("\\r");
            case '\t' -> raw("\\t");
            default -> {
                if (c < 0x20 || c == 0x2028 || c == 0x2029 || Character.isSurrogate(c)) {
                    escape(c);
                } else {
                    utf8(c);
                }
            }
        }
    }

    private void escape(char c) {
        raw("\\u");
        room(4);
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(c >> shift) & 0xf];
        }
    }

    private void utf8(int code) {
        room(4);
        if (code < 0x80) {
            bytes[length++] = (byte) code;
        } else if (code < 0x800) {
            bytes[length++] = (byte) (0xc0 | (code >> 6));
            continuation(code);
        } else if (code < 0x10000) {
            bytes[length++] = (byte) (0xe0 | (code >> 12));
            continuation(code >> 6);
            continuation(code);
        } else {
            bytes[length++] = (byte) (0xf0 | (code >> 18));
            continuation(code >> 12);
            continuation(code >> 6);
            continuation(code);
        }
    }

    private void continuation(int bits) {
        bytes[length++] = (byte) (0x80 | (bits & 0x3f));
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
