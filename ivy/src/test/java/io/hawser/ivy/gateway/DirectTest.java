package io.hawser.ivy.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.access.Access;
import io.hawser.core.access.Principal;
import io.hawser.core.count.Counter;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.route.Receipt;
import io.hawser.core.value.Fields;
import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.IvyClient;
import io.hawser.ivy.IvyListener;
import io.hawser.ivy.RawAgent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said to one agent, or to the hub, alone; and who is there to say it to. */
@Timeout(60)
class DirectTest extends GatewayStage {
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private IvyGateway gateway = join(LAB);

    DirectTest() {
        super(Access.ALLOW_ALL);
    }

    @BeforeEach
    void listen() {
        listen("ivy/lab/*/*/>");
        listen("ivy/lab/*/state");
    }

    /** An agent that tells what is said to it alone, and takes all texts. */
    private IvyAgent agent(String name) {
        IvyAgent agent = IvyAgent.builder(name)
                .domain(domain)
                .listener(new IvyListener() {
                    @Override
                    public void direct(IvyClient client, int number, String text) {
                        taken.add(name + " " + number + " " + text);
                    }
                })
                .join();
        agent.bind("(.*)", (client, args) -> taken.add(name + ": " + args.get(0)));
        return agent;
    }

    private IvyClient hub(IvyAgent agent) {
        await().until(() -> agent.client("HUB").isPresent());
        return agent.client("HUB").orElseThrow();
    }

    private static Fields text(String text) {
        return Message.textFields(text);
    }

    @Test
    void whatAnAgentSaysToTheHubIsAMessageThatNoRegexpHears() {
        join(new IvySettings("field", "127.255.255.255:" + RawAgent.freeBusPort(), "HUB", List.of()));
        try (IvyAgent one = agent("one");
                IvyAgent two = agent("a/b *")) {
            hub(one).direct(765, "glop");
            hub(two).direct(-1, "");
            await().until(() -> heardOn("ivy/lab/one/said/765").size() == 1
                    && heardOn("ivy/lab/a%2Fb %2A/said/-1").size() == 1);
            assertThat(heardOn("ivy/lab/one/said/765").get(0).fields()).isEqualTo(text("glop"));
            say("end");
            await().until(() -> taken.size() == 2);
            assertThat(taken).containsExactlyInAnyOrder("one: end", "a/b *: end");
        }
    }

    @Test
    void whatIsPublishedForAnAgentReachesAllOfThatNameAndNobodyElse() {
        try (IvyAgent one = agent("one");
                IvyAgent twin = agent("one");
                IvyAgent other = agent("a/b *")) {
            assertThat(List.of(one, twin, other)).allSatisfy(each -> hub(each).name());
            await().until(() -> wishes() == 3);
            assertThat(publish("ivy/lab/one/direct/7", text("go"))).isEqualTo(new Receipt.Routed(3, false));
            assertThat(publish("ivy/lab/a%2Fb %2A/direct/-8", text("stay"))).isEqualTo(new Receipt.Routed(2, false));
            await().until(() -> taken.size() == 3);
            say("end");
            await().until(() -> taken.size() == 6);
            assertThat(taken)
                    .containsExactlyInAnyOrder(
                            "one 7 go", "one 7 go", "a/b * -8 stay", "one: end", "one: end", "a/b *: end");
        }
    }

    @Test
    void whoeverPublishesForNobodyLearnsThat() {
        try (IvyAgent one = agent("one")) {
            hub(one);
            long before = counters.get(Counter.UNHEARD);
            // The party of this test hears it, no agent does.
            assertThat(publish("ivy/lab/two/direct/7", text("go"))).isEqualTo(new Receipt.Routed(1, false));
            assertThat(publish("ivy/lab/two", text("go"))).isEqualTo(new Receipt.Routed(1, false));
            assertThat(publish("ivy/field/one/direct/7", text("go"))).isEqualTo(new Receipt.Routed(0, false));
            assertThat(counters.get(Counter.UNHEARD)).isEqualTo(before + 1);
        }
    }

    /** Asks as somebody who waits until {@code until}, at {@code inbox}, under {@code correlation}. */
    private void ask(String topic, long correlation, long until) {
        Headers asking = new Headers(
                new Source("test", "web", "test"),
                0,
                Optional.empty(),
                Optional.of(new ReplyTo("inbox", correlation, until)),
                OptionalLong.empty());
        bus.router()
                .publish(
                        new Principal("web"),
                        Message.builder(new Topic(topic), asking).fields(text("why")));
    }

    private List<String> answers() {
        return heardOn("inbox").stream()
                .map(answer -> answer.headers().answers().orElse(0) + " "
                        + answer.headers().ending() + " " + answer.fields())
                .toList();
    }

    @Test
    void aDirectMessageOfTheAgentAnswersTheOldestQuestionOfItsNumber() {
        listen("inbox");
        try (IvyAgent one = agent("one")) {
            IvyClient hub = hub(one);
            await().until(() -> wishes() == 1);
            ask("ivy/lab/one/direct/1", 10, Long.MAX_VALUE);
            ask("ivy/lab/one/direct/1", 11, 0);
            ask("ivy/lab/one/direct/1", 12, Long.MAX_VALUE);
            ask("ivy/lab/one/direct/2", 13, Long.MAX_VALUE);
            ask("ivy/lab/one/direct/x", 14, Long.MAX_VALUE);
            await().until(() -> taken.contains("one 2 why"));
            hub.direct(1, "first");
            hub.direct(1, "second");
            hub.direct(1, "asked by nobody");
            await().until(() -> heardOn("ivy/lab/one/said/1").size() == 3);
        }
        await().until(() -> answers().size() == 4);
        assertThat(answers())
                .containsExactly(
                        "14 REFUSED {error=\"a direct message needs a number in its topic, and a text in one line\"}",
                        "10 DONE {text=\"first\"}",
                        "12 DONE {text=\"second\"}",
                        "13 ABSENT {error=\"one has left\"}");
    }

    @Test
    void whatIvyCannotSayToAnAgentIsCounted() {
        try (IvyAgent one = agent("one")) {
            hub(one);
            await().until(() -> wishes() == 1);
            publish("ivy/lab/one/direct/x", text("not a number"));
            publish("ivy/lab/one/direct/99999999999", text("too large a number"));
            publish("ivy/lab/one/direct/1", text("two\nlines"));
            publish("ivy/lab/one/direct/1", Fields.builder().put("x", 1).build());
            publish("ivy/lab/one/direct/1", text("two\3parameters\3"));
            await().until(() -> taken.size() == 1);
            assertThat(taken).containsExactly("one 1 two\3parameters\3");
            assertThat(counters.get(Counter.DROPPED_UNSAYABLE)).isEqualTo(4);
            assertThat(gateway.agents().join().get(0).unsayable()).isEqualTo(4);
        }
    }

    @Test
    void whoComesAndGoesIsAMessageOnceANameAndSaysWhy() {
        IvyAgent one = agent("one");
        IvyAgent twin = agent("one");
        await().until(() -> gateway.agents().join().size() == 2);
        one.close();
        await().until(() -> gateway.agents().join().size() == 1);
        AgentStatus left = gateway.agents().join().get(0);
        assertThat(left.domain() + "/" + left.name()).isEqualTo("lab/one");
        assertThat(left.since())
                .isBetween(bus.clock().instant().minusSeconds(60), bus.clock().instant());
        twin.close();
        await().until(() -> heardOn("ivy/lab/one/state").size() == 2);
        Fields online = heardOn("ivy/lab/one/state").get(0).fields();
        assertThat(online.string("state")).contains("online");
        assertThat(online.string("address").orElse("")).startsWith("127.0.0.1:");
        assertThat(heardOn("ivy/lab/one/state").get(1).fields())
                .isEqualTo(Fields.builder()
                        .put("state", "offline")
                        .put("reason", "it said goodbye")
                        .build());
    }

    @Test
    void whenTheHubLeavesTheBusLearnsThatItsAgentsAreAway() {
        try (IvyAgent one = agent("one")) {
            hub(one);
            await().until(() -> heardOn("ivy/lab/one/state").size() == 1);
            gateway.close();
            await().until(() -> heardOn("ivy/lab/one/state").size() == 2);
            assertThat(heardOn("ivy/lab/one/state").get(1).fields().string("reason"))
                    .contains("the hub has stopped");
            await().until(() -> one.client("HUB").isEmpty());
            assertThat(wishes()).isZero();
        }
    }
}
