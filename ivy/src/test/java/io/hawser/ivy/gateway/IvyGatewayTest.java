package io.hawser.ivy.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.access.Rule;
import io.hawser.core.access.Rules;
import io.hawser.core.count.Counter;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Message;
import io.hawser.core.route.DurableSubscription;
import io.hawser.core.route.Interest;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.route.Scope;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.value.Fields;
import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.IvyClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What crosses between agents and the bus, and what does not. */
class IvyGatewayTest extends GatewayStage {
    IvyGatewayTest() {
        super(new Rules(List.of(Rule.parse("allow * * >"), Rule.parse("deny * ivy.die >"))));
    }

    @BeforeEach
    void start() {
        join(LAB.withPatterns(List.of("^(?<ac>\\S+) (?<msg>GPS)")));
    }

    @Test
    void textsCrossInBothDirections() {
        listen("ivy/*/*");
        List<String> taken = new CopyOnWriteArrayList<>();
        try (IvyAgent agent = IvyAgent.join("FLIGHT", domain)) {
            agent.bind("^CMD (\\S+) (.*)", (client, args) -> taken.add(client.name() + ":" + args));
            await().until(() -> !regexps(agent, "HUB").isEmpty() && wishes() == 1);
            agent.send("7 GPS 43.5 1.25");
            await().until(() -> heard.size() == 1);
            Message message = heard.get(0);
            assertThat(message.topic().text()).isEqualTo("ivy/lab/FLIGHT");
            assertThat(message.fields().string("msg")).contains("GPS");
            say("CMD 7 climb 100");
            await().until(() -> taken.size() == 1);
            assertThat(taken).containsExactly("HUB:[7, climb 100]");
        }
        await().until(() -> conductor.interests().size() == 1);
    }

    @Test
    void aDomainNeverHearsItselfThroughTheHub() {
        listen("ivy/*/*");
        List<String> taken = new CopyOnWriteArrayList<>();
        try (IvyAgent one = IvyAgent.join("one", domain);
                IvyAgent two = IvyAgent.join("two", domain)) {
            two.bind("^note (.*)", (client, args) -> taken.add(client.name() + ":" + args.get(0)));
            await().until(() ->
                    !regexps(one, "HUB").isEmpty() && !regexps(one, "two").isEmpty());
            await().until(() -> wishes() == 1);
            one.send("note a");
            await().until(() -> heard.size() == 1);
            say("note b");
            await().until(() -> taken.size() >= 2);
            assertThat(taken).containsExactlyInAnyOrder("one:a", "HUB:b");
        }
    }

    @Test
    void theDomainIsAskedForTextsOnlyWhileSomebodyTakesThem() {
        try (IvyAgent agent = IvyAgent.join("A", domain)) {
            await().until(() -> !agent.clients().isEmpty());
            assertThat(regexps(agent, "HUB")).isEmpty();
            LiveSubscription<String> subscription = listen("ivy/*/*");
            await().until(() -> regexps(agent, "HUB").equals(List.of("(.*)")));
            conductor.remove(subscription).join();
            await().until(() -> regexps(agent, "HUB").isEmpty());
        }
    }

    @Test
    void aRegexpThatIsNoneIsAnsweredAndHarmsNobody() {
        List<String> taken = new CopyOnWriteArrayList<>();
        try (IvyAgent agent = IvyAgent.join("A", domain)) {
            agent.bind("(unclosed", (client, args) -> taken.add("never"));
            agent.bind("^ok (.*)", (client, args) -> taken.add(args.get(0)));
            await().until(() -> wishes() == 1);
            say("ok 1");
            await().until(() -> taken.contains("1"));
            assertThat(counters.get(Counter.MALFORMED)).isEqualTo(1);
            assertThat(taken).containsExactly("1");
        }
    }

    @Test
    void aRegexpThatWouldExplodeHoldsNobodyUp() {
        List<String> taken = new CopyOnWriteArrayList<>();
        try (IvyAgent agent = IvyAgent.join("A", domain)) {
            agent.bind("^P (.*) (.*) (.*) (.*) (.*)z$", (client, args) -> taken.add("z"));
            agent.bind("^(?=P)(.*a){25}\\1$", (client, args) -> taken.add("bomb"));
            agent.bind("^P end", (client, args) -> taken.add("end"));
            await().until(() -> wishes() == 3);
            for (int i = 0; i < 10; i++) {
                say("P " + "a ".repeat(100));
            }
            say("P end");
            await().until(() -> taken.contains("end"));
            assertThat(taken).containsExactly("end");
        }
    }

    @Test
    void whatIvyCannotSayIsDroppedAndCounted() {
        List<String> taken = new CopyOnWriteArrayList<>();
        try (IvyAgent agent = IvyAgent.join("A", domain)) {
            agent.bind("^((?:.|\\n)*)$", (client, args) -> taken.add(args.get(0)));
            await().until(() -> wishes() == 1);
            say("two\nlines");
            say("one line");
            await().until(() -> !taken.isEmpty());
            assertThat(taken).containsExactly("one line");
            assertThat(counters.get(Counter.DROPPED_UNSAYABLE)).isEqualTo(1);
        }
    }

    @Test
    void askingTheHubToDieChangesNothing() {
        List<String> taken = new CopyOnWriteArrayList<>();
        try (IvyAgent agent = IvyAgent.join("A", domain)) {
            agent.bind("^ok", (client, args) -> taken.add("ok"));
            await().until(() -> wishes() == 1);
            IvyClient hub = agent.clients().get(0);
            hub.die();
            say("ok");
            await().until(() -> taken.size() == 1);
            assertThat(agent.clients()).hasSize(1);
        }
    }

    @Test
    void agentsCannotRunAheadOfTheStore() {
        int texts = 20_000;
        DurableName name = new DurableName("test", "all");
        bus.store()
                .durables()
                .define(name, DurableSettings.DEFAULT, new byte[0])
                .join();
        Interest everything = Interest.inTopic(TopicPattern.parse(">"), Scope.EVERYTHING);
        conductor.add(new DurableSubscription(name, everything)).join();
        try (IvyAgent agent = IvyAgent.join("A", domain)) {
            await().until(() -> !regexps(agent, "HUB").isEmpty());
            CountDownLatch disk = new CountDownLatch(1);
            conductorThread.execute(() -> await().until(() -> disk.getCount() == 0));
            long before = counters.get(Counter.PUBLISHED);
            for (int n = 0; n < texts; n++) {
                agent.send("text " + n);
            }
            await().until(() -> counters.get(Counter.PUBLISHED) >= before + 4_096);
            await().during(Duration.ofMillis(300)).until(() -> counters.get(Counter.PUBLISHED) == before + 4_096);
            disk.countDown();
            await().until(() -> counters.get(Counter.STORED) == before + texts);
        }
    }

    @Test
    void whatIsConfinedToAChannelStaysOutOfTheDomain() {
        List<String> taken = new CopyOnWriteArrayList<>();
        try (IvyAgent agent = IvyAgent.join("A", domain)) {
            agent.bind("(.*)", (client, args) -> taken.add(args.get(0)));
            await().until(() -> wishes() == 1);
            publish("t", Optional.of("side"), Message.textFields("secret"));
            say("open");
            await().until(() -> taken.size() == 1);
            assertThat(taken).containsExactly("open");
        }
    }

    @Test
    void messagesWithoutTextDoNotReachTheDomain() {
        List<String> taken = new CopyOnWriteArrayList<>();
        try (IvyAgent agent = IvyAgent.join("A", domain)) {
            agent.bind("(.*)", (client, args) -> taken.add(args.get(0)));
            await().until(() -> wishes() == 1);
            publish("t", Fields.builder().put("x", 1).build());
            say("text");
            await().until(() -> taken.size() == 1);
            assertThat(taken).containsExactly("text");
        }
    }
}
