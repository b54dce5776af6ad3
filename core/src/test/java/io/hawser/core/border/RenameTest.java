package io.hawser.core.border;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenameTest {
    @ParameterizedTest
    @CsvSource({
        "ivy/lab/* robots/{1},             ivy/lab/FLIGHT,      robots/FLIGHT",
        "ivy/lab/* robots/{1},             ivy/lab/FLIGHT/state,",
        "ivy/lab/* robots/{1},             ivy/lab,",
        "ivy/*/* {2}/on/{1},               ivy/lab/FLIGHT,      FLIGHT/on/lab",
        "ivy/> {1},                        ivy/lab/FLIGHT,      lab/FLIGHT",
        "ivy/*/> a/{2}/from-{1},           ivy/lab/F/said/7,    a/F/said/7/from-lab",
        "*/*/> {1}{2}/{1},                 a/b/c,               ab/a",
        "a/b c,                            a/b,                 c",
        "a/* {1}/x,                        a/,                  /x"
    })
    void givesWhatMatchesItsNewName(String line, String topic, String renamed) {
        assertThat(Rename.parse(line).of(topic).orElse(null)).isEqualTo(renamed);
    }

    @Test
    void aNameMayHoldBlanksAndBeTheSame() {
        assertThat(Rename.of("ivy/lab/Ground Station", "the ground").of("ivy/lab/Ground Station"))
                .contains("the ground");
        assertThat(Rename.of("a", "a").of("a")).contains("a");
    }

    /** What stands for one segment may go anywhere; what stands for the rest stays at the end. */
    private static List<Integer> order(List<String> stands, Random random) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < stands.size(); i++) {
            order.add(i);
        }
        int free = stands.contains(">") ? stands.size() - 1 : stands.size();
        Collections.shuffle(order.subList(0, free), random);
        return order;
    }

    @Test
    void whatOneBorderRenamesTheOtherWayRoundBringsBack() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<String> from = new ArrayList<>();
            List<String> topic = new ArrayList<>();
            List<String> stands = new ArrayList<>();
            for (int i = 1 + random.nextInt(5); i > 0; i--) {
                boolean last = i == 1;
                int kind = random.nextInt(last ? 3 : 2);
                String value = "s" + random.nextInt(9) + (kind == 2 ? "/t" + random.nextInt(9) : "");
                from.add(kind == 0 ? value : kind == 1 ? "*" : ">");
                topic.add(value);
                if (kind > 0) {
                    stands.add(kind == 1 ? "*" : ">");
                }
            }
            List<Integer> order = order(stands, random);
            String name = "n" + random.nextInt(9);
            List<String> to = new ArrayList<>(List.of(name));
            List<String> back = new ArrayList<>(List.of(name));
            order.forEach(each -> {
                to.add("{" + (each + 1) + "}");
                back.add(stands.get(each));
            });
            List<String> original = new ArrayList<>();
            int wildcard = 0;
            for (String segment : from) {
                original.add(
                        segment.equals("*") || segment.equals(">")
                                ? "{" + (order.indexOf(wildcard++) + 1) + "}"
                                : segment);
            }
            Rename in = Rename.parse(String.join("/", from) + " " + String.join("/", to));
            Rename out = Rename.parse(String.join("/", back) + " " + String.join("/", original));
            String said = String.join("/", topic);
            assertThat(out.of(in.of(said).orElseThrow()))
                    .as("seed %d: in '%s', out '%s', topic %s", seed, in, out, said)
                    .contains(said);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ivy/lab/*          | must be topics and their new name, such as 'ivy/lab/* robots/{1}'",
                "a b c              | must be topics and their new name, such as 'ivy/lab/* robots/{1}'",
                "a/* b/{2}          | 'a/*' has no wildcard number 2",
                "a/* b/{0}          | 'a/*' has no wildcard number 0",
                "a/* b/{x}          | 'b/{x}' has braces that hold no number of a wildcard, as in {1}",
                "a/* b/*            | a topic must not hold '*', '>' or control characters: 'b/*'",
                "a/>/b c            | '>' in 'a/>/b' must be the last segment",
                "a a                | 'a' is called that already"
            })
    void garbageIsRefused(String line, String why) {
        assertThatThrownBy(() -> Rename.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }
}
