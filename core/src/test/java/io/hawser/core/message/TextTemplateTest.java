package io.hawser.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTemplateTest {
    private static final Fields POSE = Fields.builder()
            .put("x", 1.5)
            .put("y", -2)
            .put("mode", "on ground")
            .put("armed", Value.of(true))
            .put("at", new Value.DateTime(7))
            .build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "robot/7/pose | robot/*/pose {1} POSE {x} {y} | 7 POSE 1.5 -2",
                "robot/7/pose | */7/* {2} of {1}: {mode}      | pose of robot: on ground",
                "robot/7/pose | robot/> {1} {armed} {at}      | 7/pose true 7",
                "robot/7/pose | > {1}                         | robot/7/pose",
                "robot/7/pose | robot/7/pose steady           | steady",
                "robot/7/pose | robot/*/pose {z}              | ",
                "robot/7      | robot/*/pose {x}              | "
            })
    void makesTheTextOfItsTopics(String topic, String line, String text) {
        assertThat(TextTemplate.parse(line).text(TestMessages.on(topic, POSE)).orElse(null))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "robot/*       | must be topics and a text",
                "robot/x* {x}  | must stand for a whole segment",
                "robot/* {2}   | has no wildcard number 2",
                "robot/* {0}   | has no wildcard number 0",
                "robot/* {}    | {} names neither a field",
                "robot/* {x    | {x' has half a pair of braces",
                "robot/* x}    | half a pair of braces"
            })
    void saysWhatIsWrong(String line, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TextTemplate.parse(line))
                .withMessageContaining(reason.strip());
    }

    @Test
    void whatHasNoTextCanBeSaidInOneLine() {
        Fields fields = POSE.toBuilder()
                .put("name", "eagle")
                .put("code", "007")
                .put("digits", "7")
                .put("quote", "a\"b\\c")
                .put("empty", "")
                .put("none", Value.Null.NULL)
                .build();
        assertThat(TestMessages.on("robot/7", fields).spoken())
                .isEqualTo("robot/7 x=1.5 y=-2 mode=\"on ground\" armed=true at=7 name=eagle code=007 digits=\"7\""
                        + " quote=\"a\\\"b\\\\c\" empty=\"\"");
        assertThat(TestMessages.on("robot/7", Message.textFields("as it is")).spoken())
                .isEqualTo("as it is");
    }
}
