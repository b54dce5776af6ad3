package io.hawser.ivy.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.access.Access;
import io.hawser.core.access.Principal;
import io.hawser.core.count.Counter;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Message;
import io.hawser.core.route.Interest;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.route.Scope;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.session.Session;
import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.RawAgent;
import io.hawser.ivy.engine.IvyCount;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Agents that err, flood, or do not read cost themselves alone: another one goes on as before. */
@Timeout(120)
class GatewayHardshipTest extends GatewayStage {
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private IvyGateway gateway = join(LAB);
    private IvyAgent well = IvyAgent.join("well", domain);

    GatewayHardshipTest() {
        super(Access.ALLOW_ALL);
    }

    @AfterEach
    void leave() {
        well.close();
    }

    private RawAgent.Wire meet(RawAgent raw, String subscriptions) throws IOException {
        raw.hello("z", "raw");
        RawAgent.Wire first = raw.accept();
        RawAgent.Wire second = raw.accept();
        // The hub and the other agent connect, in any order.
        boolean hub = first.readLine().endsWith("\2HUB");
        RawAgent.Wire wire = hub ? first : second;
        (hub ? second : first).close();
        wire.say("6 " + raw.port() + "\2raw\n" + subscriptions + "5 0\2\n");
        await().until(() -> gateway.agents().join().size() == 2);
        return wire;
    }

    private AgentStatus raw() {
        return gateway.agents().join().stream()
                .filter(agent -> agent.name().equals("raw"))
                .findFirst()
                .orElseThrow();
    }

    /** A text of the other agent crosses, and one comes back. */
    private void messagesCross(String text) {
        await().until(() -> {
            well.send(text);
            return !heardOn("ivy/lab/well").isEmpty();
        });
        int had = taken.size();
        await().until(() -> {
            say("for well " + text);
            return taken.size() > had;
        });
    }

    @Test
    void linesThatMakeNoSenseCostTheirSenderAlone() throws IOException {
        well.bind("^for well (.*)", (client, args) -> taken.add(args.get(0)));
        listen("ivy/lab/*");
        try (RawAgent raw = new RawAgent(busPort);
                RawAgent.Wire wire = meet(raw, "1 0\2(unclosed\n1 1\2^P (.*) (.*) (.*) (.*) (.*)z$\n1 1\2^ok\n")) {
            wire.say("garbage\n\n\2\3\n2 1 \n99 0\2x\nx y\2z\n1 x\2y\n4 77\2\n2 1\2\n2 -1\2minus\3\n7 \2\n");
            wire.say("2 1\2" + "long".repeat(300_000) + "\n6 99999\2renamed\n3 0\2an error\n10 5\2\n5 0\2\n");
            wire.say("2 1\2a text\3after all\3\n");
            await().untilAsserted(
                            () -> assertThat(heardOn("ivy/lab/raw").stream().map(Message::text))
                                    .hasSize(1));
            assertThat(heardOn("ivy/lab/raw").get(0).text()).contains("a text");
            messagesCross("still here");
            DomainStatus status = gateway.status().join();
            assertThat(status.counts().get(IvyCount.BAD_LINES)).isGreaterThan(6);
            assertThat(status.counts().get(IvyCount.LONG_LINES)).isEqualTo(1);
            assertThat(raw().subscriptions()).isEqualTo(1);
            assertThat(counters.get(Counter.MALFORMED)).isEqualTo(1);
        }
        await().until(() -> gateway.agents().join().size() == 1);
    }

    @Test
    void randomLinesNeverEndTheGateway() throws IOException {
        well.bind("^for well (.*)", (client, args) -> taken.add(args.get(0)));
        listen("ivy/lab/*");
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String letters = "0123456789 -\2\3\0\n^(.*)[a]|+\\xé\u2028";
        try (RawAgent raw = new RawAgent(busPort);
                RawAgent.Wire wire = meet(raw, "")) {
            StringBuilder noise = new StringBuilder();
            for (int n = 0; n < 20_000; n++) {
                StringBuilder line = new StringBuilder();
                // Neither goodbye nor die, which would end it rightly.
                line.append(1 + random.nextInt(7))
                        .append(' ')
                        .append(random.nextInt(5))
                        .append('\2');
                for (int i = random.nextInt(12); i > 0; i--) {
                    line.append(letters.charAt(random.nextInt(letters.length())));
                }
                noise.append(line.toString().replaceAll("\n[08] ", "\n1 ")).append('\n');
            }
            wire.say(noise + "6 1\2x\n2 1\2the end of seed " + seed + "\3\n");
            await().until(() ->
                    heard.stream().anyMatch(message -> message.text().orElse("").equals("the end of seed " + seed)));
            messagesCross("seed " + seed);
        }
    }

    @Test
    void anAgentThatFloodsIsPacedAndLosesNothing() throws IOException {
        int flood = 300_000;
        AtomicInteger next = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        Session<String> quick = party(message -> {
            String text = message.text().orElse("");
            if (text.equals("n" + next.get())) {
                next.incrementAndGet();
            } else {
                others.incrementAndGet();
            }
        });
        Interest texts = Interest.inTopic(TopicPattern.parse("ivy/lab/*"), Scope.OPEN);
        conductor.add(new LiveSubscription<>(texts, quick, "all")).join();
        try (RawAgent raw = new RawAgent(busPort);
                RawAgent.Wire wire = meet(raw, "")) {
            await().until(() -> regexps(well, "HUB").size() == 1);
            StringBuilder lines = new StringBuilder();
            for (int n = 0; n < flood; n++) {
                lines.append("2 1\2n").append(n).append("\3\n");
            }
            Thread flooding = new Thread(() -> shout(wire, lines.toString()));
            flooding.start();
            await().until(() -> next.get() > 0);
            int sent = 0;
            while (next.get() < flood) {
                int before = others.get();
                well.send("between");
                sent++;
                await().until(() -> others.get() > before);
            }
            assertThat(others.get()).isEqualTo(sent);
            assertThat(quick.dropped()).isZero();
            assertThat(gateway.status().join().counts().get(IvyCount.TEXTS_IN)).isEqualTo(flood + sent);
        }
    }

    private static void shout(RawAgent.Wire wire, String lines) {
        try {
            wire.say(lines);
        } catch (IOException ended) {
            throw new AssertionError(ended);
        }
    }

    /** A party that reads all it is offered. */
    private Session<String> party(Consumer<Message> ear) {
        List<Session<String>> itself = new CopyOnWriteArrayList<>();
        Session<String> party =
                new Session<>("quick", new Principal("quick"), conductorThread, OutboxLimits.DEFAULT, counters, () -> {
                    Session<String> session = itself.get(0);
                    for (Delivery<String> each = session.poll(); each != null; each = session.poll()) {
                        ear.accept(each.message());
                    }
                });
        itself.add(party);
        return party;
    }

    @Test
    void anAgentThatNeverReadsIsBoundedAndCountedAndNobodyElseNotices() throws IOException {
        int texts = 20_000;
        int window = MOST_WAITING / 4;
        String padding = "x".repeat(1_000);
        AtomicInteger got = new AtomicInteger();
        well.bind("^n(\\d+) ", (client, args) -> {
            assertThat(args.get(0)).isEqualTo(Integer.toString(got.get()));
            got.incrementAndGet();
        });
        try (RawAgent raw = new RawAgent(busPort);
                RawAgent.Wire wire = meet(raw, "1 0\2(.*)\n")) {
            await().until(() -> wishes() == 2);
            for (int n = 0; n < texts; n++) {
                say("n" + n + " " + padding);
                int sent = n + 1;
                if (sent % window == 0) {
                    await().until(() -> got.get() == sent);
                }
            }
            AgentStatus deaf = raw();
            assertThat(deaf.dropped()).isPositive().isEqualTo(counters.get(Counter.DROPPED_SLOW_CONSUMER));
            assertThat(deaf.waiting()).isBetween(MOST_WAITING / 2, MOST_WAITING);
            assertThat(deaf.unsentBytes()).isBetween(1L, 8L << 20);
            publish("ivy/lab/raw/direct/1", Message.textFields("waits too"));
            assertThat(raw().waiting()).isLessThanOrEqualTo(MOST_WAITING);
            assertThat(wire.localPort()).isPositive();
        }
        await().until(() -> gateway.agents().join().size() == 1);
        assertThat(conductor.interests().size()).isEqualTo(2);
    }
}
