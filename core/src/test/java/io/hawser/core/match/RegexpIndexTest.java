package io.hawser.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegexpIndexTest {
    private static final List<String> PATTERNS =
            List.of("^a (.*)", "a", "(a)(b)?", "b$", "^b", "(?i)A", "(a|b) (c|d)", "c{2}", "^$", "");
    private static final List<String> TEXTS = List.of("", "a", "ab", "a b", "b", "cc", "a c", "b d", "xa x");
    private static final String LONG = "x".repeat(70);
    private static final List<String> HEADS =
            List.of("^GPS ", "^GPS_", "^", "", "GPS ", "^(GPS|IMU) ", "(?i)gps ", "^(?:A|B|) ", "[G] ", LONG);
    private static final List<String> MIDDLES =
            List.of("(\\S+)", "(\\d+) ", "(.*)", "(?:1|2)? ", " WORLD_ENV ", "", "é", "a{2} ");
    private static final List<String> WORDS =
            List.of("GPS ", "IMU ", "A ", "1 ", "17", " ", "WORLD_ENV ", "é", "gps ", "_", "aa ", LONG);

    private static final Map<String, Regexp> COMPILED = new HashMap<>();

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
    void findsWhatTheNaiveListFindsAmongManyThatShareLiterals() {
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            RegexpIndex<Integer> index = RegexpIndex.empty();
            Map<String, Set<Integer>> naive = new LinkedHashMap<>();
            int found = 0;
            for (int step = 0; step < 3_000; step++) {
                String pattern = oneOf(HEADS, random) + oneOf(MIDDLES, random) + random.nextInt(20);
                int entry = random.nextInt(3);
                Set<Integer> entries = naive.getOrDefault(pattern, new LinkedHashSet<>());
                if (random.nextInt(5) < 3) {
                    index = index.with(Regexp.compile(pattern), entry);
                    entries.add(entry);
                    naive.putIfAbsent(pattern, entries);
                } else {
                    index = index.without(Regexp.compile(pattern), entry);
                    entries.remove(entry);
                    naive.values().removeIf(Set::isEmpty);
                }
                if (step % 20 == 0) {
                    String text = words(random);
                    List<Found> expected = new ArrayList<>();
                    naive.forEach((each, all) ->
                            all.forEach(one -> expected.addAll(naive(Set.of(new Interest(each, one)), text))));
                    found += expected.size();
                    assertThat(found(index, text))
                            .as("seed %s, step %s, text %s", seed, step, text)
                            .containsExactlyElementsOf(expected);
                }
            }
            assertThat(found).as("seed %s", seed).isGreaterThan(200);
        }
    }

    private static String words(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append(oneOf(WORDS, random));
        }
        return text.toString();
    }

    private static String oneOf(List<String> strings, Random random) {
        return strings.get(random.nextInt(strings.size()));
    }

    @Test
    void leavesNothingBehindWhereRegexpsCameAndWent() {
        RegexpIndex<Integer> index = RegexpIndex.empty();
        Random random = new Random(7);
        List<Integer> standing = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            if (standing.size() < 500 || random.nextBoolean()) {
                index = index.with(numbered(step), step);
                standing.add(step);
            } else {
                int gone = standing.remove(random.nextInt(standing.size()));
                index = index.without(numbered(gone), gone);
            }
        }
        for (int gone : standing) {
            assertThat(found(index, "n" + gone + " 1")).extracting(Found::entry).containsExactly(gone);
            index = index.without(numbered(gone), gone);
            assertThat(found(index, "n" + gone + " 1")).isEmpty();
        }
        assertThat(index.isEmpty()).isTrue();
    }

    private static Regexp numbered(int number) {
        return Regexp.compile("^n" + number + " ([0-9]+)");
    }

    @Test
    void asksFewOfThoseThatShareTheirFirstLiteral() {
        List<Regexp> asked = new ArrayList<>();
        RegexpIndex<Integer> index = RegexpIndex.empty();
        for (int i = 0; i < 1_000; i++) {
            // Whoever is run at all with this text runs out of steps, and tells.
            Regexp regexp = Regexp.compile(
                    "^GPS (?=a)(?P<w>a|aa)+(?P=w)?! TAIL" + i + "#(.*)", RegexpLimits.DEFAULT, asked::add);
            index = index.with(regexp, i);
        }
        assertThat(found(index, "GPS aaaa! TAIL7#x")).extracting(Found::entry).containsExactly(7);
        assertThat(found(index, "GPS " + "a".repeat(60) + "? ! TAIL7#x")).isEmpty();
        assertThat(asked).extracting(Regexp::text).containsExactly("^GPS (?=a)(?P<w>a|aa)+(?P=w)?! TAIL7#(.*)");
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
            Captures captures = COMPILED.computeIfAbsent(interest.pattern(), Regexp::compile)
                    .search(text);
            if (captures != null) {
                found.add(new Found(interest.entry(), captures));
            }
        }
        return found;
    }
}
