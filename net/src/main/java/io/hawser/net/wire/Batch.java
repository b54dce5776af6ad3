package io.hawser.net.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what one connection sends, so that it leaves in one write and one flush.
 *
 * <h2>Concurrency and batching</h2>
 *
 * <p>Every field belongs to the channel's event loop, and every method is called there; there is nothing to lock.
 *
 * <p>A system call costs as much as hundreds of small messages, so a message is never flushed on its own. The first
 * message of a batch puts the batch itself, as a task, at the end of the loop's queue. What the loop is doing now (all
 * sockets that were readable, all tasks that were already posted) runs before that task and adds to the same batch; then
 * the task hands everything to the channel and flushes once. A batch of {@value #EARLY} bytes does not wait for its
 * task, so that a burst keeps the network busy and memory small; the task then finds less, or nothing.
 *
 * <p>Small messages are copied, back to back, into one pooled direct buffer: copying 128 bytes is cheaper than any
 * bookkeeping that would avoid it. From {@value #SHARE_FROM} bytes on a body is not copied for each connection but handed
 * to the channel as a view of the loop's one copy, see {@link SharedBodies}; the channel then writes head, body and what
 * follows with one gathering system call.
 *
 * <pre>
 *   open buffer            shared         open buffer
 *   [h|text][h|text][h]    [ body ... ]   [h|text][h|text]      one flush
 * </pre>
 *
 * <p>After the channel has closed everything may still be called; the channel then releases what it is handed.
 */
public final class Batch implements Runnable {
    /** From this many bytes on a body is shared, not copied. */
    public static final int SHARE_FROM = 2 * 1024;

    /** A batch of this many bytes leaves at once. */
    public static final int EARLY = 64 * 1024;

    private static final int SMALLEST = 512;

    private final Channel channel;
    private final SharedBodies bodies;
    private @Nullable ByteBuf open;
    private int expected = SMALLEST;
    private int handedOver;
    private long leaving;
    private long sent;
    private boolean scheduled;

    /** A batch for {@code channel}, whose loop owns {@code bodies}. */
    public Batch(Channel channel, SharedBodies bodies) {
        this.channel = channel;
        this.bodies = bodies;
    }

    /** A buffer with room for {@code bytes} at its end. Write there at once, then call {@link #written}. */
    public ByteBuf room(int bytes) {
        assert channel.eventLoop().inEventLoop() : "a connection is used off its loop";
        ByteBuf buffer = open;
        if (buffer == null) {
            buffer = channel.alloc().directBuffer(Math.max(bytes, expected));
            open = buffer;
        } else {
            buffer.ensureWritable(bytes);
        }
        return buffer;
    }

    /** Puts {@code body} behind what was written so far, without copying it for this connection. */
    public void share(byte[] body) {
        handOverOpen();
        handOver(bodies.viewOf(body));
    }

    /** Says that a message is complete: it leaves with the batch. */
    public void written() {
        ByteBuf buffer = open;
        int gathered = handedOver + (buffer == null ? 0 : buffer.readableBytes());
        if (gathered >= EARLY) {
            flush();
        } else if (!scheduled) {
            scheduled = true;
            channel.eventLoop().execute(this);
        }
    }

    /** Bytes written here that the operating system has not yet taken; a half-taken buffer counts whole. */
    public long unsent() {
        ByteBuf buffer = open;
        return leaving + (buffer == null ? 0 : buffer.readableBytes());
    }

    /** All bytes that the operating system has taken so far; a half-taken buffer not yet. */
    public long sent() {
        return sent;
    }

    /** The loop has finished what it was doing: sends the batch. */
    @Override
    public void run() {
        scheduled = false;
        flush();
    }

    /** Sends everything at once; the future completes when the operating system has taken it, or never will. */
    public ChannelFuture finish() {
        flush();
        return channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
    }

    private void flush() {
        handOverOpen();
        if (handedOver > 0) {
            handedOver = 0;
            channel.flush();
        }
    }

    private void handOverOpen() {
        ByteBuf buffer = open;
        if (buffer != null) {
            open = null;
            expected = Math.max(SMALLEST, Math.min(EARLY, buffer.readableBytes()));
            handOver(buffer);
        }
    }

    private void handOver(ByteBuf piece) {
        int bytes = piece.readableBytes();
        handedOver += bytes;
        leaving += bytes;
        channel.write(piece).addListener(done -> {
            leaving -= bytes;
            sent += bytes;
        });
    }
}
