package io.hawser.ivy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one agent says to another one alone, and how they know each other; and the timers of an agent. */
class IvyClientTest {
    private final int busPort = RawAgent.freeBusPort();
    private final List<IvyAgent> agents = new ArrayList<>();
    private final Notebook notes = new Notebook();
    private IvyAgent ann = join(IvyAgent.builder("ann"));
    private IvyAgent bob = join(IvyAgent.builder("bob").listener(notes));

    @BeforeEach
    void meet() {
        await().until(() -> ann.client("bob").isPresent() && bob.client("ann").isPresent());
    }

    @AfterEach
    void leave() {
        agents.forEach(IvyAgent::close);
    }

    @Test
    void aDirectMessageIsATextOrSeveralParameters() {
        IvyClient client = ann.client("bob").orElseThrow();
        client.direct(765, "glop");
        client.direct(766, List.of("a", "", "b c"));
        client.direct(-1, List.of(""));
        await().until(() -> notes.lines().size() == 4);
        assertThat(notes.lines())
                .containsExactly(
                        "joined ann", "direct ann 765 glop", "parameters ann 766 [a, , b c]", "parameters ann -1 []");
        assertThatIllegalArgumentException().isThrownBy(() -> client.direct(1, "a\nb"));
        assertThatIllegalArgumentException().isThrownBy(() -> client.direct(1, List.of("a\3b")));
    }

    @Test
    void parametersAreEndedByEtxOnTheWireAndTakenWithoutTheLast() throws IOException {
        try (RawAgent raw = new RawAgent(busPort);
                RawAgent.Wire wire = raw.connect(bob.address().getPort())) {
            wire.say("6 " + raw.port() + "\2raw\n5 0\2\n7 3\2a\3b\n");
            await().until(() -> notes.lines().contains("parameters raw 3 [a, b]"));
            bob.client("raw").orElseThrow().direct(4, List.of("c", "d"));
            String expected = "6 " + bob.address().getPort() + "\2bob\n5 0\2\n7 4\2c\3d\3\n";
            assertThat(wire.readLike(expected)).isEqualTo(expected);
        }
    }

    @Test
    void aListenerThatKnowsNoParametersSeesTheOneTextThatTheOriginalsSee() {
        List<String> heard = new ArrayList<>();
        IvyListener plain = new IvyListener() {
            @Override
            public void direct(IvyClient client, int number, String text) {
                heard.add(text);
            }
        };
        plain.direct(ann.self(), 1, List.of("a", "b"));
        assertThat(heard).containsExactly("a\3b\3");
    }

    @Test
    void errorsAndDieSayWhoWhichAndWhy() {
        IvyClient client = ann.client("bob").orElseThrow();
        client.error(7, "some error");
        client.die(3, "maintenance");
        client.die();
        await().until(() -> notes.lines().size() == 4);
        assertThat(notes.lines())
                .containsExactly("joined ann", "problem ann 7 some error", "die ann 3 maintenance", "die ann 0 ");
        assertThat(bob.clients()).hasSize(1);
    }

    @Test
    void saysGoodbyeToOneAgentAlone() {
        IvyAgent eve = join(IvyAgent.builder("eve"));
        await().until(() -> ann.clients().size() == 2 && eve.clients().size() == 2);
        IvyClient client = ann.client("bob").orElseThrow();
        client.bye();
        assertThat(ann.client("bob")).isEmpty();
        await().until(() -> notes.lines().contains("left ann: it said goodbye"));
        assertThat(ann.clients("eve")).hasSize(1);
        assertThat(eve.clients()).hasSize(2);
        client.direct(1, "into the void");
    }

    @Test
    void namesAreNotUniqueAddressesAre() {
        IvyAgent twin = join(IvyAgent.builder("bob"));
        await().until(() -> ann.clients("bob").size() == 2 && twin.clients().size() == 2);
        IvyClient first = ann.clients("bob").get(0);
        IvyClient second = ann.clients("bob").get(1);
        assertThat(ann.client("bob")).contains(first);
        assertThat(first).isNotEqualTo(second);
        IvyClient seenByTwin = twin.client("bob").orElseThrow();
        assertThat(seenByTwin).isEqualTo(first).hasSameHashCodeAs(first);
        assertThat(bob.self()).isEqualTo(first).hasSameHashCodeAs(first).hasToString(first.toString());
        assertThat(first)
                .hasToString("127.0.0.1:" + bob.address().getPort() + " (bob)")
                .isNotEqualTo("bob");
    }

    @Test
    void misuseIsAnIllegalState() {
        IvyAgentBuilder wishes = IvyAgent.builder("eve").domain("127:" + busPort);
        IvyAgent eve = wishes.join();
        assertThatIllegalStateException().isThrownBy(wishes::join).withMessageContaining("has joined before");
        await().until(() -> eve.client("bob").isPresent());
        IvyClient client = eve.client("bob").orElseThrow();
        eve.close();
        eve.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> client.direct(1, "x"))
                .withMessageContaining("'eve' is closed");
        assertThatIllegalStateException().isThrownBy(client::die);
        assertThatIllegalStateException().isThrownBy(client::bye);
        assertThatIllegalStateException().isThrownBy(client::ping);
        assertThatIllegalStateException().isThrownBy(() -> client.error(1, "x"));
        assertThatIllegalStateException().isThrownBy(() -> eve.unbind(0));
        assertThatIllegalStateException().isThrownBy(() -> eve.every(Duration.ofMillis(1), () -> {}));
        assertThat(client.send("x")).isZero();
        assertThat(eve.self().send("x")).isZero();
    }

    @Test
    void aTimerTicksAsOftenAsItShallOnTheCallbackThread() {
        List<String> ticks = Collections.synchronizedList(new ArrayList<>());
        ann.repeat(3, Duration.ofMillis(1), () -> {
            ticks.add(Thread.currentThread().getName());
            throw new IllegalStateException("on purpose");
        });
        await().until(() -> ticks.size() == 3);
        AtomicInteger after = new AtomicInteger();
        ann.repeat(20, Duration.ofMillis(1), after::incrementAndGet);
        await().until(() -> after.get() == 20);
        assertThat(ticks).hasSize(3).containsOnly("ivy-callbacks");
        assertThatIllegalArgumentException().isThrownBy(() -> ann.repeat(0, Duration.ofMillis(1), () -> {}));
    }

    @Test
    void aTimerGoesOnUntilItIsCancelledAndTakesANewDelay() {
        AtomicInteger ticks = new AtomicInteger();
        IvyTimer[] timer = new IvyTimer[1];
        timer[0] = ann.every(Duration.ofMillis(1), ticks::incrementAndGet);
        await().until(() -> ticks.get() > 5);
        timer[0].delay(Duration.ofMillis(2));
        int before = ticks.get();
        await().until(() -> ticks.get() > before + 2);
        AtomicInteger atCancel = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        ann.repeat(1, Duration.ofMillis(1), () -> {
            timer[0].cancel();
            atCancel.set(ticks.get());
        });
        await().until(() -> atCancel.get() > 0);
        ann.repeat(20, Duration.ofMillis(2), others::incrementAndGet);
        await().until(() -> others.get() == 20);
        assertThat(ticks.get()).isEqualTo(atCancel.get());
    }

    private IvyAgent join(IvyAgentBuilder wishes) {
        IvyAgent agent = wishes.domain("127:" + busPort).join();
        agents.add(agent);
        return agent;
    }
}
