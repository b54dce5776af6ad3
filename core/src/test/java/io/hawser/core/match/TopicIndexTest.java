package io.hawser.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicIndexTest {
    private record Interest(TopicPattern pattern, int entry) {}

    @Test
    void findsWhatTheNaiveListFinds() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            TopicIndex<Integer> index = TopicIndex.empty();
            Set<Interest> naive = new HashSet<>();
            for (int step = 0; step < 150; step++) {
                TopicIndex<Integer> before = index;
                String topic = topic(random);
                List<Integer> foundBefore = found(before, topic);
                Interest interest = new Interest(pattern(random), random.nextInt(4));
                if (random.nextInt(5) < 3) {
                    index = index.with(interest.pattern(), interest.entry());
                    naive.add(interest);
                } else {
                    index = index.without(interest.pattern(), interest.entry());
                    naive.remove(interest);
                }
                String where = "seed " + seed + ", step " + step + ", topic " + topic;
                assertThat(found(index, topic)).as(where).containsExactlyInAnyOrderElementsOf(naive(naive, topic));
                assertThat(found(before, topic)).as(where).isEqualTo(foundBefore);
            }
        }
    }

    @Test
    void prunesWhatNobodyWantsAnyMore() {
        TopicIndex<Integer> index = TopicIndex.empty();
        for (String text : List.of("a/b/c", "a/*/c", "a/>", "*/b", ">")) {
            index = index.with(TopicPattern.parse(text), 1);
        }
        for (String text : List.of("a/>", "a/b/c", "*/b", ">", "a/*/c")) {
            assertThat(index.isEmpty()).isFalse();
            index = index.without(TopicPattern.parse(text), 1);
        }
        assertThat(index.isEmpty()).isTrue();
    }

    @Test
    void staysItselfIfNothingChanges() {
        TopicIndex<Integer> index = TopicIndex.<Integer>empty().with(TopicPattern.parse("a/*"), 1);
        assertThat(index.with(TopicPattern.parse("a/*"), 1)).isSameAs(index);
        assertThat(index.without(TopicPattern.parse("a/*"), 2)).isSameAs(index);
        assertThat(index.without(TopicPattern.parse("a/b"), 1)).isSameAs(index);
    }

    private static List<Integer> found(TopicIndex<Integer> index, String topic) {
        List<Integer> found = new ArrayList<>();
        index.match(topic, found::add);
        return found;
    }

    private static List<Integer> naive(Set<Interest> interests, String topic) {
        return interests.stream()
                .filter(interest -> interest.pattern().matches(topic))
                .map(Interest::entry)
                .toList();
    }

    private static TopicPattern pattern(Random random) {
        String text = String.join("/", segments(random, "a", "b", "*", ""));
        boolean rest = random.nextInt(4) == 0;
        return TopicPattern.parse(rest ? text + "/>" : text.isEmpty() ? ">" : text);
    }

    private static String topic(Random random) {
        return String.join("/", segments(random, "a", "b", "c", ""));
    }

    private static List<String> segments(Random random, String... alphabet) {
        List<String> segments = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            segments.add(alphabet[random.nextInt(alphabet.length)]);
        }
        return segments;
    }
}
