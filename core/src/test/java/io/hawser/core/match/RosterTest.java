package io.hawser.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RosterTest {
    @Test
    void isWalkedInTheOrderInWhichItsMembersCame() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Roster<Integer> roster = Roster.empty();
            Set<Integer> expected = new LinkedHashSet<>();
            for (int step = 0; step < 3_000; step++) {
                int member = random.nextInt(500);
                Roster<Integer> before = roster;
                boolean changed;
                if (random.nextInt(5) < 3) {
                    roster = roster.with(member);
                    changed = expected.add(member);
                } else {
                    roster = roster.without(member);
                    changed = expected.remove(member);
                }
                assertThat(roster != before).as("seed %s, step %s", seed, step).isEqualTo(changed);
            }
            assertThat(members(roster)).as("seed %s", seed).containsExactlyElementsOf(expected);
            assertThat(roster.isEmpty()).isEqualTo(expected.isEmpty());
        }
    }

    @Test
    void keepsTheOrderWhenItsNumbersAreUsedUp() {
        Roster<String> roster = new Roster<>(PersistentMap.empty(), PersistentMap.empty(), Roster.MAX_NUMBERS - 2);
        for (String member : List.of("a", "b", "c", "d")) {
            roster = roster.with(member);
        }
        roster = roster.without("b").with("b");
        assertThat(members(roster)).containsExactly("a", "c", "d", "b");
    }

    private static <E> List<E> members(Roster<E> roster) {
        List<E> members = new ArrayList<>();
        roster.forEach(members::add);
        return members;
    }
}
