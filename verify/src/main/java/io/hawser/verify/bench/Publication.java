package io.hawser.verify.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A frame that is the same for every message but for the message's number, which stands in it as ten digits.
 *
 * <pre>
 *   [header][payload ... {"k":"KEY","p":"xxxxxxxx","n":1000000000} ...]
 * </pre>
 */
final class Publication {
    /** The first number; from here on every number of a benchmark has {@value #DIGITS} digits and is valid JSON. */
    static final long FIRST = 1_000_000_000L;

    /** How many digits every number has. */
    static final int DIGITS = 10;

    private static final String PLACE = "##########";

    private final byte[] frame;
    private final int[] places;
    private final int payload;
    private final byte[] mask;

    private Publication(byte[] frame, int[] places, int payload, byte[] mask) {
        this.frame = frame;
        this.places = places;
        this.payload = payload;
        this.mask = mask;
    }

    /** A JSON body of {@code bytes} bytes with a place for the number. */
    static String body(String key, int bytes) {
        String start = "{\"k\":\"" + key + "\",\"p\":\"";
        String end = "\",\"n\":" + PLACE + "}";
        int shortest = start.length() + end.length();
        if (bytes < shortest) {
            throw new IllegalArgumentException("a body has at least " + shortest + " bytes, not " + bytes);
        }
        return start + "x".repeat(bytes - shortest) + end;
    }

    /** The frame of {@code header} and {@code text}, in which {@code mask} of four bytes is put on the text. */
    static Publication of(byte[] header, String text, byte[] mask) {
        byte[] payload = text.getBytes(US_ASCII);
        byte[] frame = new byte[header.length + payload.length];
        System.arraycopy(header, 0, frame, 0, header.length);
        for (int i = 0; i < payload.length; i++) {
            frame[header.length + i] = (byte) (payload[i] ^ mask[i & 3]);
        }
        List<Integer> places = new ArrayList<>();
        for (int at = text.indexOf(PLACE); at >= 0; at = text.indexOf(PLACE, at + DIGITS)) {
            places.add(header.length + at);
        }
        return new Publication(
                frame, places.stream().mapToInt(Integer::intValue).toArray(), header.length, mask.clone());
    }

    /** How many bytes every frame has. */
    int length() {
        return frame.length;
    }

    /** Puts the frame of the message {@code number} into {@code out}. */
    void write(ByteBuffer out, long number) {
        int start = out.position();
        out.put(frame);
        for (int place : places) {
            long rest = number;
            for (int at = place + DIGITS - 1; at >= place; at--) {
                out.put(start + at, (byte) (('0' + rest % 10) ^ mask[(at - payload) & 3]));
                rest /= 10;
            }
        }
    }

    /** The number whose ten digits stand at {@code at}. */
    static long number(ByteBuffer in, int at) {
        long number = 0;
        for (int i = at; i < at + DIGITS; i++) {
            int digit = in.get(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new IllegalStateException("no number at the end of a body");
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
