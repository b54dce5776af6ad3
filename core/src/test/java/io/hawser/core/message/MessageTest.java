package io.hawser.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Fields;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MessageTest {
    private final Headers headers = new Headers(new Source("test", "me", "test/here"), 7, Optional.empty());

    @Test
    void decodesFieldsWhenAskedAndOnce() {
        AtomicInteger decoded = new AtomicInteger();
        Message message = Message.builder(new Topic("a"), headers).fields(() -> {
            decoded.incrementAndGet();
            return Message.textFields("hello");
        });
        assertThat(decoded).hasValue(0);
        assertThat(message.fields()).isSameAs(message.fields());
        assertThat(message.text()).contains("hello");
        assertThat(decoded).hasValue(1);
    }

    @Test
    void textThatIsKnownNeedsNoDecoding() {
        Message message = Message.builder(new Topic("a"), headers).text("hi").fields(() -> {
            throw new AssertionError("decoded for its text");
        });
        assertThat(message.text()).contains("hi");
    }

    @Test
    void encodesOncePerEncoding() {
        AtomicInteger encoded = new AtomicInteger();
        Encoding one = message -> new byte[] {(byte) encoded.incrementAndGet()};
        Encoding two = message -> new byte[] {2};
        Message message = Message.builder(new Topic("a"), headers).fields(Fields.EMPTY);
        assertThat(message.encoded(one)).isSameAs(message.encoded(one)).containsExactly(1);
        assertThat(message.encoded(two)).containsExactly(2);
        assertThat(message.encoded(one)).containsExactly(1);
    }

    @Test
    void takesTheBytesItsProtocolHasAlready() {
        Encoding never = message -> {
            throw new AssertionError("encoded again");
        };
        byte[] known = {1, 2};
        Message message = Message.builder(new Topic("a"), headers)
                .encoded(never, known)
                .weight(2)
                .fields(Fields.EMPTY);
        assertThat(message.encoded(never)).isSameAs(known);
        assertThat(message.weight()).isEqualTo(2);
    }
}
