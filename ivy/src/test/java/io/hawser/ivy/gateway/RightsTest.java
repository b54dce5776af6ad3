package io.hawser.ivy.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.access.Rule;
import io.hawser.core.access.Rules;
import io.hawser.core.count.Counter;
import io.hawser.core.message.Message;
import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.RawAgent;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the rules let the agents of a domain do. */
@Timeout(60)
class RightsTest extends GatewayStage {
    private final String field = "127.255.255.255:" + RawAgent.freeBusPort();
    private final List<String> taken = new CopyOnWriteArrayList<>();

    RightsTest() {
        super(new Rules(Stream.of(
                        "allow web * >",
                        "allow ivy/lab publish ivy/lab/>",
                        "deny ivy/lab publish ivy/lab/liar/>",
                        "deny ivy/lab publish ivy/lab/liar",
                        "allow ivy/lab subscribe open/>",
                        "allow ivy/field ivy.die ivy/field/HUB",
                        "allow ivy/field ivy.die ivy/lab/HUB")
                .map(Rule::parse)
                .toList()));
    }

    @Test
    void agentsSayOnlyWhatTheirDomainMay() {
        IvyGateway gateway = join(LAB);
        listen("ivy/>");
        try (IvyAgent one = IvyAgent.join("one", domain);
                IvyAgent liar = IvyAgent.join("liar", domain)) {
            await().until(() ->
                    regexps(one, "HUB").size() == 1 && regexps(liar, "HUB").size() == 1);
            liar.send("lie");
            liar.client("HUB").orElseThrow().direct(1, "lie");
            one.send("truth");
            await().until(() -> heardOn("ivy/lab/one").size() == 1);
            // Its state, its text and its direct message.
            await().until(() -> gateway.status().join().refused() == 3);
            assertThat(heard).noneMatch(message -> message.topic().text().contains("liar"));
            assertThat(counters.get(Counter.REFUSED)).isEqualTo(3);
        }
    }

    @Test
    void aRegexpHearsOnlyWhatTheDomainMayHear() {
        join(LAB);
        try (IvyAgent one = IvyAgent.join("one", domain)) {
            one.bind("(.*)", (client, args) -> taken.add(args.get(0)));
            await().until(() -> wishes() == 1);
            publish("secret/plan", Message.textFields("secret"));
            publish("open/plan", Message.textFields("open"));
            await().until(() -> !taken.isEmpty());
            assertThat(taken).containsExactly("open");
            assertThat(publish("ivy/lab/one/direct/1", Message.textFields("x")).toString())
                    .contains("receivers=0");
        }
    }

    @Test
    void aDomainThatMayHearNothingIsToldSoAtTheBinding() throws IOException {
        join(new IvySettings("field", field, "HUB", List.of()));
        try (RawAgent raw = new RawAgent(Integer.parseInt(field.substring(field.indexOf(':') + 1)))) {
            raw.hello("z", "raw");
            try (RawAgent.Wire wire = raw.accept()) {
                wire.say("6 " + raw.port() + "\2raw\n1 5\2(.*)\n5 0\2\n");
                wire.readLine();
                assertThat(wire.readLine()).isEqualTo("1 0\2" + HubMark.regexp("alone"));
                assertThat(wire.readLine()).isEqualTo("5 0\2");
                assertThat(wire.readLine()).isEqualTo("3 5\2ivy/field may not hear anything of the bus");
                assertThat(wishes()).isZero();
            }
        }
    }

    @Test
    void whoeverMayNotHaveTheHubDieIsNotHeard() throws IOException {
        IvyGateway gateway = join(LAB);
        try (RawAgent raw = new RawAgent(busPort)) {
            raw.hello("z", "raw");
            try (RawAgent.Wire wire = raw.accept()) {
                wire.say("6 " + raw.port() + "\2raw\n5 0\2\n8 0\2\n8 0\2please\n9 3\2\n");
                wire.readLine();
                assertThat(wire.readLine()).isEqualTo("1 0\2" + HubMark.regexp("alone"));
                assertThat(wire.readLine()).isEqualTo("5 0\2");
                assertThat(wire.readLine()).isEqualTo("10 3\2");
                assertThat(gateway.status().join().left()).isEmpty();
                assertThat(gateway.agents().join()).hasSize(1);
            }
        }
    }

    @Test
    void whoeverMayHaveItDieMakesItLeaveThisDomainAlone() {
        IvyGateway lab = join(LAB);
        IvyGateway away = join(new IvySettings("field", field, "HUB", List.of()));
        listen("ivy/lab/*");
        try (IvyAgent far = IvyAgent.join("far", field);
                IvyAgent one = IvyAgent.join("one", domain)) {
            await().until(() ->
                    far.client("HUB").isPresent() && regexps(one, "HUB").size() == 1);
            far.client("HUB").orElseThrow().die();
            await().until(() -> far.client("HUB").isEmpty());
            await().until(() -> away.status().join().left().isPresent());
            assertThat(away.status().join().left().orElse("")).contains("(far) asked");
            assertThat(away.agents().join()).isEmpty();
            assertThat(lab.status().join().left()).isEmpty();
            one.send("still here");
            await().until(() -> heardOn("ivy/lab/one").size() == 1);
        }
    }
}
