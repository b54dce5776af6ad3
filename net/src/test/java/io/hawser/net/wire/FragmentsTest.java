package io.hawser.net.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import org.junit.jupiter.api.Test;

class FragmentsTest {
    private final Fragments fragments = new Fragments(10);

    @Test
    void joinsFramesUpToTheLastOne() {
        assertThat(fragments.add(Unpooled.wrappedBuffer(new byte[] {1, 2}), false))
                .isNull();
        assertThat(fragments.add(Unpooled.EMPTY_BUFFER, false)).isNull();
        assertThat(fragments.add(Unpooled.wrappedBuffer(new byte[] {3}), true)).containsExactly(1, 2, 3);
        assertThat(fragments.add(Unpooled.wrappedBuffer(new byte[] {4}), true)).containsExactly(4);
    }

    @Test
    void takesAMessageAtTheLimitAndNotOnePast() {
        fragments.add(Unpooled.wrappedBuffer(new byte[6]), false);
        assertThat(fragments.add(Unpooled.wrappedBuffer(new byte[4]), true)).hasSize(10);

        fragments.add(Unpooled.wrappedBuffer(new byte[6]), false);
        assertThatThrownBy(() -> fragments.add(Unpooled.wrappedBuffer(new byte[5]), true))
                .isInstanceOfSatisfying(
                        CorruptedWebSocketFrameException.class,
                        fault -> assertThat(fault.closeStatus().code()).isEqualTo(1009));
    }
}
