package io.hawser.net.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One loop's copies of large bodies, so that a body sent to many connections is copied once and not for each.
 *
 * <p>A socket can only send memory outside the Java heap, so an array must be copied once; all connections of the loop
 * then send views of that copy. A body is known by its identity, which is safe because nobody changes it after sending.
 * The copies are let go when the loop has finished what it was doing; views keep their bytes until they have left. Two
 * bodies that fall into one slot only cost a second copy.
 *
 * <p>Every field belongs to the loop.
 */
public final class SharedBodies implements Runnable {
    private static final int SLOTS = 64;

    private final Executor loop;
    private final byte[] @Nullable [] bodies = new byte[SLOTS][];
    private final @Nullable ByteBuf[] copies = new ByteBuf[SLOTS];
    private boolean scheduled;

    /** No copies yet; {@code loop} runs what is posted when it has finished what it was doing. */
    public SharedBodies(Executor loop) {
        this.loop = loop;
    }

    /** A view of the copy of {@code body}, owned by the caller. */
    ByteBuf viewOf(byte[] body) {
        int slot = System.identityHashCode(body) & (SLOTS - 1);
        ByteBuf copy = copies[slot];
        if (copy == null || bodies[slot] != body) {
            release(slot);
            copy = PooledByteBufAllocator.DEFAULT.directBuffer(body.length).writeBytes(body);
            copies[slot] = copy;
            bodies[slot] = body;
        }
        if (!scheduled) {
            scheduled = true;
            loop.execute(this);
        }
        return copy.retainedDuplicate();
    }

    /** Lets all copies go. */
    @Override
    public void run() {
        scheduled = false;
        for (int slot = 0; slot < SLOTS; slot++) {
            release(slot);
        }
    }

    private void release(int slot) {
        ByteBuf copy = copies[slot];
        if (copy != null) {
            copies[slot] = null;
            bodies[slot] = null;
            copy.release();
        }
    }
}
