package io.hawser.core.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicPatternTest {
    @ParameterizedTest
    @CsvSource({
        "a, a, true",
        "a, b, false",
        "a, a/b, false",
        "a/b, a, false",
        "*, a, true",
        "*, a/b, false",
        "*, '', true",
        ">, a, true",
        ">, a/b/c, true",
        ">, '', true",
        "a/*/b, a/x/b, true",
        "a/*/b, a//b, true",
        "a/*/b, a/b, false",
        "a/*/b, a/x/y/b, false",
        "a/*/b, a/x/b/c, false",
        "a/*, a, false",
        "a/*, a/, true",
        "a/>, a, false",
        "a/>, a/, true",
        "a/>, a/b, true",
        "a/>, a/b/c, true",
        "a/>, ab/c, false",
        "*/>, a, false",
        "*/>, a/b, true",
        "/a, /a, true",
        "/a, a, false",
        "*/a, /a, true",
        "a//b, a//b, true",
        "a//b, a/b, false",
    })
    void matchesSegmentBySegment(String pattern, String topic, boolean matches) {
        TopicPattern parsed = TopicPattern.parse(pattern);
        assertThat(parsed.matches(topic)).isEqualTo(matches);
        boolean[] found = new boolean[1];
        TopicIndex.empty().with(parsed, "entry").match(topic, entry -> found[0] = true);
        assertThat(found[0]).as("in the index").isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "'', must not be empty",
        "a/>/b, must be the last segment",
        ">/a, must be the last segment",
        "a*, must stand for a whole segment",
        "a/b>, must stand for a whole segment",
        "**, must stand for a whole segment",
    })
    void saysWhatIsWrong(String pattern, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopicPattern.parse(pattern))
                .withMessageContaining(reason);
    }

    @Test
    void refusesAPatternDeeperThanTheLimit() {
        String deepest = "/".repeat(TopicPattern.MAX_SEGMENTS - 1);
        assertThat(TopicPattern.parse(deepest).segments()).hasSize(TopicPattern.MAX_SEGMENTS);
        assertThatIllegalArgumentException().isThrownBy(() -> TopicPattern.parse(deepest + "/"));
    }
}
