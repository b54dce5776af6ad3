package io.hawser.net.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchTest {
    private final Wire wire = new Wire();
    private final EmbeddedChannel channel = new EmbeddedChannel(wire);
    private final SharedBodies bodies = new SharedBodies(channel.eventLoop());
    private final Batch batch = new Batch(channel, bodies);

    @AfterEach
    void close() {
        wire.pieces.forEach(ByteBuf::release);
    }

    @Test
    void sendsManySmallMessagesInOneWriteAndOneFlush() {
        inOneTurn(() -> {
            for (int i = 0; i < 100; i++) {
                small(10);
            }
            assertThat(wire.flushes).isZero();
        });

        assertThat(sizesSent()).containsExactly(1000);
        assertThat(wire.flushes).isEqualTo(1);
    }

    @Test
    void startsANewBatchAfterAFlush() {
        inOneTurn(() -> small(1));
        inOneTurn(() -> small(2));

        assertThat(sizesSent()).containsExactly(1, 2);
        assertThat(wire.flushes).isEqualTo(2);
    }

    @Test
    void sendsABatchOf64KiBAtOnce() {
        inOneTurn(() -> {
            small(Batch.EARLY - 1);
            assertThat(wire.flushes).isZero();
            small(1);
            assertThat(wire.flushes).isEqualTo(1);
        });

        assertThat(wire.flushes).isEqualTo(1);
        assertThat(sizesSent()).containsExactly(Batch.EARLY);
    }

    @Test
    void flushesOnceForSharedAndCopiedPiecesTogether() {
        inOneTurn(() -> {
            small(3);
            share(new byte[5000]);
            small(4);
        });

        assertThat(sizesSent()).containsExactly(3, 5000, 4);
        assertThat(wire.flushes).isEqualTo(1);
    }

    @Test
    void givesTwoConnectionsTheSameMemory() {
        byte[] body = new byte[Batch.SHARE_FROM];
        inOneTurn(() -> {
            share(body);
            new Batch(channel, bodies).share(body);
        });

        wire.pieces.get(0).setByte(7, 42);

        assertThat(wire.pieces.get(1).getByte(7)).isEqualTo((byte) 42);
    }

    @Test
    void letsTheSharedCopyGoWhenTheLoopHasFinished() {
        inOneTurn(() -> {
            share(new byte[Batch.SHARE_FROM]);
            assertThat(memoryOf(wire.pieces.get(0)).refCnt()).isEqualTo(2);
        });

        assertThat(memoryOf(wire.pieces.get(0)).refCnt()).isEqualTo(1);
    }

    @Test
    void countsWhatHasNotLeft() {
        inOneTurn(() -> {
            small(10);
            share(new byte[5000]);
            assertThat(batch.unsent()).isEqualTo(5010);
        });

        assertThat(batch.unsent()).isZero();
    }

    private static ByteBuf memoryOf(ByteBuf view) {
        return view.unwrap() == null ? view : memoryOf(view.unwrap());
    }

    private void inOneTurn(Runnable task) {
        channel.writeInbound(task);
    }

    private void small(int bytes) {
        batch.room(bytes).writeZero(bytes);
        batch.written();
    }

    private void share(byte[] body) {
        batch.share(body);
        batch.written();
    }

    private List<Integer> sizesSent() {
        return wire.pieces.stream().map(ByteBuf::readableBytes).toList();
    }

    /** Stands for the network: takes what is written when it is flushed. */
    private static final class Wire extends ChannelDuplexHandler {
        private final List<ByteBuf> pieces = new ArrayList<>();
        private final List<ChannelPromise> promises = new ArrayList<>();
        private int flushes;

        /** What comes in is what the loop does in one turn. */
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object task) {
            ((Runnable) task).run();
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object piece, ChannelPromise promise) {
            pieces.add((ByteBuf) piece);
            promises.add(promise);
        }

        @Override
        public void flush(ChannelHandlerContext ctx) {
            flushes++;
            promises.forEach(ChannelPromise::setSuccess);
            promises.clear();
        }
    }
}
