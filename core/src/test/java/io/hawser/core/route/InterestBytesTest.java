package io.hawser.core.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.access.Principal;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.RandomValues;
import io.hawser.core.match.ContentMatcher;
import io.hawser.core.match.ContentMatcher.Predicate;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InterestBytesTest {
    private static Interest random(Random random) {
        RandomValues values = new RandomValues(random);
        List<Predicate> predicates = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            String name = i + values.text();
            predicates.add(
                    switch (random.nextInt(4)) {
                        case 0 -> new ContentMatcher.Equal(name, Value.of(values.text()));
                        case 1 -> new ContentMatcher.Equal(name, Value.of(random.nextLong()));
                        case 2 -> new ContentMatcher.Present(name);
                        default -> new ContentMatcher.Absent(name);
                    });
        }
        TopicPattern topic =
                TopicPattern.parse(List.of(">", "a/*/c", "a/>", "a").get(random.nextInt(4)));
        Optional<Regexp> regexp = random.nextBoolean() ? Optional.of(Regexp.compile("^a(?<x>.*)$")) : Optional.empty();
        Optional<String> channel = random.nextBoolean() ? Optional.of(values.text()) : Optional.empty();
        Optional<String> except = random.nextBoolean() ? Optional.of(values.text()) : Optional.empty();
        Optional<Reader> reader = random.nextBoolean()
                ? Optional.of(new Reader(new Principal(values.text(), Set.of("g" + values.text(), "h")), topic))
                : Optional.empty();
        return new Interest(
                topic,
                new ContentMatcher(predicates),
                regexp,
                new Scope(channel, random.nextBoolean(), except, reader));
    }

    @Test
    void everyInterestComesBackAsItWas() throws BytesException {
        for (long seed = 0; seed < 1_000; seed++) {
            Interest written = random(new Random(seed));
            Interest read = InterestBytes.read(InterestBytes.write(written));
            assertThat(read.topic()).as("seed %d", seed).isEqualTo(written.topic());
            assertThat(read.content()).as("seed %d", seed).isEqualTo(written.content());
            assertThat(read.scope()).as("seed %d", seed).isEqualTo(written.scope());
            assertThat(read.regexp().map(Regexp::text))
                    .as("seed %d", seed)
                    .isEqualTo(written.regexp().map(Regexp::text));
        }
    }

    /** Version 1 ended after what it does not hear. */
    @Test
    void anInterestOfVersionOneHasNoReader() throws BytesException {
        byte[] now = InterestBytes.write(Interest.inTopic(TopicPattern.parse("a/*"), Scope.OPEN));
        byte[] then = Arrays.copyOf(now, now.length - 2);
        then[0] = 1;
        assertThat(InterestBytes.read(then)).isEqualTo(Interest.inTopic(TopicPattern.parse("a/*"), Scope.OPEN));
    }

    @Test
    void whatIsCutOffIsRefused() {
        byte[] whole = InterestBytes.write(random(new Random(3)));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> InterestBytes.read(cut))
                    .as("cut to %d", length)
                    .isInstanceOf(BytesException.class);
        }
    }

    @Test
    void damagedBytesAreReadOrRefusedAndNothingElse() {
        int refused = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = InterestBytes.write(random(random));
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(InterestBytes.read(bytes)).as("seed %d", seed).isNotNull();
            } catch (BytesException expected) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void whatNobodyCouldSubscribeToIsRefused() {
        refused(start(">").count(0).optional(Optional.of("(")).octet(0).octet(1).octet(0), "Unclosed group");
        refused(start("a/>/b").count(0), "must be the last segment");
        refused(start(">").count(1).octet(4).text("x"), "no kind of predicate 4");
        refused(start(">").count(2).octet(2).text("x").octet(3).text("x"), "two predicates about x");
        refused(new ByteWriter().octet(9), "an interest of version 9; this program reads 2");
    }

    private static ByteWriter start(String topic) {
        return new ByteWriter().octet(1).text(topic);
    }

    private static void refused(ByteWriter bytes, String why) {
        assertThatThrownBy(() -> InterestBytes.read(bytes.toByteArray()))
                .isInstanceOf(BytesException.class)
                .hasMessageContaining(why);
    }
}
