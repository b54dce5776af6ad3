package io.hawser.ivy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IvyAgentTest {
    private final String domain = "127.255.255.255:" + RawAgent.freeBusPort();
    private final List<IvyAgent> agents = new ArrayList<>();
    private final Notebook notes = new Notebook();

    @AfterEach
    void leave() {
        agents.forEach(IvyAgent::close);
    }

    @Test
    void twoAgentsMeetAndTalkBothWays() {
        IvyAgent ann = join("ann");
        ann.bind("^hello (\\S+)( again)?$", notes.texts("ann hears"));
        IvyAgent bob = join("bob smith");
        bob.bind("temp=(\\d+)", notes.texts("bob hears"));
        await().until(() -> bob.send("hello world").subscriptions() == 1);
        await().until(() -> ann.send("now temp=21 C").subscriptions() == 1);
        await().untilAsserted(() ->
                assertThat(notes.lines()).contains("ann hears bob smith [world, ]", "bob hears ann [21]"));
    }

    @Test
    void aTextReachesTheSubscriptionsOfAnAgentInTheOrderOfBinding() {
        IvyAgent ann = join("ann");
        IvyAgent bob = join("bob");
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            bob.bind((i % 2 == 0 ? "^" : "") + "o {1," + i + "}(x)", notes.texts("bob hears by " + i));
            expected.add("bob hears by " + i + " ann [x]");
        }
        await().until(() ->
                ann.clients().stream().anyMatch(client -> client.regexps().size() == 40));
        ann.send("o x");
        await().untilAsserted(() -> assertThat(notes.lines()).containsExactlyElementsOf(expected));
    }

    @Test
    void threeAgentsAreAMeshAndShareARegexp() {
        IvyAgent ann = join("ann");
        IvyAgent bob = join("bob");
        IvyAgent eve = join("eve");
        bob.bind("^x (.*)", notes.texts("bob hears"));
        eve.bind("^x (.*)", notes.texts("eve hears"));
        eve.bind("^x (.*)", notes.texts("eve hears twice"));
        await().until(() -> ann.send("x 1").subscriptions() == 3);
        assertThat(names(ann)).containsExactlyInAnyOrder("bob", "eve");
        assertThat(names(bob)).containsExactlyInAnyOrder("ann", "eve");
        assertThat(names(eve)).containsExactlyInAnyOrder("ann", "bob");
        await().untilAsserted(() -> assertThat(notes.lines())
                .contains("bob hears ann [1]", "eve hears ann [1]", "eve hears twice ann [1]"));
    }

    @Test
    void anAgentThatLeavesIsGoneForTheOthersAndItsRegexpsToo() {
        IvyAgent ann =
                add(IvyAgent.builder("ann").domain(domain).listener(notes).join());
        IvyAgent bob = join("bob");
        bob.bind("(.*)", (client, args) -> {});
        await().until(() -> ann.send("x").subscriptions() == 1);
        bob.close();
        await().until(() -> ann.clients().isEmpty());
        assertThat(ann.send("x").subscriptions()).isZero();
        await().untilAsserted(() -> assertThat(notes.lines()).contains("left bob: it said goodbye"));
        assertThat(bob.clients()).isEmpty();
        assertThat(bob.send("x").subscriptions()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> bob.bind("y", (client, args) -> {}));
    }

    @Test
    void speaksToOneAgentAlone() {
        IvyAgent ann = join("ann");
        IvyAgent bob =
                add(IvyAgent.builder("bob").domain(domain).listener(notes).join());
        IvyAgent eve = join("eve");
        bob.bind("(.*)", notes.texts("bob hears"));
        eve.bind("(.*)", notes.texts("eve hears"));
        await().until(() -> ann.send("all").subscriptions() == 2);
        IvyClient client = ann.clients().stream()
                .filter(c -> c.name().equals("bob"))
                .findFirst()
                .orElseThrow();
        assertThat(client.regexps()).containsValue("(.*)");
        assertThat(client.send("only bob")).isOne();
        client.direct(5, "psst");
        client.error(7, "no");
        client.die();
        assertThat(client.ping().join()).isPositive();
        await().untilAsserted(() -> assertThat(notes.lines())
                .contains("bob hears ann [only bob]", "direct ann 5 psst", "problem ann 7 no", "die ann 0 "));
        assertThat(notes.lines()).doesNotContain("eve hears ann [only bob]");
        assertThat(bob.clients()).hasSize(2);
    }

    @Test
    void aPingToAnAgentThatLeavesFails() {
        IvyAgent ann = join("ann");
        IvyAgent bob = join("bob");
        await().until(() -> ann.clients().size() == 1);
        IvyClient client = ann.clients().get(0);
        bob.close();
        await().until(() -> ann.clients().isEmpty());
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> client.ping().join())
                .withCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void aPingThatWaitsFailsWhenWeLeave() {
        IvyAgent ann = join("ann");
        join("bob");
        await().until(() -> ann.clients().size() == 1);
        IvyClient client = ann.clients().get(0);
        List<CompletableFuture<Duration>> pings =
                Stream.generate(client::ping).limit(100).toList();
        ann.close();
        await().until(() -> pings.stream().allMatch(CompletableFuture::isDone));
    }

    @Test
    void greetsNewcomersWithTheReadyText() {
        add(IvyAgent.builder("ann").domain(domain).ready("ann READY").join());
        IvyAgent bob =
                add(IvyAgent.builder("bob").domain(domain).listener(notes).join());
        bob.bind("^(\\S+) READY$", notes.texts("bob hears"));
        join("eve");
        IvyAgent late =
                add(IvyAgent.builder("late").domain(domain).ready("late READY").join());
        await().untilAsserted(() -> assertThat(notes.lines()).contains("bob hears late [late]"));
        assertThat(late.name()).isEqualTo("late");
    }

    @Test
    void refusesToSendWhatWouldForgeAFrame() {
        IvyAgent ann = join("ann");
        assertThatIllegalArgumentException().isThrownBy(() -> ann.send("hello a\n8 0\2"));
        assertThatIllegalArgumentException().isThrownBy(() -> ann.send("a\0"));
        assertThatIllegalArgumentException().isThrownBy(() -> ann.bind("a\nb", (client, args) -> {}));
        assertThatIllegalArgumentException().isThrownBy(() -> join("a\nb"));
        assertThatIllegalArgumentException().isThrownBy(() -> IvyAgent.join("ann", "nowhere:2010"));
    }

    @Test
    void aCallbackMayUnbindSendAndFail() {
        IvyAgent ann = join("ann");
        IvyAgent bob = join("bob");
        AtomicInteger id = new AtomicInteger();
        bob.bind("^fail$", (client, args) -> {
            throw new IllegalStateException("on purpose");
        });
        id.set(bob.bind("^ask (.*)", (client, args) -> {
            bob.unbind(id.get());
            bob.send("answer " + args.get(0));
        }));
        ann.bind("^answer (.*)", notes.texts("ann hears"));
        await().until(() -> ann.send("fail").subscriptions() == 1);
        await().until(() -> bob.clients().stream().anyMatch(c -> !c.regexps().isEmpty()));
        ann.send("ask 1");
        await().untilAsserted(() -> assertThat(notes.lines()).contains("ann hears bob [1]"));
        await().until(() -> ann.send("ask 2").subscriptions() == 0);
    }

    @Test
    void aSlowCallbackLosesNothing() throws InterruptedException {
        int count = 3 * Callbacks.HIGH;
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch gate = new CountDownLatch(1);
        IvyAgent ann = join("ann");
        IvyAgent bob = join("bob");
        bob.bind("^n (\\d+)", (client, args) -> {
            heard.add(args.get(0));
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> ann.clients().stream().anyMatch(c -> !c.regexps().isEmpty()));
        IntStream.range(0, count).forEach(i -> ann.send("n " + i));
        await().until(() -> heard.size() == 1);
        gate.countDown();
        await().until(() -> heard.size() == count);
        assertThat(heard)
                .isEqualTo(IntStream.range(0, count).mapToObj(Integer::toString).toList());
    }

    @Test
    void agentsThatStartAtTheSameInstantEachMeetOnce() {
        int count = 6;
        List<CompletableFuture<IvyAgent>> starts = IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> IvyAgent.join("agent" + i, domain)))
                .toList();
        starts.forEach(start -> add(start.join()));
        List<String> heard = new CopyOnWriteArrayList<>();
        agents.forEach(agent -> agent.bind("^round (\\d)", (client, args) -> heard.add(agent.name() + client.name())));
        await().until(() ->
                agents.stream().allMatch(agent -> agent.send("hello").subscriptions() == 0 && meets(agent, count - 1)));
        assertThat(agents.stream()
                        .mapToInt(agent -> agent.send("round 1").subscriptions())
                        .sum())
                .isEqualTo(count * (count - 1));
        await().untilAsserted(
                        () -> assertThat(heard).hasSize(count * (count - 1)).doesNotHaveDuplicates());
    }

    private static boolean meets(IvyAgent agent, int others) {
        List<IvyClient> ready =
                agent.clients().stream().filter(c -> !c.regexps().isEmpty()).toList();
        return ready.size() == others;
    }

    private IvyAgent join(String name) {
        return add(IvyAgent.join(name, domain));
    }

    private IvyAgent add(IvyAgent agent) {
        agents.add(agent);
        return agent;
    }

    private static List<String> names(IvyAgent agent) {
        return agent.clients().stream().map(IvyClient::name).toList();
    }
}
