package io.hawser.net.wire;

import io.netty.buffer.ByteBuf;

/**
 * Cuts a stream of bytes into frames, each a header and a content. Belongs to the connection's loop; it holds at most one
 * unfinished header, and no content.
 *
 * <pre>
 * +--------+-----------------+-----------------------+
 * | H (2)  | header, H bytes | content, N bytes      |   H unsigned, most significant byte first;
 * +--------+-----------------+-----------------------+   N is what the hearer makes of the header
 * </pre>
 */
public final class LengthSplitter {
    private static final int LENGTH_BYTES = 2;
    private static final byte[] NOTHING = {};

    private byte[] header = NOTHING;
    private int lengthBytes;
    private int length;
    private int headerBytes;
    private long contentLeft;
    private boolean inContent;
    private boolean dead;

    /** Hears the frames. */
    public interface Frames {
        /** Returns how many bytes of content follow; if negative, all that comes is thrown away. */
        long header(byte[] header);

        /** A piece of content, the {@code last} one or not. */
        void content(byte[] piece, boolean last);
    }

    /** Takes bytes from {@code in} and tells at most one thing; an empty content together with its header. */
    public void next(ByteBuf in, Frames frames) {
        if (dead) {
            in.skipBytes(in.readableBytes());
        } else if (inContent) {
            content(in, frames);
        } else if (lengthBytes < LENGTH_BYTES) {
            length = length << Byte.SIZE | in.readUnsignedByte();
            lengthBytes++;
            if (lengthBytes == LENGTH_BYTES) {
                header = new byte[length];
                finishHeader(frames);
            }
        } else {
            int bytes = Math.min(length - headerBytes, in.readableBytes());
            in.readBytes(header, headerBytes, bytes);
            headerBytes += bytes;
            finishHeader(frames);
        }
    }

    private void finishHeader(Frames frames) {
        if (headerBytes < length) {
            return;
        }
        byte[] whole = header;
        header = NOTHING;
        length = 0;
        lengthBytes = 0;
        headerBytes = 0;
        contentLeft = frames.header(whole);
        dead = contentLeft < 0;
        inContent = contentLeft > 0;
        if (contentLeft == 0) {
            frames.content(NOTHING, true);
        }
    }

    private void content(ByteBuf in, Frames frames) {
        byte[] piece = new byte[(int) Math.min(contentLeft, in.readableBytes())];
        in.readBytes(piece);
        contentLeft -= piece.length;
        inContent = contentLeft > 0;
        frames.content(piece, !inContent);
    }
}
