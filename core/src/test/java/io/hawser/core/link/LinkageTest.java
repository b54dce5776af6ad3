package io.hawser.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.Passage;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.message.Source;
import io.hawser.core.message.TestMessages;
import io.hawser.core.message.Topic;
import io.hawser.core.value.Fields;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkageTest {
    private static final Source ANYBODY = new Source("test", "somebody", "test");

    private final Linkage linkage = new Linkage("here", new LinkLimits(3, Breaker.Limits.NONE), 100, Runnable::run);

    private static Passage from(String hub, long number) {
        return new Passage(hub, OptionalLong.of(number), 1);
    }

    @Test
    void aMessageLeavesUnderOneNumberWhateverWaysItTakes() {
        Message first = TestMessages.numbered(1);
        Message second = TestMessages.numbered(2);
        assertThat(linkage.leaving(first)).isEqualTo(from("here", 100)).isEqualTo(linkage.leaving(first));
        assertThat(linkage.leaving(second)).isEqualTo(from("here", 101));
        assertThat(linkage.leaving(first.withText("the same with a text"))).isEqualTo(from("here", 100));
    }

    @Test
    void whatCameFromAnotherHubGoesOnUnderItsNumberOneHopOn() {
        Message message = Message.builder(new Topic("a"), Headers.from(from("far", 7), ANYBODY, 0))
                .fields(Fields.EMPTY);
        assertThat(linkage.leaving(message)).isEqualTo(new Passage("far", OptionalLong.of(7), 2));
    }

    @Test
    void eachMessageIsLetInOnceAndOurOwnAndWhatCameTooFarNever() {
        assertThat(linkage.admit(from("far", 7))).isEqualTo(Linkage.Verdict.NEW);
        assertThat(linkage.admit(from("far", 7))).isEqualTo(Linkage.Verdict.KNOWN);
        assertThat(linkage.admit(new Passage("far", OptionalLong.of(7), 2))).isEqualTo(Linkage.Verdict.KNOWN);
        assertThat(linkage.admit(from("other", 7))).isEqualTo(Linkage.Verdict.NEW);
        assertThat(linkage.admit(from("here", 100))).isEqualTo(Linkage.Verdict.OWN);
        assertThat(linkage.admit(new Passage("far", OptionalLong.of(8), 3))).isEqualTo(Linkage.Verdict.NEW);
        assertThat(linkage.admit(new Passage("far", OptionalLong.of(9), 4))).isEqualTo(Linkage.Verdict.TOO_FAR);
    }

    @Test
    void onlyWhatWantsNoAnswerAndHasANumberTravels() {
        assertThat(new Headers(ANYBODY, 0, Optional.empty()).travels()).isTrue();
        assertThat(Headers.from(from("far", 1), ANYBODY, 0).travels()).isTrue();
        assertThat(Headers.from(Passage.unnumbered("far"), ANYBODY, 0).travels())
                .isFalse();
        assertThat(new Headers(ANYBODY, 0, Optional.of("another channel")).travels())
                .isFalse();
        assertThat(new Headers(ANYBODY, 0, Optional.empty(), Optional.of(new ReplyTo("inbox", 1)), OptionalLong.empty())
                        .travels())
                .isFalse();
    }

    @Test
    void numbersAreNewInAnyOrderUntilTheyAreTooOldAndAfterARestart() {
        SeenNumbers seen = new SeenNumbers();
        assertThat(seen.add(10)).isTrue();
        assertThat(seen.add(8)).isTrue();
        assertThat(seen.add(8)).isFalse();
        assertThat(seen.add(10 + SeenNumbers.WINDOW)).isTrue();
        assertThat(seen.add(11)).isTrue();
        assertThat(seen.add(10)).as("fallen out").isFalse();
        assertThat(seen.add(10 + SeenNumbers.WINDOW)).isFalse();
        long restarted = 10 + 2 * SeenNumbers.FAR;
        assertThat(seen.add(restarted)).isTrue();
        assertThat(seen.add(restarted)).isFalse();
        assertThat(seen.add(5)).as("restarted below").isTrue();
    }

    @Test
    void randomNumbersAreNewExactlyOnce() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        SeenNumbers seen = new SeenNumbers();
        Set<Long> known = new HashSet<>();
        long highest = 1_000_000;
        for (int i = 0; i < 200_000; i++) {
            long number = highest + random.nextInt(40_000) - 39_000;
            if (random.nextInt(5_000) == 0) {
                number += 30_000;
            }
            highest = Math.max(highest, number);
            boolean fits = number > highest - SeenNumbers.WINDOW;
            assertThat(seen.add(number)).as("seed %d, step %d", seed, i).isEqualTo(fits && known.add(number));
        }
    }
}
