package io.hawser.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.core.match.TopicPattern;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayTest {
    private static final Fields SAID = Fields.builder()
            .put("_dest", "said/7")
            .put("pump", "a/b")
            .put("limit", 70)
            .put("on", Value.of(true))
            .put("digits", "70")
            .build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "said/* iot/{1}/actions/stop                | iot/7/actions/stop     | {}",
                "said/* iot/{pump}/limit value={limit}      | iot/a%2Fb/limit        | {value=70}",
                "said/7 to *                                | to                     | {pump=\"a/b\", limit=70, on=TRUE, digits=\"70\"}",
                "> to/{limit} on={on} digits={digits} n=x{1} | to/70                 | {on=TRUE, digits=\"70\", n=\"xsaid/7\"}",
                "said/* to number={1} mode=slow             | to                     | {number=7, mode=\"slow\"}",
                "said/* to/{absent}                         |                        | ",
                "said/* to x={absent}                       |                        | ",
                "other/* to                                 |                        | "
            })
    void saysFurtherWhatItsLineSays(String line, String topic, String fields) {
        Message said = TestMessages.on("said/7", SAID);
        assertThat(Relay.parse(line)
                        .of(said)
                        .map(message -> message.topic().text())
                        .orElse(null))
                .isEqualTo(topic);
        assertThat(Relay.parse(line)
                        .of(said)
                        .map(message -> message.fields().toString())
                        .orElse(null))
                .isEqualTo(fields);
    }

    @Test
    void aTypedFieldKeepsItsTypeAndTheTextIsLeftBehind() {
        Message said = TestMessages.on(
                "ivy/lab/A", SAID.toBuilder().put(Message.TEXT, "LIMIT 70").build());
        Message further = Relay.parse("ivy/*/* to digits={digits}").of(said).orElseThrow();
        assertThat(further.fields().get("digits")).contains(Value.of("70"));
        assertThat(further.text()).isEmpty();
        assertThat(further.headers()).isEqualTo(said.headers());
    }

    @Test
    void knowsWhichTopicsItTakes() {
        Relay relay = Relay.parse("ivy/*/pump to");
        assertThat(relay.takes(TopicPattern.parse("ivy/lab/*"))).isTrue();
        assertThat(relay.takes(TopicPattern.parse("ivy/>"))).isTrue();
        assertThat(relay.takes(TopicPattern.parse("ivy/lab"))).isFalse();
        assertThat(relay.takes(TopicPattern.parse("iot/*/*"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "said/*            | must be topics, a topic and perhaps fields",
                "sa*id to          | must stand for a whole segment",
                "said/* to/*       | a topic must not hold '*'",
                "said/* to/{2}     | has no wildcard number 2",
                "said/* to value   | value' is neither name=value nor *",
                "said/* to =1      | =1' is neither",
                "said/* to x={y    | half a pair of braces"
            })
    void saysWhatIsWrong(String line, String reason) {
        assertThatIllegalArgumentException().isThrownBy(() -> Relay.parse(line)).withMessageContaining(reason.strip());
    }

    @Test
    void whatAnotherHubSaidGoesNoFurtherThanHere() {
        Headers mine = TestMessages.on("said/7", SAID).headers();
        Headers theirs = Headers.from(new Passage("far", OptionalLong.of(1), 1), mine.source(), 0);
        Relay relay = Relay.parse("said/* to *");
        assertThat(relay.of(said(mine)).map(Message::headers)).contains(mine);
        assertThat(theirs.travels()).isTrue();
        assertThat(relay.of(said(theirs)).map(Message::headers).map(Headers::travels))
                .contains(false);
    }

    private static Message said(Headers headers) {
        return Message.builder(new Topic("said/7"), headers).fields(SAID);
    }
}
