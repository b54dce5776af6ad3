package io.hawser.core.store.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.bytes.RandomValues;
import io.hawser.core.message.Ending;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.message.Source;
import io.hawser.core.message.TestMessages;
import io.hawser.core.message.Topic;
import io.hawser.core.value.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageBytesTest {
    private static final MessageBytes BYTES = new MessageBytes(BytesLimits.DEFAULT);

    private static Message random(Random random) {
        RandomValues values = new RandomValues(random);
        Source source = new Source(values.text(), values.text(), values.text());
        Optional<String> channel = random.nextBoolean() ? Optional.of(values.text()) : Optional.empty();
        Headers headers = new Headers(source, random.nextLong(), channel);
        if (random.nextInt(3) == 0) {
            ReplyTo address = random.nextBoolean()
                    ? new ReplyTo(values.text(), random.nextLong())
                    : new ReplyTo(values.text(), random.nextLong(), random.nextLong());
            headers = new Headers(source, random.nextLong(), channel, Optional.of(address), OptionalLong.empty());
        } else if (random.nextInt(3) == 0) {
            Ending ending = List.of(Ending.values()).get(random.nextInt(Ending.values().length));
            ReplyTo address = new ReplyTo(values.text(), random.nextLong());
            headers = Headers.answering(address, source, random.nextLong(), ending);
        }
        Message.Builder message = Message.builder(Topic.of(values.text(), values.text()), headers)
                .weight(random.nextInt(Integer.MAX_VALUE));
        if (random.nextBoolean()) {
            message.text(values.text());
        }
        return message.fields(values.fields(4));
    }

    private static void same(Message read, Message written) {
        assertThat(read.topic()).isEqualTo(written.topic());
        assertThat(read.headers()).isEqualTo(written.headers());
        assertThat(read.weight()).isEqualTo(written.weight());
        assertThat(read.text()).isEqualTo(written.text());
        assertThat(read.fields()).isEqualTo(written.fields());
        assertThat(read.fields().names()).isEqualTo(written.fields().names());
    }

    @Test
    void everyMessageComesBackAsItWas() throws BytesException {
        for (long seed = 0; seed < 2_000; seed++) {
            Message message = random(new Random(seed));
            assertThat(BYTES.write(message)).as("seed %d", seed).isNotEmpty();
            same(BYTES.read(BYTES.write(message)), message);
        }
    }

    @Test
    void whatIsCutOffOrTooLongIsRefused() throws BytesException {
        byte[] whole = BYTES.write(random(new Random(7)));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> BYTES.read(cut)).as("cut to %d", length).isInstanceOf(BytesException.class);
        }
        byte[] more = Arrays.copyOf(whole, whole.length + 1);
        assertThatThrownBy(() -> BYTES.read(more)).hasMessageContaining("1 bytes too many");
    }

    @Test
    void damagedBytesAreReadOrRefusedAndNothingElse() throws BytesException {
        int refused = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = BYTES.write(random(random));
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(BYTES.read(bytes)).as("seed %d", seed).isNotNull();
            } catch (BytesException expected) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void anotherVersionIsRefused() throws BytesException {
        byte[] bytes = BYTES.write(TestMessages.numbered(1));
        assertThat(bytes[0])
                .as("what neither asks nor answers is written as ever")
                .isEqualTo((byte) 1);
        bytes[0] = 3;
        assertThatThrownBy(() -> BYTES.read(bytes)).hasMessage("a message of version 3; this program reads 2");
    }

    @Test
    void aMessageBeyondTheLimitIsNotWritten() {
        MessageBytes small = new MessageBytes(new BytesLimits(60, 2));
        Message message =
                TestMessages.on("t", Fields.builder().put("x", "y".repeat(60)).build());
        assertThatThrownBy(() -> small.write(message))
                .isInstanceOf(BytesException.class)
                .hasMessageContaining("the limit is 60");
    }
}
