package io.hawser.core.border;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Encoding;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.message.Source;
import io.hawser.core.message.TestMessages;
import io.hawser.core.message.Topic;
import io.hawser.core.time.ManualClock;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private static final Headers REQUEST = new Headers(
            new Source("test", "me", "here"),
            0,
            Optional.empty(),
            Optional.of(new ReplyTo("inbox/1", 7)),
            OptionalLong.empty());

    private final ManualClock clock = new ManualClock();
    private final Counters counters = new Counters();

    @Test
    void whatIsNotAmongTheTopicsOrAmongThoseExceptedIsKeptOut() {
        Checkpoint point = point(List.of("a/>", "b"), List.of("a/secret/*"), List.of(), List.of());
        assertThat(name(point, "a/x")).isEqualTo("a/x");
        assertThat(name(point, "b")).isEqualTo("b");
        assertThat(point.judge(on("a/secret/x")))
                .isEqualTo(new Ruling.KeptOut("lab.in lets nothing pass on a/secret/x"));
        assertThat(point.judge(on("c"))).isInstanceOf(Ruling.KeptOut.class);
        assertThat(counters.get(Counter.KEPT_AT_BORDER)).isEqualTo(2);
    }

    @Test
    void eachTopicIsThinnedForItselfByTheFirstRateThatIsForIt() {
        Checkpoint point = point(List.of(), List.of(), List.of(), List.of("a/slow 1/s", "a/* 3/s"));
        for (int i = 0; i < 5; i++) {
            point.judge(on("a/slow"));
            point.judge(on("a/x"));
            point.judge(on("a/y"));
            point.judge(on("free"));
        }
        assertThat(counters.get(Counter.THINNED_AT_BORDER)).isEqualTo(4 + 2 + 2);
        clock.advance(Duration.ofSeconds(1));
        assertThat(name(point, "a/slow")).isEqualTo("a/slow");
    }

    @Test
    void aNewNameIsTheLastThingThatAMessageGets() {
        Checkpoint point = point(List.of("a/*"), List.of(), List.of("a/* b/{1}", "> c"), List.of("b/* 1/h"));
        assertThat(name(point, "a/x")).isEqualTo("b/x");
        assertThat(name(point, "a/x")).isEqualTo("b/x");
        assertThat(point.judge(on("b/x"))).isInstanceOf(Ruling.KeptOut.class);
    }

    @Test
    void aMessageUnderANewNameIsTheSameButForWhatSpeaksOfTheTopic() {
        Encoding topic = message -> message.topic().text().getBytes(StandardCharsets.UTF_8);
        Message message = TestMessages.on("a", Fields.of("x", Value.of(1))).withText("said");
        assertThat(message.encoded(topic)).isEqualTo(new byte[] {'a'});
        Message renamed = message.renamed(new Topic("b"));
        assertThat(renamed.encoded(topic)).isEqualTo(new byte[] {'b'});
        assertThat(renamed.text()).contains("said");
        assertThat(renamed.fields()).isEqualTo(message.fields());
        assertThat(renamed.headers()).isEqualTo(message.headers());
        assertThat(renamed.weight()).isEqualTo(message.weight());
    }

    @Test
    void aNameThatWouldBeTooLongKeepsTheMessageOut() {
        Checkpoint point = point(List.of(), List.of(), List.of("* {1}/{1}"), List.of());
        int half = Topic.MAX_LENGTH / 2;
        assertThat(name(point, "x".repeat(half - 1))).hasSize(2 * half - 1);
        assertThat(point.judge(on("x".repeat(half))))
                .isInstanceOfSatisfying(Ruling.KeptOut.class, kept -> assertThat(kept.reason())
                        .contains("a name of 1025 characters")
                        .contains("the limit is 1024"));
    }

    @Test
    void requestsAreNeverThinnedAndWhatIsConfinedPassesAsItIs() {
        Checkpoint point = point(List.of("a"), List.of(), List.of("a b"), List.of("a 1/h"));
        Message request = Message.builder(new Topic("a"), REQUEST).fields(Fields.EMPTY);
        for (int i = 0; i < 3; i++) {
            assertThat(point.judge(request)).isInstanceOf(Ruling.Passed.class);
        }
        Message confined = TestMessages.in(Optional.of("side"), "here", "z", Fields.EMPTY);
        assertThat(point.judge(confined)).isEqualTo(new Ruling.Passed(confined));
    }

    @Test
    void meteredTopicsAreBounded() {
        Meters meters = new Meters();
        for (int i = 0; i < 3 * Meters.MOST; i++) {
            meters.of("often").incrementAndGet();
            meters.of("topic/" + i);
        }
        assertThat(meters.size()).isLessThanOrEqualTo(Meters.MOST + 2);
        assertThat(meters.of("often").get()).isEqualTo(3L * Meters.MOST);
        assertThat(meters.of("topic/1").get()).isZero();
    }

    private static Message on(String topic) {
        return TestMessages.on(topic, Fields.EMPTY);
    }

    private static String name(Checkpoint point, String topic) {
        return ((Ruling.Passed) point.judge(on(topic))).message().topic().text();
    }

    private Checkpoint point(List<String> only, List<String> not, List<String> renames, List<String> rates) {
        Crossing crossing = new Crossing(
                patterns(only),
                patterns(not),
                renames.stream().map(Rename::parse).toList(),
                rates.stream().map(Rate::parse).toList());
        return new Checkpoint("lab.in", crossing, clock, counters);
    }

    private static List<TopicPattern> patterns(List<String> texts) {
        return texts.stream().map(TopicPattern::parse).toList();
    }
}
