package io.hawser.net.wire;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines at LF; CR is a byte like any other. A line over the limit is skipped, not kept.
 *
 * <p>Belongs to the connection's loop. Of an unfinished line it holds at most the limit.
 */
public final class LineSplitter {
    private static final byte LF = '\n';
    private static final byte[] NOTHING = {};

    /** Hears the lines. */
    public interface Lines {
        /** One line without its LF. */
        void line(byte[] line);

        /** A line exceeds {@code limit} bytes; told once, when that is known. */
        void tooLong(int limit);
    }

    private final int limit;
    private byte[] unfinished = NOTHING;
    private int length;
    private boolean skipping;

    /** Lines of up to {@code limit} bytes, LF not counted. */
    public LineSplitter(int limit) {
        this.limit = limit;
    }

    /** Takes bytes from {@code in} up to the next LF, or all if there is none, and tells at most one line. */
    public void next(ByteBuf in, Lines lines) {
        int beforeLf = in.bytesBefore(LF);
        boolean ends = beforeLf >= 0;
        int bytes = ends ? beforeLf : in.readableBytes();
        boolean overflows = !skipping && bytes > limit - length;
        if (skipping || overflows) {
            skip(in, bytes, ends);
            if (overflows) {
                lines.tooLong(limit);
            }
        } else if (ends) {
            byte[] line = finish(in, bytes);
            lines.line(line);
        } else {
            keep(in, bytes);
        }
    }

    private void skip(ByteBuf in, int bytes, boolean ends) {
        in.skipBytes(ends ? bytes + 1 : bytes);
        skipping = !ends;
        unfinished = NOTHING;
        length = 0;
    }

    private byte[] finish(ByteBuf in, int bytes) {
        byte[] line = length == 0 ? new byte[bytes] : Arrays.copyOf(unfinished, length + bytes);
        in.readBytes(line, length, bytes).skipBytes(1);
        unfinished = NOTHING;
        length = 0;
        return line;
    }

    private void keep(ByteBuf in, int bytes) {
        int whole = length + bytes;
        if (whole > unfinished.length) {
            unfinished = Arrays.copyOf(unfinished, (int) Math.min(limit, Math.max(whole, 2L * unfinished.length)));
        }
        in.readBytes(unfinished, length, bytes);
        length = whole;
    }
}
