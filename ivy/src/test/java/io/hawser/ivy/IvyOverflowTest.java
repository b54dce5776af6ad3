package io.hawser.ivy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.ivy.engine.IvyCount;
import io.hawser.ivy.wire.IvyLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of texts for an agent that does not read, and that the others do not notice. */
@Timeout(60)
class IvyOverflowTest {
    private static final String PADDING = "x".repeat(50_000);

    private final int busPort = RawAgent.freeBusPort();
    private final Notebook notes = new Notebook();
    private final AtomicInteger heard = new AtomicInteger();
    private final IvyAgent healthy = join(IvyOverflow.DROP_NEWEST, Duration.ofSeconds(10), "healthy");
    private final RawAgent raw;

    IvyOverflowTest() throws IOException {
        raw = new RawAgent(busPort);
    }

    @BeforeEach
    void listen() {
        healthy.bind("^text ", (client, args) -> heard.incrementAndGet());
    }

    @AfterEach
    void leave() throws IOException {
        healthy.close();
        raw.close();
    }

    @Test
    void theOldestAreLostAndTheNewestArriveWhole() throws IOException {
        try (IvyAgent ann = join(IvyOverflow.DROP_OLDEST, Duration.ofSeconds(10), "ann");
                RawAgent.Wire slow = meet(ann)) {
            int sent = 0;
            while (ann.count(IvyCount.TEXTS_DROPPED) < 50) {
                send(ann, ++sent);
            }
            send(ann, ++sent);
            int last = sent;
            List<Integer> numbers = readUntil(slow, last);
            assertThat(numbers).isSorted().doesNotHaveDuplicates().endsWith(last - 1, last);
            assertThat(sent - numbers.size()).isEqualTo((int) ann.count(IvyCount.TEXTS_DROPPED));
            await().untilAsserted(
                            () -> assertThat(notes.lines()).containsSubsequence("congested slow", "relieved slow"));
            await().until(() -> heard.get() == last);
        }
    }

    @Test
    void whoeverSendsWaitsAndNothingIsLost() throws IOException {
        try (IvyAgent ann = join(IvyOverflow.BLOCK, Duration.ofMinutes(1), "ann");
                RawAgent.Wire slow = meet(ann)) {
            int all = 400;
            AtomicInteger sent = new AtomicInteger();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                while (sent.get() < all) {
                    send(ann, sent.incrementAndGet());
                }
            });
            await().until(() -> notes.lines().contains("congested slow"));
            assertThat(sending).isNotDone();
            assertThat(sent.get()).isLessThan(all);
            assertThat(readUntil(slow, all)).hasSize(all).isSorted();
            sending.join();
            assertThat(ann.count(IvyCount.TEXTS_DROPPED)).isZero();
            await().until(() -> heard.get() == all);
            await().until(() -> notes.lines().contains("relieved slow"));
        }
    }

    @Test
    void whomOneHasWaitedForTooLongIsCutOff() throws IOException {
        try (IvyAgent ann = join(IvyOverflow.BLOCK, Duration.ofMillis(200), "ann");
                RawAgent.Wire slow = meet(ann)) {
            int all = 400;
            for (int i = 1; i <= all; i++) {
                send(ann, i);
            }
            assertThat(notes.lines()).contains("left slow: it read too slowly");
            assertThat(ann.client("slow")).isEmpty();
            await().until(() -> heard.get() == all);
            assertThat(slow.localPort()).isPositive();
        }
    }

    @Test
    void whatWaitsGoesOutOnTheConnectionThatTakesOver() throws IOException {
        try (IvyAgent ann = IvyAgent.builder("ann")
                .id("a")
                .domain("127:" + busPort)
                .limits(IvyLimits.DEFAULT.withUnsent(1 << 20, Duration.ofSeconds(10)))
                .overflow(IvyOverflow.DROP_OLDEST)
                .listener(notes)
                .join()) {
            raw.hello("z", "slow");
            RawAgent.Wire first = ours(raw.accept(), ann);
            int last = 0;
            while (ann.count(IvyCount.TEXTS_DROPPED) < 10) {
                send(ann, ++last);
            }
            try (RawAgent.Wire second = raw.connect(ann.address().getPort())) {
                second.say("6 " + raw.port() + "\2slow\n1 0\2^(text .*)\n5 0\2\n");
                await().until(() -> ann.count(IvyCount.DUPLICATES) == 1);
                first.close();
                assertThat(second.readLine()).startsWith("6 ");
                assertThat(second.readLine()).startsWith("5 ");
                assertThat(readUntil(second, last)).isSorted();
                await().until(() -> notes.lines().contains("relieved slow"));
            }
        }
    }

    /** The connection to {@code agent}: the other one comes from the healthy one, who heard the hello too. */
    private RawAgent.Wire ours(RawAgent.Wire wire, IvyAgent agent) throws IOException {
        String speaks = wire.readLine();
        if (!speaks.endsWith("\2" + agent.name())) {
            return ours(raw.accept(), agent);
        }
        wire.say("6 " + raw.port() + "\2slow\n1 0\2^(text .*)\n5 0\2\n");
        await().until(() ->
                agent.client("slow").isPresent() && agent.client("healthy").isPresent());
        return wire;
    }

    @Test
    void whoWaitsGoesOnWhenTheAgentIsClosed() throws IOException {
        IvyAgent ann = join(IvyOverflow.BLOCK, Duration.ofMinutes(1), "ann");
        try (RawAgent.Wire slow = meet(ann)) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                for (int i = 1; ann.send("text " + i + " " + PADDING).agents() > 0; i++) {
                    heard.set(i);
                }
            });
            await().until(() -> notes.lines().contains("congested slow"));
            ann.close();
            sending.join();
            assertThat(slow.localPort()).isPositive();
        }
    }

    private void send(IvyAgent agent, int number) {
        agent.send("text " + number + " " + PADDING);
        // The healthy one shares a machine of two cores with us: at its pace, so that it is never the slow one.
        await().pollInterval(Duration.ofMillis(1)).until(() -> heard.get() >= number - 10);
    }

    private IvyAgent join(IvyOverflow overflow, Duration wait, String name) {
        return IvyAgent.builder(name)
                .domain("127:" + busPort)
                .limits(IvyLimits.DEFAULT.withUnsent(1 << 20, wait))
                .overflow(overflow)
                .listener(notes)
                .join();
    }

    /** An agent that wants everything and reads nothing. */
    private RawAgent.Wire meet(IvyAgent ann) throws IOException {
        RawAgent.Wire wire = raw.connect(ann.address().getPort());
        wire.say("6 " + raw.port() + "\2slow\n1 0\2^(text .*)\n5 0\2\n");
        await().until(() ->
                ann.client("slow").isPresent() && ann.client("healthy").isPresent());
        assertThat(wire.readLine()).startsWith("6 ");
        assertThat(wire.readLine()).startsWith("5 ");
        return wire;
    }

    /** The numbers of all texts up to {@code last}; fails if one of them is not whole. */
    private static List<Integer> readUntil(RawAgent.Wire wire, int last) {
        try {
            List<Integer> numbers = new ArrayList<>();
            while (numbers.isEmpty() || numbers.get(numbers.size() - 1) < last) {
                String line = wire.readLine();
                assertThat(line).matches("2 0\2text \\d+ x{50000}\3");
                numbers.add(Integer.parseInt(line.split(" ", -1)[2]));
            }
            return numbers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
