package io.hawser.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContentIndexTest {
    private static final List<Value> VALUES = List.of(Value.of("1"), Value.of(1), Value.of(1.0), Value.of(2));
    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    private record Interest(ContentMatcher matcher, int entry) {}

    @Test
    void findsWhatTheNaiveListFinds() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            ContentIndex<Integer> index = ContentIndex.empty();
            Set<Interest> naive = new HashSet<>();
            for (int step = 0; step < 200; step++) {
                ContentIndex<Integer> before = index;
                Fields message = message(random);
                List<Integer> foundBefore = found(before, message);
                Interest interest = new Interest(matcher(random), random.nextInt(4));
                if (random.nextInt(5) < 3) {
                    index = index.with(interest.matcher(), interest.entry());
                    naive.add(interest);
                } else {
                    interest = chosen(naive, interest, random);
                    index = index.without(interest.matcher(), interest.entry());
                    naive.remove(interest);
                }
                String where = "seed " + seed + ", step " + step + ", message " + message;
                assertThat(found(index, message)).as(where).containsExactlyInAnyOrderElementsOf(naive(naive, message));
                assertThat(found(before, message)).as(where).isEqualTo(foundBefore);
            }
            for (Interest interest : naive) {
                index = index.without(interest.matcher(), interest.entry());
            }
            assertThat(index.isEmpty()).as("seed " + seed).isTrue();
        }
    }

    @Test
    void staysItselfIfNothingChanges() {
        ContentMatcher matcher = new ContentMatcher(List.of(new ContentMatcher.Equal("a", Value.of(1))));
        ContentIndex<Integer> index = ContentIndex.<Integer>empty().with(matcher, 1);
        assertThat(index.with(matcher, 1)).isSameAs(index);
        assertThat(index.without(matcher, 2)).isSameAs(index);
        assertThat(index.without(ContentMatcher.ALL, 1)).isSameAs(index);
    }

    private static Interest chosen(Set<Interest> present, Interest other, Random random) {
        return random.nextInt(4) == 0 || present.isEmpty()
                ? other
                : new ArrayList<>(present).get(random.nextInt(present.size()));
    }

    private static List<Integer> found(ContentIndex<Integer> index, Fields message) {
        List<Integer> found = new ArrayList<>();
        index.match(message, found::add);
        return found;
    }

    private static List<Integer> naive(Set<Interest> interests, Fields message) {
        return interests.stream()
                .filter(interest -> interest.matcher().matches(message))
                .map(Interest::entry)
                .toList();
    }

    private static ContentMatcher matcher(Random random) {
        List<ContentMatcher.Predicate> predicates = new ArrayList<>();
        for (String name : NAMES) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> predicates.add(new ContentMatcher.Equal(name, value(random)));
                case 3 -> predicates.add(new ContentMatcher.Present(name));
                case 4 -> predicates.add(new ContentMatcher.Absent(name));
                default -> {}
            }
        }
        return new ContentMatcher(predicates);
    }

    private static Fields message(Random random) {
        Fields.Builder fields = Fields.builder();
        NAMES.stream().filter(name -> random.nextInt(4) > 0).forEach(name -> fields.put(name, value(random)));
        return fields.build();
    }

    private static Value value(Random random) {
        return VALUES.get(random.nextInt(VALUES.size()));
    }
}
