package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoundTripTest {
    private static final int TIMES = 5_000;
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final IotCodec CODEC = new IotCodec(IotLimits.DEFAULT);

    @Test
    void messagesComeBackEqual() throws Exception {
        for (int seed = 0; seed < TIMES; seed++) {
            RandomMessages random = new RandomMessages(new Random(seed));
            List<IotMessage> messages = new ArrayList<>();
            for (int i = 0; i <= seed % 3; i++) {
                messages.add(random.message());
            }
            byte[] body = CODEC.write(messages);
            assertThat(CODEC.read(body))
                    .as("seed %d: %s", seed, new String(body, UTF_8))
                    .isEqualTo(messages);
        }
    }

    @Test
    void theStampOfTheHubIsWrittenButNotBelieved() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            RandomMessages random = new RandomMessages(new Random(seed));
            IotMessage message = random.message();
            byte[] body = CODEC.write(message.with(message.head().stamped(random.stamp())));
            assertThat(new String(body, UTF_8)).as("seed %d", seed).contains("\"receivedTime\":");
            assertThat(CODEC.read(body)).as("seed %d", seed).containsExactly(message);
        }
    }

    @Test
    void valuesComeBackEqual() throws Exception {
        for (int seed = 0; seed < TIMES; seed++) {
            Value value = new RandomMessages(new Random(seed)).value(4);
            byte[] body = Json.write(value);
            assertThat(JSON.read(body))
                    .as("seed %d: %s", seed, new String(body, UTF_8))
                    .isEqualTo(value);
        }
    }
}
