package io.hawser.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TopicTest {
    @Test
    void encodesWhatAForeignNameMustNotBring() {
        assertThat(Topic.of("ivy", "a/b*c>d%e\u0001\u0085", "").text()).isEqualTo("ivy/a%2Fb%2Ac%3Ed%25e%01%C2%85/%");
    }

    @Test
    void namesComeBackFromTheirSegments() {
        for (String name : new String[] {"a/b*c>d%e\u0001\u0085", "", "Café 7", "%", "%2", "%zz", "100%"}) {
            assertThat(Topic.name(Topic.segment(name))).isEqualTo(name);
        }
        assertThat(Topic.name("50%off")).isEqualTo("50%off");
    }

    @Test
    void keepsSpacesAndLetters() {
        assertThat(Topic.of("ivy", "local", "Café 7").text()).isEqualTo("ivy/local/Café 7");
    }

    @Test
    void refusesWhatIsNoTopicAndSaysWhy() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Topic("")).withMessageContaining("empty");
        assertThatIllegalArgumentException().isThrownBy(() -> new Topic("a/*")).withMessageContaining("'*'");
        assertThatIllegalArgumentException().isThrownBy(() -> new Topic("a\nb")).withMessageContaining("a?b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Topic("x".repeat(Topic.MAX_LENGTH + 1)))
                .withMessageContaining("limit is 1024");
        assertThat(new Topic("x".repeat(Topic.MAX_LENGTH)).text()).hasSize(Topic.MAX_LENGTH);
    }
}
