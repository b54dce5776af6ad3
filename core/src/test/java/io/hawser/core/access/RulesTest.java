package io.hawser.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.match.TopicPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
    private static final Principal ALICE = new Principal("alice", Set.of("pilots"));
    private static final Principal BOB = new Principal("bob");

    private static Rules rules(String... lines) {
        return new Rules(Stream.of(lines).map(Rule::parse).toList());
    }

    @Test
    void whatNoRuleAllowsIsDenied() {
        Rules none = rules();
        for (Action action : Action.values()) {
            assertThat(none.allows(ALICE, action, "robot/7")).as(action.label()).isFalse();
        }
        assertThat(rules("allow alice publish robot/>").allows(ALICE, Action.SUBSCRIBE, "robot/7"))
                .isFalse();
    }

    @Test
    void aRuleIsAboutAUserAGroupOrEverybody() {
        Rules rules = rules("allow bob publish a", "allow @pilots publish b", "allow * publish c");
        assertThat(Stream.of("a", "b", "c").filter(topic -> rules.allows(ALICE, Action.PUBLISH, topic)))
                .containsExactly("b", "c");
        assertThat(Stream.of("a", "b", "c").filter(topic -> rules.allows(BOB, Action.PUBLISH, topic)))
                .containsExactly("a", "c");
    }

    @Test
    void oneRuleThatDeniesBeatsAllThatAllow() {
        Rules rules = rules("deny * publish clever/*/reboot*", "allow alice * >", "allow * publish clever/>");
        assertThat(rules.allows(ALICE, Action.PUBLISH, "clever/4/reboot_fcu")).isFalse();
        assertThat(rules.allows(ALICE, Action.PUBLISH, "clever/4/reboot")).isFalse();
        assertThat(rules.allows(ALICE, Action.PUBLISH, "clever/4/land")).isTrue();
        assertThat(rules.allows(ALICE, Action.ADMIN_WRITE, "clients")).isTrue();
        assertThat(rules.deciding(ALICE, Action.PUBLISH, "clever/4/reboot_fcu"))
                .hasValueSatisfying(rule -> assertThat(rule).hasToString("deny * publish clever/*/reboot*"));
    }

    @Test
    void onGuardedTopicsMoreMustBeAllowedThanToPublish() {
        Access access = new GuardedTopics(
                rules("allow * * >", "deny bob device.call iot/>"),
                List.of(TopicPattern.parse("iot/*/actions/*")),
                Action.DEVICE_CALL);
        String call = "iot/pump-7/actions/start";
        for (Action action : List.of(Action.PUBLISH, Action.REQUEST)) {
            assertThat(access.allows(ALICE, action, call)).isTrue();
            assertThat(access.allows(BOB, action, call)).isFalse();
            assertThat(access.missing(BOB, action, call)).isEqualTo(Action.DEVICE_CALL);
            assertThat(access.allows(BOB, action, "iot/pump-7/state")).isTrue();
        }
        assertThat(access.allows(BOB, Action.SUBSCRIBE, call)).isTrue();
        assertThat(access.coverage(BOB, Action.SUBSCRIBE, TopicPattern.parse("iot/>")))
                .isEqualTo(Coverage.ALL);
        Access strict = new GuardedTopics(
                rules("allow bob device.call >"), List.of(TopicPattern.parse("iot/>")), Action.DEVICE_CALL);
        assertThat(strict.allows(BOB, Action.PUBLISH, call)).isFalse();
        assertThat(strict.missing(BOB, Action.PUBLISH, call)).isEqualTo(Action.PUBLISH);
    }

    @ParameterizedTest
    @CsvSource({
        "robot/7, ALL",
        "robot/>, ALL",
        "robot/*, ALL",
        "robot/secret/1, NONE",
        "robot/secret/>, NONE",
        "robot/*/1, SOME",
        "robot/*/*, SOME",
        "*/7, SOME",
        ">, SOME",
        "plane/7, NONE",
        "robot, NONE",
    })
    void saysHowMuchOfAPatternSomebodyMaySee(String pattern, Coverage expected) {
        Rules rules = rules("allow alice subscribe robot/>", "deny * subscribe robot/secret/*");
        Rules wide = rules("allow alice subscribe robot/>");
        Coverage coverage = rules.coverage(ALICE, Action.SUBSCRIBE, TopicPattern.parse(pattern));
        if (pattern.equals("robot/>") || pattern.equals("robot/secret/>")) {
            assertThat(coverage).isEqualTo(Coverage.SOME);
            assertThat(wide.coverage(ALICE, Action.SUBSCRIBE, TopicPattern.parse(pattern)))
                    .isEqualTo(Coverage.ALL);
        } else {
            assertThat(coverage).isEqualTo(expected);
        }
    }

    /** Against every topic of a small world. */
    @Test
    void coverageSaysWhatAllowsSays() {
        Random random = new Random(7);
        List<String> world = new ArrayList<>();
        for (String first : List.of("a", "ab", "b")) {
            world.add(first);
            for (String second : List.of("a", "ab", "b")) {
                world.add(first + '/' + second);
                world.add(first + '/' + second + "/a");
            }
        }
        for (int round = 0; round < 20_000; round++) {
            Rules rules = rules(line(random), line(random), line(random));
            TopicPattern pattern = TopicPattern.parse(pattern(random, false));
            long matching = world.stream().filter(pattern::matches).count();
            long allowed = world.stream()
                    .filter(pattern::matches)
                    .filter(topic -> rules.allows(ALICE, Action.PUBLISH, topic))
                    .count();
            Coverage coverage = rules.coverage(ALICE, Action.PUBLISH, pattern);
            if (coverage == Coverage.ALL) {
                assertThat(allowed).as("round %d: %s", round, pattern).isEqualTo(matching);
            } else if (coverage == Coverage.NONE) {
                assertThat(allowed).as("round %d: %s", round, pattern).isZero();
            }
        }
    }

    private static String line(Random random) {
        return (random.nextInt(3) == 0 ? "deny" : "allow") + " * publish " + pattern(random, true);
    }

    private static String pattern(Random random, boolean glob) {
        List<String> words = glob ? List.of("a", "ab", "b", "*", "a*", ">") : List.of("a", "ab", "b", "*", ">");
        StringBuilder pattern = new StringBuilder(words.get(random.nextInt(words.size())));
        while (!pattern.toString().endsWith(">") && random.nextBoolean()) {
            pattern.append('/').append(words.get(random.nextInt(words.size())));
        }
        return pattern.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "allow alice publish           | must be four words",
                "permit alice publish >        | must begin with allow or deny, not 'permit'",
                "allow alice fly >             | there is no action 'fly'; the actions are publish, subscribe",
                "allow alice publish robot/>/7 | must be the whole last segment",
                "allow alice publish ro*ot     | must end its segment",
            })
    void aLineThatIsWrongSaysWhy(String line, String why) {
        assertThatThrownBy(() -> Rule.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aRuleReadsBackAsItWasWritten() {
        assertThat(Rule.parse("allow  @ops kv.*,publish  a/*/b*/>"))
                .hasToString("allow @ops publish,kv.read,kv.write a/*/b*/>");
        Rule rule = Rule.parse("deny bob * >");
        assertThat(Rule.parse(rule.toString())).isEqualTo(rule);
    }

    @Test
    void aSecretIsNeverShown() {
        assertThat(new Credentials("bob", "hunter2", "127.0.0.1")).asString().doesNotContain("hunter2");
    }
}
