package io.hawser.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegexpIndexTest {
    private static final List<String> PATTERNS =
            List.of("^a (.*)", "a", "(a)(b)?", "b$", "^b", "(?i)A", "(a|b) (c|d)", "c{2}", "^$", "");
    private static final List<String> TEXTS = List.of("", "a", "ab", "a b", "b", "cc", "a c", "b d", "xa x");

    private record Interest(String pattern, int entry) {}

    private record Found(int entry, Captures captures) {}

    @Test
    void findsWhatTheNaiveListFinds() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            RegexpIndex<Integer> index = RegexpIndex.empty();
            Set<Interest> naive = new HashSet<>();
            for (int step = 0; step < 60; step++) {
                RegexpIndex<Integer> before = index;
                String text = TEXTS.get(random.nextInt(TEXTS.size()));
                List<Found> foundBefore = found(before, text);
                Interest interest = new Interest(PATTERNS.get(random.nextInt(PATTERNS.size())), random.nextInt(3));
                Regexp regexp = Regexp.compile(interest.pattern());
                if (random.nextInt(5) < 3) {
                    index = index.with(regexp, interest.entry());
                    naive.add(interest);
                } else {
                    index = index.without(regexp, interest.entry());
                    naive.remove(interest);
                }
                String where = "seed " + seed + ", step " + step + ", text " + text;
                assertThat(found(index, text)).as(where).containsExactlyInAnyOrderElementsOf(naive(naive, text));
                assertThat(found(before, text)).as(where).isEqualTo(foundBefore);
                assertThat(index.isEmpty()).as(where).isEqualTo(naive.isEmpty());
            }
        }
    }

    @Test
    void runsEqualPatternsOnceForAText() {
        Regexp bomb = Regexp.compile("(?=a)(a|aa)+\\1?$");
        Regexp same = Regexp.compile(bomb.text());
        RegexpIndex<String> index =
                RegexpIndex.<String>empty().with(bomb, "x").with(same, "y").with(bomb, "y");
        index.match("a".repeat(60) + "b", (entry, captures) -> assertThat(entry).isNull());
        assertThat(bomb.aborts()).isEqualTo(1);
        assertThat(same.aborts()).isZero();
    }

    private static List<Found> found(RegexpIndex<Integer> index, String text) {
        List<Found> found = new ArrayList<>();
        index.match(text, (entry, captures) -> found.add(new Found(entry, captures)));
        return found;
    }

    private static List<Found> naive(Set<Interest> interests, String text) {
        List<Found> found = new ArrayList<>();
        for (Interest interest : interests) {
            Captures captures = Regexp.compile(interest.pattern()).search(text);
            if (captures != null) {
                found.add(new Found(interest.entry(), captures));
            }
        }
        return found;
    }
}
