package io.hawser.ivy.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.access.Access;
import io.hawser.core.border.Border;
import io.hawser.core.border.Crossing;
import io.hawser.core.border.Rate;
import io.hawser.core.border.Rename;
import io.hawser.core.count.Counter;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Message;
import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.IvyClient;
import io.hawser.ivy.IvyListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A domain whose border lets texts pass under other names, and not all of them. */
@Timeout(60)
class BorderTest extends GatewayStage {
    private static final Border BORDER = new Border(
            new Crossing(
                    List.of(TopicPattern.parse("ivy/lab/*")),
                    List.of(TopicPattern.parse("ivy/lab/NOISE")),
                    List.of(Rename.parse("ivy/lab/* robots/{1}")),
                    List.of(Rate.parse("ivy/lab/* 3/h"))),
            new Crossing(
                    List.of(TopicPattern.parse("robots/>")),
                    List.of(),
                    List.of(Rename.parse("robots/*/do ivy/lab/{1}/direct/5")),
                    List.of()));

    private final List<String> taken = new CopyOnWriteArrayList<>();

    BorderTest() {
        super(Access.ALLOW_ALL);
        join(LAB, bus.behind("ivy.lab", BORDER));
    }

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
        await().until(() -> !regexps(agent, "HUB").isEmpty());
        return agent;
    }

    @Test
    void textsComeInUnderTheirNewNameAsOftenAsTheyMay() {
        listen("robots/*");
        listen("ivy/>");
        try (IvyAgent noise = agent("NOISE");
                IvyAgent seven = agent("SEVEN")) {
            noise.send("not a word of this");
            for (int i = 0; i < 5; i++) {
                seven.send("text " + i);
            }
            await().until(() -> counters.get(Counter.THINNED_AT_BORDER) == 2);
            await().until(() -> heard.size() == 3);
            assertThat(heard).allMatch(message -> message.topic().text().equals("robots/SEVEN"));
            assertThat(heard).extracting(message -> message.text().orElse("")).contains("text 0", "text 2");
            assertThat(counters.get(Counter.KEPT_AT_BORDER)).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void whatTheAgentsHearIsWhatGoesOutAndADirectMessageHasTheirNameForIt() {
        listen("robots/*");
        try (IvyAgent agent = agent("SEVEN")) {
            await().until(() -> wishes() == agent.clients().size());
            publish("web/says", Message.textFields("not for robots"));
            publish("robots/all", Message.textFields("for robots"));
            publish("robots/SEVEN/do", Message.textFields("land"));
            await().until(() -> taken.size() == 2);
            assertThat(taken).containsExactlyInAnyOrder("SEVEN: for robots", "SEVEN 5 land");
        }
    }
}
