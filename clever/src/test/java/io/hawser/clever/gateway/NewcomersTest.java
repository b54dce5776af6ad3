package io.hawser.clever.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.clever.wire.CleverFrame;
import io.hawser.clever.wire.ProtocolException;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What somebody may do who has connected and has not said who it is. The stage lets three connect. */
@Timeout(60)
class NewcomersTest extends GatewayStage {
    @Test
    void whoSaysMuchBeforeItsIdIsCutOffAndMaySayItAfterwards() throws IOException, ProtocolException {
        try (RawCopter copter = new RawCopter(address)) {
            copter.say(65_000);
            assertThat(copter.frame()).isInstanceOf(CleverFrame.Request.class);
            copter.say(65_536);
            copter.readToTheEnd();
        }
        try (RawCopter copter = new RawCopter(address)) {
            copter.answer(Value.of("raw"));
            awaitFleet(1);
            copter.say(1_000_000);
            await().until(() -> heard("clever/raw/says/log").size() == 1);
        }
    }

    @Test
    void whoDripsIsCutOff() throws IOException {
        long begin = System.nanoTime();
        try (RawCopter copter = new RawCopter(address)) {
            copter.send("\1\1{".getBytes(US_ASCII));
            assertThat(copter.readToTheEnd()).isPositive();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(18));
        assertThat(fleet()).isEmpty();
    }

    @Test
    void noMoreThanTheLimitAreLetInAndTheNextWhenOneHasGone() throws IOException, ProtocolException {
        try (RawCopter one = new RawCopter(address);
                RawCopter two = new RawCopter(address)) {
            try (RawCopter three = new RawCopter(address);
                    RawCopter four = new RawCopter(address)) {
                one.answer(Value.of("one"));
                two.answer(Value.of("two"));
                three.answer(Value.of("three"));
                awaitFleet(3);
                assertThat(four.readToTheEnd()).as("nothing is asked of it").isZero();
            }
            awaitFleet(2);
            try (RawCopter five = new RawCopter(address)) {
                assertThat(five.answer(Value.of("five")).name()).isEqualTo("id");
                awaitFleet(3);
            }
        }
    }
}
