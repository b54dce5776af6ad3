package io.hawser.net.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes WebSocket frames straight into a connection's batch; nothing is allocated for a frame.
 *
 * <pre>
 *   RFC 6455 5.2   1       1        0, 2 or 8   4 (client only)
 *                [FIN|op][M|length][length    ][mask          ][payload]
 * </pre>
 *
 * <p>Belongs to the connection's loop.
 */
public final class FrameWriter {
    private static final int FINAL = 0x80;
    private static final int COMPRESSED = 0x40;
    private static final int MASKED = 0x80;
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int PONG = 0xA;
    private static final int LONGEST_HEADER = 14;
    private static final int LONGEST_REASON = 123;
    private static final int NO_CODE = 1005;
    private static final byte[] NOTHING = {};

    private final Batch batch;
    private final @Nullable IntSupplier masks;

    private FrameWriter(Batch batch, @Nullable IntSupplier masks) {
        this.batch = batch;
        this.masks = masks;
    }

    /** A server's writer: it never masks (RFC 6455 5.1). */
    public static FrameWriter server(Batch batch) {
        return new FrameWriter(batch, null);
    }

    /**
     * A client's writer, which masks every frame.
     *
     * @param masks random: they keep proxies from being fooled by a script that knows them beforehand (RFC 6455 10.3)
     */
    public static FrameWriter client(Batch batch, IntSupplier masks) {
        return new FrameWriter(batch, masks);
    }

    /** One text message. */
    public void text(byte[] text) {
        text(NOTHING, 0, text);
    }

    /** One text message of {@code headLength} bytes of {@code head} and all of {@code body}. */
    public void text(byte[] head, int headLength, byte[] body) {
        int length = Math.addExact(headLength, body.length);
        boolean share = masks == null && body.length >= Batch.SHARE_FROM;
        ByteBuf out = batch.room(LONGEST_HEADER + headLength + (share ? 0 : body.length));
        int mask = header(out, TEXT, length);
        int start = out.writerIndex();
        out.writeBytes(head, 0, headLength);
        if (share) {
            batch.share(body);
        } else {
            out.writeBytes(body);
            mask(out, start, mask);
        }
        batch.written();
    }

    /** The same, compressed (RFC 7692); a server's only. */
    public void compressed(byte[] head, int headLength, byte[] body) {
        Deflated deflated = Deflated.ofThisThread();
        deflated.write(head, headLength, body);
        ByteBuf out = batch.room(LONGEST_HEADER + deflated.length());
        header(out, COMPRESSED | TEXT, deflated.length());
        out.writeBytes(deflated.bytes(), 0, deflated.length());
        batch.written();
    }

    /** A Pong with the payload of a Ping. */
    public void pong(ByteBuf payload) {
        control(PONG, payload, payload.readableBytes());
    }

    /** A Close frame; 1005 means one without a code, and the reason is cut to what fits. */
    public void close(int code, String reason) {
        ByteBuf payload = Unpooled.buffer(2 + LONGEST_REASON);
        if (code != NO_CODE) {
            payload.writeShort(code);
            byte[] words = reason.getBytes(UTF_8);
            payload.writeBytes(words, 0, cut(words));
        }
        control(CLOSE, payload, payload.readableBytes());
    }

    private void control(int opcode, ByteBuf payload, int length) {
        ByteBuf out = batch.room(LONGEST_HEADER + length);
        int mask = header(out, opcode, length);
        int start = out.writerIndex();
        out.writeBytes(payload, payload.readerIndex(), length);
        mask(out, start, mask);
        batch.written();
    }

    /** Returns the mask, 0 on a server. */
    private int header(ByteBuf out, int opcode, int length) {
        int masked = masks == null ? 0 : MASKED;
        out.writeByte(FINAL | opcode);
        if (length < 126) {
            out.writeByte(masked | length);
        } else if (length <= 0xFFFF) {
            out.writeByte(masked | 126).writeShort(length);
        } else {
            out.writeByte(masked | 127).writeLong(length);
        }
        if (masks == null) {
            return 0;
        }
        int mask = masks.getAsInt();
        out.writeInt(mask);
        return mask;
    }

    private static void mask(ByteBuf out, int start, int mask) {
        if (mask == 0) {
            return;
        }
        long twice = ((long) mask << 32) | (mask & 0xFFFF_FFFFL);
        int end = out.writerIndex();
        int at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            out.setLong(at, out.getLong(at) ^ twice);
        }
        for (int shift = 56; at < end; at++, shift -= 8) {
            out.setByte(at, out.getByte(at) ^ (int) (twice >>> shift));
        }
    }

    /** How many of the first 123 bytes end with a whole character. */
    private static int cut(byte[] words) {
        int length = Math.min(words.length, LONGEST_REASON);
        while (length < words.length && length > 0 && (words[length] & 0xC0) == 0x80) {
            length--;
        }
        return length;
    }
}
