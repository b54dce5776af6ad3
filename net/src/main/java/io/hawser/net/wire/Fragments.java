package io.hawser.net.wire;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts the frames of a WebSocket message together, up to a limit that counts across them.
 *
 * <p>Belongs to the connection's loop.
 */
public final class Fragments {
    private static final byte[] NOTHING = {};

    private final int limit;
    private byte[] gathered = NOTHING;
    private int length;

    /** Messages of up to {@code limit} bytes. */
    public Fragments(int limit) {
        this.limit = limit;
    }

    /**
     * The whole message if {@code last}, else null.
     *
     * @throws CorruptedWebSocketFrameException with 1009 if the message exceeds the limit
     */
    public byte @Nullable [] add(ByteBuf part, boolean last) {
        int bytes = part.readableBytes();
        if (bytes > limit - length) {
            throw new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.MESSAGE_TOO_BIG, "a message may have " + limit + " bytes");
        }
        int whole = length + bytes;
        if (last) {
            byte[] message = length == 0 ? new byte[bytes] : Arrays.copyOf(gathered, whole);
            part.readBytes(message, length, bytes);
            gathered = NOTHING;
            length = 0;
            return message;
        }
        if (whole > gathered.length) {
            gathered = Arrays.copyOf(gathered, (int) Math.min(limit, Math.max(whole, 2L * gathered.length)));
        }
        part.readBytes(gathered, length, bytes);
        length = whole;
        return null;
    }
}
