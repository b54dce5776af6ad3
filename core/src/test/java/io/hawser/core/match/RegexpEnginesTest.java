package io.hawser.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.match.Regexp.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever finds a match finds the same: with and without the required literal, java.util.regex and RE2/J. */
class RegexpEnginesTest {
    private static final List<String> FIELD = List.of(
            "^pub (\\S+) (.*)$",
            "hello (.*)",
            "^(\\S*) GROUND_DEAD (\\S*)$",
            "^ground FLIGHT_PARAM (\\d+) ([-+]?[0-9]*\\.?[0-9]+)",
            "^(?:A|B) ([^ ]+)(?: (.*))?$",
            "^a(b)?c(d)?$",
            "TELEMETRY_(?<kind>[A-Z_]+) (\\d{1,3})",
            "^other12 ([0-9]+) (.*)",
            "\\bid=(\\w+)\\b",
            "(foo|foobar)(bar)?$",
            "[^\\s]+\\s(x|y)\\s*$",
            "a{2,3}(a*)",
            "(a+?)(a*)",
            "(?:(a)|(b))+c",
            "^ab+c",
            "^ab*c",
            "^ab?c",
            "x(?:yz)+w",
            "x(?:yz)?w",
            "(abc)def|ghi",
            "(?i)Abc",
            "(?=ab)a",
            "a\\.b\\tc",
            "\\x61bc",
            "^\\Qa.b\\E*c");

    private static final String[] ATOMS = {
        "a",
        "b",
        "ab",
        "c",
        " ",
        ".",
        "\\d",
        "\\w",
        "\\s",
        "\\S",
        "\\W",
        "[ab]",
        "[^a]",
        "[\\s1]",
        "\\b",
        "\\B",
        "^",
        "1",
        "é",
        "\\.",
        "(",
        "(?:",
        "(?=",
        "(?!",
        "\\1",
        "\\z",
        "[a\\-c]",
        "\\Qa+\\E",
        "\\x61",
        "{"
    };
    private static final String[] REPEATS = {
        "", "", "", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,1}"
    };
    private static final String[] CHARS = {
        "a", "b", "c", "a", "b", " ", "1", ".", "é", "\n", "\t", "\u000b", "+", "\ud83d\ude00"
    };

    @Test
    void theRequiredLiteralTurnsNoMatchAway() {
        Random random = new Random(1);
        int turnedAway = 0;
        for (String pattern : patterns(random)) {
            Regexp regexp = Regexp.compile(pattern);
            for (int i = 0; i < 20; i++) {
                String text = text(random, pattern);
                Captures found = regexp.search(text);
                turnedAway += regexp.match(text) == null ? 1 : 0;
                assertThat(regexp.match(text)).as("%s in %s", pattern, text).isEqualTo(found);
            }
        }
        assertThat(turnedAway).isGreaterThan(1000);
    }

    @Test
    void re2FindsWhatJavaFinds() {
        Random random = new Random(2);
        int found = 0;
        int moved = 0;
        RegexpLimits atOnce = new RegexpLimits(1024, 50, 64, 0, 0, 1 << 16, 1_000_000, 3);
        for (String pattern : patterns(random)) {
            Regexp java = Regexp.compile(pattern);
            Regexp re2 = Regexp.compile(pattern, atOnce, regexp -> {});
            re2.search("force");
            moved += re2.engine() == Engine.RE2J ? 1 : 0;
            for (int i = 0; i < 20; i++) {
                String text = text(random, pattern);
                Captures expected = java.search(text);
                found += expected == null ? 0 : 1;
                assertThat(re2.search(text)).as("%s in '%s'", pattern, text).isEqualTo(expected);
            }
        }
        assertThat(found).isGreaterThan(1000);
        assertThat(moved).isGreaterThan(1000);
    }

    private static List<String> patterns(Random random) {
        List<String> patterns = new ArrayList<>(FIELD);
        while (patterns.size() < 6000) {
            String pattern = sequence(random, 0) + (random.nextInt(4) == 0 ? "$" : "");
            if (compiles(pattern)) {
                patterns.add(pattern);
            }
        }
        return patterns;
    }

    private static boolean compiles(String pattern) {
        try {
            Regexp.compile(pattern);
            return true;
        } catch (RegexpException e) {
            return false;
        }
    }

    private static String sequence(Random random, int depth) {
        StringBuilder pattern = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            String atom = ATOMS[random.nextInt(ATOMS.length)];
            if (atom.startsWith("(")) {
                atom = depth == 3 ? "d" : atom + sequence(random, depth + 1) + ")";
            }
            pattern.append(atom).append(REPEATS[random.nextInt(REPEATS.length)]);
            if (random.nextInt(8) == 0) {
                pattern.append('|');
            }
        }
        return pattern.toString();
    }

    /** Random chars, or the pattern itself without its signs, so that something is found. */
    private static String text(Random random, String pattern) {
        StringBuilder text = new StringBuilder();
        if (random.nextInt(3) == 0) {
            text.append(pattern.replaceAll("\\\\[a-zA-Z]|[^a-zA-Z0-9_ .]", random.nextBoolean() ? "" : "b"));
        }
        for (int i = random.nextInt(9); i > 0; i--) {
            text.append(CHARS[random.nextInt(CHARS.length)]);
        }
        return text.toString();
    }
}
