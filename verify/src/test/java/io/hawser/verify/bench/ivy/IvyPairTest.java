package io.hawser.verify.bench.ivy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.verify.bench.ivy.IvyPair.Passed;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class IvyPairTest {
    @Test
    void nothingIsLostBetweenOurOwn() throws IOException, InterruptedException {
        Passed passed = IvyPair.ours().pass(50_000, 20, 100);
        assertThat(passed.lost()).isZero();
        assertThat(passed.perSecond()).isPositive();
        assertThat(passed.processorMicros()).isPositive();
    }

    @Test
    void aPeerThatKeepsTheContractIsMeasured() throws IOException, InterruptedException {
        // Both parties say what the arguments ask for: a publisher 2 ms of CPU, a subscriber one message less in 1 s.
        String peer = "sh -c 'echo hello; echo ready; "
                + "test $0 = pub && echo done $2 2000000 || echo done $(($2 - 1)) 1000000000'";
        assertThat(IvyPair.peer(peer).pass(1_000, 0, 100)).isEqualTo(new Passed(500, 4, 1));
    }

    @Test
    void aPeerThatEndsTooSoonIsTold() {
        assertThatThrownBy(() -> IvyPair.peer("true").pass(10, 0, 100))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("peer")
                .hasMessageContaining("before it said 'ready'");
    }
}
