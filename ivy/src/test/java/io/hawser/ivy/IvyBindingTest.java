package io.hawser.ivy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.hawser.ivy.engine.IvyCount;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an agent wants to hear: bound, changed, taken back, for once, waited for, or from itself. */
class IvyBindingTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final int busPort = RawAgent.freeBusPort();
    private final String domain = "127:" + busPort;
    private final List<IvyAgent> agents = new ArrayList<>();
    private final Notebook notes = new Notebook();
    private IvyAgent ann = join(IvyAgent.builder("ann"));
    private IvyAgent bob = join(IvyAgent.builder("bob"));

    @BeforeEach
    void meet() {
        await().until(() -> ann.client("bob").isPresent() && bob.client("ann").isPresent());
    }

    @AfterEach
    void leave() {
        agents.forEach(IvyAgent::close);
    }

    @Test
    void unbindGivesTheRegexpAndAnUnknownIdIsAnError() {
        int id = bob.bind("^x (.*)", notes.texts("hears"));
        assertThat(bob.bindings()).isEqualTo(Map.of(id, "^x (.*)"));
        assertThat(bob.unbind(id)).isEqualTo("^x (.*)");
        assertThat(bob.bindings()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bob.unbind(id))
                .withMessageContaining("no Ivy subscription " + id);
        assertThatIllegalArgumentException().isThrownBy(() -> bob.rebind(id, "^y"));
    }

    @Test
    void rebindTakesTheOldRegexpBackAndGivesTheHandlerANewOne() throws IOException {
        int id = bob.bind("^old (.*)", notes.texts("hears"));
        try (RawAgent raw = new RawAgent(busPort)) {
            raw.hello("z", "raw");
            try (RawAgent.Wire wire = acceptFrom(raw, "bob")) {
                int next = bob.rebind(id, "^new (.*)");
                assertThat(next).isNotEqualTo(id);
                assertThat(wire.readLine()).isEqualTo("4 " + id + "\2");
                assertThat(wire.readLine()).isEqualTo("1 " + next + "\2^new (.*)");
                wire.say("5 0\2\n2 " + id + "\2late\3\n2 " + next + "\2fresh\3\n");
                await().until(() -> !notes.lines().isEmpty());
                assertThat(notes.lines()).containsExactly("hears raw [fresh]");
                assertThatIllegalArgumentException().isThrownBy(() -> bob.rebind(next, "a\nb"));
                assertThat(bob.bindings()).isEqualTo(Map.of(next, "^new (.*)"));
            }
        }
    }

    @Test
    void whoBindsBeforeItJoinsHearsWhatThoseWhoAreThereSayToANewcomer() {
        IvyAgent eve = join(IvyAgent.builder("eve").ready("ready eve"));
        await().until(() -> eve.clients().size() == 2);
        IvyAgent dan = join(IvyAgent.builder("dan").bind("^ready (.*)", notes.texts("hears")));
        await().untilAsserted(() -> assertThat(notes.lines()).containsExactly("hears eve [eve]"));
        assertThat(dan.bindings()).isEqualTo(Map.of(0, "^ready (.*)"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> join(IvyAgent.builder("ada").bind("a\nb", notes.texts("never"))));
    }

    @Test
    void aBindingForOnceHearsOneTextThoughManyAreOnTheirWay() throws IOException {
        int id = bob.bindOnce("^x (.*)", notes.texts("hears"));
        try (RawAgent raw = new RawAgent(busPort)) {
            raw.hello("z", "raw");
            try (RawAgent.Wire wire = acceptFrom(raw, "bob")) {
                wire.say("5 0\2\n2 " + id + "\2a\3\n2 " + id + "\2b\3\n9 1\2\n");
                assertThat(wire.readLine()).isEqualTo("4 " + id + "\2");
                assertThat(wire.readLine()).isEqualTo("10 1\2");
            }
        }
        assertThat(bob.bindings()).isEmpty();
        await().until(() -> bob.clients("raw").isEmpty() && !notes.lines().isEmpty());
        assertThat(notes.lines()).containsExactly("hears raw [a]");
    }

    @Test
    void waitsForAText() {
        CompletableFuture<IvyText> answer = bob.waitForText("^answer (\\d+)", LONG);
        await().until(() -> ann.send("answer 42").agents() == 1);
        IvyText text = answer.join();
        assertThat(text.client().name()).isEqualTo("ann");
        assertThat(text.args()).containsExactly("42");
        await().until(() -> ann.send("answer 43").agents() == 0);
        assertThat(bob.bindings()).isEmpty();
    }

    @Test
    void aWaitEndsByTimeByCancelAndByTheEndOfTheAgent() {
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> bob.waitForText("^never", SHORT).join())
                .withCauseInstanceOf(TimeoutException.class)
                .withMessageContaining("^never");
        bob.waitForText("^x", LONG).cancel(false);
        await().until(() -> bob.bindings().isEmpty());
        CompletableFuture<IvyText> text = bob.waitForText("^x", LONG);
        CompletableFuture<IvyClient> client = bob.waitForClient("nobody", LONG);
        bob.close();
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(text::join)
                .withCauseInstanceOf(TimeoutException.class);
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(client::join)
                .withCauseInstanceOf(TimeoutException.class);
        assertThatIllegalStateException().isThrownBy(() -> bob.waitForText("^x", LONG));
        assertThatIllegalStateException().isThrownBy(() -> bob.waitForClient("ann", LONG));
    }

    @Test
    void waitsForAnAgentThatIsThereOrYetToCome() {
        assertThat(bob.waitForClient("ann", LONG).join())
                .isEqualTo(bob.client("ann").orElseThrow());
        CompletableFuture<IvyClient> late = bob.waitForClient("late", LONG);
        assertThat(late).isNotDone();
        IvyAgent other = join(IvyAgent.builder("late"));
        assertThat(late.join()).hasToString("127.0.0.1:" + other.address().getPort() + " (late)");
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> bob.waitForClient("nobody", SHORT).join())
                .withMessageContaining("no agent 'nobody' joined");
    }

    @Test
    void anIntervalIsWrittenOutForTheOthersAndKeptAsGivenForUs() {
        bob.bind("^alt ((?I0#120i))$", notes.texts("hears"));
        await().until(() -> ann.send("alt 120").agents() == 1);
        assertThat(ann.send("alt 121").agents()).isZero();
        assertThat(bob.bindings()).containsValue("^alt ((?I0#120i))$");
        assertThatIllegalArgumentException().isThrownBy(() -> bob.bind("(?I1#x)", notes.texts("never")));
    }

    @Test
    void hearsItselfIfItShall() {
        assertThat(bob.send("x").agents()).isZero();
        IvyAgent echo = join(IvyAgent.builder("echo").sendToSelf().listener(notes));
        int id = echo.bind("^x (.*)", notes.texts("hears"));
        echo.bind("(wrong", notes.texts("never"));
        assertThat(echo.send("x 1")).isEqualTo(new IvyReach(1, 1));
        assertThat(echo.self().send("x 2")).isOne();
        echo.self().direct(5, "psst");
        echo.self().direct(6, List.of("a", "", "b"));
        echo.self().die(0, "tired");
        assertThat(echo.self().ping().join()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> echo.self().bye());
        await().until(() -> notes.lines().contains("die echo 0 tired"));
        echo.unbind(id);
        assertThat(echo.send("x 3").agents()).isZero();
        assertThat(notes.lines().stream().filter(line -> line.contains("echo")))
                .contains("hears echo [1]", "hears echo [2]", "direct echo 5 psst", "parameters echo 6 [a, , b]")
                .anyMatch(line -> line.startsWith("problem echo"));
        assertThat(echo.clients()).doesNotContain(echo.self());
    }

    @Test
    void whatItsOwnCallbacksAreTooSlowForIsLostAndCounted() {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger heard = new AtomicInteger();
        IvyAgent echo = join(IvyAgent.builder("echo").sendToSelf());
        echo.bind("^x", (client, args) -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            heard.incrementAndGet();
        });
        int sent = 2 * Callbacks.HIGH;
        for (int i = 0; i < sent; i++) {
            echo.send("x");
        }
        await().until(() -> echo.count(IvyCount.TEXTS_DROPPED) > 0);
        gate.countDown();
        await().until(() -> heard.get() + echo.count(IvyCount.TEXTS_DROPPED) == sent);
    }

    @Test
    void anExecutorThatRunsEverythingAtOnceDeadlocksNothing() {
        IvyAgent direct = join(IvyAgent.builder("direct").executor(Runnable::run));
        direct.bind("^ask (.*)", (client, args) -> {
            int id = direct.bind("^more", notes.texts("never"));
            notes.joined(client);
            direct.unbind(id);
            client.direct(1, args.get(0));
        });
        await().until(() -> ann.send("ask 1").agents() == 1);
        await().until(() ->
                notes.lines().contains("joined ann") && direct.bindings().size() == 1);
    }

    @Test
    void lineFeedsTravelBetweenThoseWhoEscapeThem() {
        IvyAgent java = join(IvyAgent.builder("java").newlines(IvyNewlines.ESCAPE));
        IvyAgent other = join(IvyAgent.builder("other").newlines(IvyNewlines.ESCAPE));
        other.bind("^text (.*)$", notes.texts("other"));
        bob.bind("^text (.*)$", notes.texts("bob"));
        await().until(() -> java.send("text a\nb").agents() == 2);
        await().until(() -> notes.lines().contains("other java [a\nb]"));
        await().until(() -> notes.lines().contains("bob java [a\u001ab]"));
        assertThatIllegalArgumentException().isThrownBy(() -> java.send("nul\0"));
        assertThatIllegalArgumentException().isThrownBy(() -> bob.send("a\nb"));
    }

    /** The wire to the agent called {@code name}, its handshake read; the other agents are let go. */
    private static RawAgent.Wire acceptFrom(RawAgent raw, String name) throws IOException {
        while (true) {
            RawAgent.Wire wire = raw.accept();
            boolean wanted = wire.readLine().endsWith("\2" + name);
            if (!wanted) {
                wire.close();
                continue;
            }
            for (String line = wire.readLine(); !line.startsWith("5 "); ) {
                line = wire.readLine();
            }
            wire.say("6 " + raw.port() + "\2raw\n");
            return wire;
        }
    }

    private IvyAgent join(IvyAgentBuilder wishes) {
        IvyAgent agent = wishes.domain(domain).join();
        agents.add(agent);
        return agent;
    }
}
