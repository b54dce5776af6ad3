package io.hawser.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LiteralTreeTest {
    private static final String MANY = "aab0 zéπ\u007f\u0080";
    private static final String FEW = "aaé";

    @Test
    void findsWhatAWalkOverAllLiteralsFinds() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            String chars = seed % 3 == 0 ? FEW : MANY;
            LiteralTree<Integer> tree = LiteralTree.empty();
            Map<String, Set<Integer>> naive = new TreeMap<>();
            for (int step = 0; step < 200; step++) {
                String literal = chars(random, chars, 1 + random.nextInt(4));
                int filed = random.nextInt(3);
                LiteralTree<Integer> before = tree;
                String text = chars(random, chars, random.nextInt(12));
                List<Integer> foundBefore = anywhere(before, text);
                if (random.nextInt(5) < 3) {
                    tree = tree.with(literal, filed);
                    naive.computeIfAbsent(literal, any -> new HashSet<>()).add(filed);
                } else {
                    tree = tree.without(literal, filed);
                    naive.computeIfAbsent(literal, any -> new HashSet<>()).remove(filed);
                }
                String where = "seed " + seed + ", step " + step + ", text " + text;
                assertThat(tree.count(literal))
                        .as(where)
                        .isEqualTo(naive.get(literal).size());
                assertThat(anywhere(tree, text)).as(where).containsExactlyInAnyOrderElementsOf(naive(naive, text));
                assertThat(anywhere(before, text)).as(where).isEqualTo(foundBefore);
                List<Integer> atStart = new ArrayList<>();
                naive.forEach((each, all) -> atStart.addAll(text.startsWith(each) ? all : Set.of()));
                assertThat(atStart(tree, text)).as(where).containsExactlyInAnyOrderElementsOf(atStart);
                assertThat(tree.isEmpty())
                        .as(where)
                        .isEqualTo(naive.values().stream().allMatch(Set::isEmpty));
            }
        }
    }

    @Test
    void countsOnlyTheFirstCharsOfALongLiteral() {
        String shared = "x".repeat(LiteralTree.MAX_CHARS);
        LiteralTree<String> tree =
                LiteralTree.<String>empty().with(shared + "1", "a").with(shared + "2", "b");
        assertThat(new TreeSet<>(atStart(tree, shared))).containsExactly("a", "b");
        assertThat(tree.count(shared + "3")).isEqualTo(2);
        assertThat(atStart(tree, shared.substring(1))).isEmpty();
        assertThat(tree.without(shared + "1", "a").without(shared + "2", "b").isEmpty())
                .isTrue();
    }

    private static String chars(Random random, String from, int count) {
        StringBuilder chars = new StringBuilder();
        for (int i = 0; i < count; i++) {
            chars.append(from.charAt(random.nextInt(from.length())));
        }
        return chars.toString();
    }

    private static <F> List<F> anywhere(LiteralTree<F> tree, String text) {
        List<F> found = new ArrayList<>();
        tree.anywhere(text, leaf -> leaf.filed().forEachKey(found::add));
        return found;
    }

    private static <F> List<F> atStart(LiteralTree<F> tree, String text) {
        List<F> found = new ArrayList<>();
        tree.atStart(text, leaf -> leaf.filed().forEachKey(found::add));
        return found;
    }

    private static List<Integer> naive(Map<String, Set<Integer>> literals, String text) {
        List<Integer> found = new ArrayList<>();
        literals.forEach((literal, filed) -> {
            for (int at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + 1)) {
                found.addAll(filed);
            }
        });
        return found;
    }
}
