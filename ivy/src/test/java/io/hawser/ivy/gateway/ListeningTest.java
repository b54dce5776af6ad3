package io.hawser.ivy.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.hawser.core.access.Access;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Message;
import io.hawser.core.route.DurableSubscription;
import io.hawser.core.route.Interest;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.route.Scope;
import io.hawser.core.store.durable.DurableName;
import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.RawAgent;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the hub asks a domain's agents for, on the wire. */
@Timeout(60)
class ListeningTest extends GatewayStage {
    ListeningTest() {
        super(Access.ALLOW_ALL);
    }

    /** An agent that hears what the hub says to it, from after the handshake on. */
    private RawAgent.Wire meet(RawAgent raw) throws IOException {
        raw.hello("z", "raw");
        RawAgent.Wire wire = raw.accept();
        assertThat(wire.readLine()).matches("6 \\d+\2HUB");
        assertThat(wire.readLine()).isEqualTo("1 0\2" + HubMark.regexp("alone"));
        assertThat(wire.readLine()).isEqualTo("5 0\2");
        wire.say("6 " + raw.port() + "\2raw\n5 0\2\n");
        return wire;
    }

    /** All that the hub has said is read: it answers this next. */
    private static void saysNothingMore(RawAgent.Wire wire) throws IOException {
        wire.say("9 77\2\n");
        assertThat(wire.readLine()).isEqualTo("10 77\2");
    }

    private Interest all() {
        return Interest.inTopic(TopicPattern.parse(">"), Scope.OPEN);
    }

    @Test
    void thereIsOneBindingAndOnlyWhileSomebodyCanTakeTexts() throws IOException {
        IvyGateway gateway = join(LAB);
        try (RawAgent raw = new RawAgent(busPort);
                RawAgent.Wire wire = meet(raw)) {
            listen("ivy/lab/*/state");
            listen("ivy/lab/raw/said/*");
            listen("ivy/other/>");
            listen("robot/>");
            saysNothingMore(wire);
            assertThat(gateway.status().join().binding()).isEmpty();

            LiveSubscription<String> texts = listen("ivy/lab/raw");
            assertThat(wire.readLine()).isEqualTo("1 1\2(.*)");
            LiveSubscription<String> others = listen(">");
            conductor.remove(texts).join();
            saysNothingMore(wire);
            assertThat(gateway.status().join().binding()).hasValue("(.*)");

            conductor.remove(others).join();
            assertThat(wire.readLine()).isEqualTo("4 1\2");
            conductor
                    .add(new DurableSubscription(new DurableName("s", "d"), all()))
                    .join();
            assertThat(wire.readLine()).isEqualTo("1 2\2(.*)");
            saysNothingMore(wire);
        }
    }

    @Test
    void onlyTextsThatAreListenedForLeaveTheAgentsAndTheChangeIsOneStep() throws IOException {
        IvyGateway gateway = join(LAB.withListen(List.of("^\\S+ GPS ", "ALARM")));
        listen("ivy/*/*");
        try (RawAgent raw = new RawAgent(busPort)) {
            raw.hello("z", "raw");
            try (RawAgent.Wire wire = raw.accept()) {
                assertThat(wire.readLine()).startsWith("6 ");
                assertThat(wire.readLine()).isEqualTo("1 0\2" + HubMark.regexp("alone"));
                assertThat(wire.readLine()).isEqualTo("1 1\2(.*(?:(?:^\\S+ GPS )|(?:ALARM)).*)");
                wire.say("6 " + raw.port() + "\2raw\n5 0\2\n");
                assertThat(wire.readLine()).isEqualTo("5 0\2");
                gateway.listen(List.of("^GROUND", "^FLIGHT \\d+"));
                assertThat(wire.readLine()).isEqualTo("4 1\2");
                assertThat(wire.readLine()).isEqualTo("1 2\2^((?:(?:GROUND)|(?:FLIGHT \\d+)).*)");
                // What the agent said before it heard of the change still counts; what was never asked for does not.
                wire.say("2 1\2on its way\3\n2 7\2never asked for\3\n2 2\2FLIGHT 1\3\n");
                await().until(() -> heard.size() == 2);
                assertThat(heard.stream().map(Message::text))
                        .extracting(text -> text.orElse(""))
                        .containsExactly("on its way", "FLIGHT 1");
                gateway.listen(List.of("^GROUND", "^FLIGHT \\d+"));
                saysNothingMore(wire);
                assertThatIllegalArgumentException().isThrownBy(() -> gateway.listen(List.of("(")));
                saysNothingMore(wire);
            }
        }
    }

    @Test
    void whatIsListenedForComesWhole() {
        join(LAB.withListen(List.of("GPS [0-9]", "^ALARM")));
        listen("ivy/*/*");
        try (IvyAgent agent = IvyAgent.join("A", domain)) {
            await().until(() -> regexps(agent, "HUB").size() == 1);
            List<Integer> reached = List.of("7 GPS 4 end", "7 GPS x", "no ALARM", "ALARM, fire", "ALARM GPS 1").stream()
                    .map(text -> agent.send(text).subscriptions())
                    .toList();
            assertThat(reached).containsExactly(1, 0, 0, 1, 1);
            await().until(() -> heard.size() == 3);
            assertThat(heard.stream().map(message -> message.text().orElse("")))
                    .containsExactly("7 GPS 4 end", "ALARM, fire", "ALARM GPS 1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "GPS            ; 7 GPS 1 ; true",
                "^GPS           ; GPS 1   ; true",
                "^GPS           ; 7 GPS 1 ; false",
                "^a|b           ; xb      ; true",
                "^a|b           ; ba      ; true",
                "1$             ; 7 GPS 1 ; true",
                "GPS$           ; 7 GPS 1 ; false",
                "^[Gg]PS(?: .)+ ; gPS 1 2 ; true"
            })
    void theWholeTextIsCapturedHoweverAnAgentMatches(String pattern, String text, boolean found) {
        for (List<String> patterns : List.of(List.of(pattern), List.of(pattern, "^never"), List.of("never", pattern))) {
            Matcher matcher = Pattern.compile(Listening.regexp(patterns)).matcher(text);
            assertThat(matcher.find()).as("as ivy-c: %s", patterns).isEqualTo(found);
            assertThat(found ? matcher.group(1) : text).isEqualTo(text);
            assertThat(matcher.reset().lookingAt())
                    .as("as ivy-python: %s", patterns)
                    .isEqualTo(found);
            assertThat(found ? matcher.group(1) : text).isEqualTo(text);
            assertThat(matcher.reset().matches())
                    .as("as ivy-java: %s", patterns)
                    .isEqualTo(found);
            assertThat(found ? matcher.group(1) : text).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(GPS)      | must not capture",
                "(?<a>GPS)  | must not capture",
                "(          | is not a regular expression",
                "(?i)gps    | must be understood by every Ivy program",
                "a(?i:gps)  | must be understood by every Ivy program"
            })
    void aPatternThatNotEveryAgentCouldTakeIsRefused(String pattern, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LAB.withListen(List.of("ok", pattern)))
                .withMessageContaining("'" + pattern + "' to listen for " + reason);
    }

    @Test
    void aBindingThatIsTooLongIsRefused() {
        List<String> many =
                IntStream.range(0, 9).mapToObj(n -> "x".repeat(1_000)).toList();
        assertThat(LAB.withListen(many.subList(0, 8)).listen()).hasSize(8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LAB.withListen(many))
                .withMessageContaining("the limit is 8192");
    }
}
