package io.hawser.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.match.TopicPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarsTest {
    private static final TopicPattern TEXTS = TopicPattern.parse("ivy/lab/*");

    @ParameterizedTest
    @CsvSource({
        ">,                    true",
        "*,                    false",
        "ivy,                  false",
        "ivy/>,                true",
        "ivy/lab,              false",
        "ivy/*/*,              true",
        "*/lab/FLIGHT,         true",
        "ivy/other/*,          false",
        "ivy/lab/FLIGHT,       true",
        "ivy/lab/>,            true",
        "ivy/lab/*/state,      false",
        "ivy/lab/FLIGHT/>,     false",
        "ivy/lab/*/direct/*,   false",
        "robot/>,              false"
    })
    void onlyThoseHearWhoseTopicsCanBeTheOnes(String pattern, boolean hears) {
        Interest interest = Interest.inTopic(TopicPattern.parse(pattern), Scope.OPEN);
        Ears one = Ears.NONE.counted(interest.topic(), interest.scope(), true);
        assertThat(one.anyone("ivy/lab", TEXTS)).isEqualTo(hears);
        assertThat(one.counted(interest.topic(), interest.scope(), false).anyone("ivy/lab", TEXTS))
                .isFalse();
    }

    @Test
    void agreesWithLookingAtEveryInterest() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<Interest> interests = new ArrayList<>();
            Ears ears = Ears.NONE;
            for (int step = 0; step < 40; step++) {
                if (random.nextBoolean() || interests.isEmpty()) {
                    Interest added = Interest.inTopic(TopicPattern.parse(pattern(random)), scope(random));
                    interests.add(added);
                    ears = ears.counted(added.topic(), added.scope(), true);
                } else {
                    Interest removed = interests.remove(random.nextInt(interests.size()));
                    ears = ears.counted(removed.topic(), removed.scope(), false);
                }
                boolean wanted = interests.stream()
                        .anyMatch(each -> each.scope().hearsOpen()
                                && !each.scope().except().equals(Optional.of("ivy/lab"))
                                && each.topic().matches("ivy/lab/FLIGHT"));
                assertThat(ears.anyone("ivy/lab", TEXTS))
                        .as("seed %d step %d: %s", seed, step, interests)
                        .isEqualTo(wanted);
            }
        }
    }

    /** Has no agent but FLIGHT, so that what matches the pattern of all agents matches that one. */
    private static String pattern(Random random) {
        List<List<String>> segments = List.of(
                List.of("ivy", "ivy", "*", "robot"),
                List.of("lab", "*", "other"),
                List.of("FLIGHT", "*"),
                List.of("*", "state"));
        List<String> pattern = new ArrayList<>();
        int depth = random.nextInt(5);
        for (int i = 0; i < depth; i++) {
            pattern.add(segments.get(i).get(random.nextInt(segments.get(i).size())));
        }
        if (depth == 0 || random.nextInt(4) == 0) {
            pattern.add(">");
        }
        return String.join("/", pattern);
    }

    private static Scope scope(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Scope.except("ivy/lab");
            case 1 -> Scope.except("ivy/other");
            case 2 -> Scope.channel("side");
            case 3 -> Scope.EVERYTHING;
            default -> Scope.OPEN;
        };
    }
}
