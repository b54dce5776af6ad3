package io.hawser.eftl.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventHeadTest {
    private final EftlCodec codec = new EftlCodec(EftlLimits.DEFAULT);

    @Test
    void writesTheHeadOfADurablesEvent() {
        byte[] buffer = new byte[200];

        int end = EventHead.of("1").write(buffer, 3, 12, 2, 1);

        assertThat(new String(buffer, 3, end - 3, UTF_8))
                .isEqualTo("{\"op\":7,\"to\":\"1\",\"seq\":12,\"sid\":2,\"cnt\":1,\"body\":");
    }

    @Test
    void headAndTailAreTheBytesOfTheWholeFrame() throws Exception {
        for (int seed = 0; seed < 2_000; seed++) {
            ServerFrame.Event event = new RandomFrames(new Random(seed), codec.bodies()).event();
            EventHead head = EventHead.of(event.to());
            byte[] tail = EventHead.tail(event.body(), event.origin());
            assertThat(join(head, event, tail)).as("seed %d", seed).isEqualTo(codec.write(event));
            if (event.origin().equals(ServerFrame.Origin.NONE)) {
                assertThat(EventHead.tail(event.body())).as("seed %d", seed).isEqualTo(tail);
            }
        }
    }

    private static byte[] join(EventHead head, ServerFrame.Event event, byte[] tail) {
        long seq = event.seq().orElseThrow();
        byte[] inbox = event.replyTo().map(EventHead::inbox).orElse(new byte[0]);
        byte[] buffer = new byte[event.replyTo().isPresent() ? head.room(inbox) : head.room()];
        int end = event.replyTo().isPresent()
                ? head.write(
                        buffer,
                        0,
                        seq,
                        event.storeId(),
                        event.deliveryCount(),
                        inbox,
                        event.replyTo().orElseThrow().request())
                : head.write(buffer, 0, seq, event.storeId(), event.deliveryCount());
        byte[] whole = Arrays.copyOf(buffer, end + tail.length);
        System.arraycopy(tail, 0, whole, end, tail.length);
        return whole;
    }
}
