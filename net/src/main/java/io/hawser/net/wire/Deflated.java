package io.hawser.net.wire;

import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * A message as RFC 7692 (7.2.1) wants it: raw deflate, flushed, without the four bytes that every flush ends with. Belongs to
 * one thread at a time; a message knows nothing of the one before.
 */
final class Deflated {
    private static final int FLUSH_END = 4;
    /** One a thread: it holds some 256 KiB outside the heap, and nothing between two messages. */
    private static final ThreadLocal<Deflated> OF_THIS_THREAD = ThreadLocal.withInitial(Deflated::new);

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private byte[] out = new byte[4_096];
    private int length;

    private Deflated() {}

    static Deflated ofThisThread() {
        return OF_THIS_THREAD.get();
    }

    /** Deflates {@code headLength} bytes of {@code head} and all of {@code body}; the result stays until the next message. */
    void write(byte[] head, int headLength, byte[] body) {
        deflater.reset();
        length = 0;
        deflater.setInput(head, 0, headLength);
        while (!deflater.needsInput()) {
            take(Deflater.NO_FLUSH);
        }
        deflater.setInput(body);
        int before;
        do {
            before = length;
            take(Deflater.SYNC_FLUSH);
        } while (length - before > 0 && length == out.length);
        length -= FLUSH_END;
    }

    private void take(int flush) {
        if (length == out.length) {
            out = Arrays.copyOf(out, 2 * out.length);
        }
        length += deflater.deflate(out, length, out.length - length, flush);
    }

    byte[] bytes() {
        return out;
    }

    int length() {
        return length;
    }
}
