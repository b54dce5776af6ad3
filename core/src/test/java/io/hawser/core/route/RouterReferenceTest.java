package io.hawser.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.access.Principal;
import io.hawser.core.count.Counters;
import io.hawser.core.match.ContentMatcher;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Message;
import io.hawser.core.message.TestMessages;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.session.Session;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.time.ManualClock;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The indexed snapshot against a walk over a list, on random subscriptions and messages from a small world. */
class RouterReferenceTest {
    private static final int ROUNDS = 300;
    private static final int STEPS = 60;
    private static final String[] SEGMENTS = {"a", "b", "*"};
    private static final String[] ORIGINS = {"o1", "o2"};
    private static final String[] REGEXPS = {"^go (\\S+)", "stop", "(x|y)$", "^go north (.*)", "."};
    private static final String[] TEXTS = {"go north now", "go east", "please stop", "ends with x", ""};

    @Test
    void agreesWithTheNaiveReference() {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = 77_000L + round;
            run(seed);
        }
    }

    private static void run(long seed) {
        Random random = new Random(seed);
        List<Subscription> reference = new ArrayList<>();
        Interests interests = Interests.NONE;
        int matched = 0;
        for (int step = 0; step < STEPS; step++) {
            int choice = random.nextInt(10);
            if (choice < 4) {
                Subscription added = subscription(random);
                reference.removeIf(old -> sameDurable(old, added));
                reference.add(added);
                interests = interests.with(added);
            } else if (choice < 6 && !reference.isEmpty()) {
                Subscription removed = reference.remove(random.nextInt(reference.size()));
                interests = interests.without(removed);
            } else {
                Message message = message(random);
                List<Subscription> got = new ArrayList<>();
                interests.match(message, (subscription, captures) -> got.add(subscription));
                List<Subscription> wanted = reference.stream()
                        .filter(subscription -> wants(subscription.interest(), message))
                        .toList();
                matched += wanted.size();
                assertThat(got)
                        .as("seed %d step %d: %s %s", seed, step, message, message.fields())
                        .containsExactlyInAnyOrderElementsOf(wanted);
            }
        }
        assertThat(interests.size()).as("seed %d, %d matches", seed, matched).isEqualTo(reference.size());
    }

    private static boolean sameDurable(Subscription old, Subscription added) {
        return old instanceof DurableSubscription one
                && added instanceof DurableSubscription two
                && one.name().equals(two.name());
    }

    private static boolean wants(Interest interest, Message message) {
        Scope scope = interest.scope();
        Optional<String> channel = message.headers().channel();
        boolean inScope = (scope.everywhere() || scope.channel().equals(channel))
                && !scope.except().equals(Optional.of(message.headers().source().origin()))
                && scope.aside()
                        .filter(aside -> aside.matches(message.topic().text()))
                        .isEmpty();
        String topic = interest.topic().toString().replace("*", "[^/]*").replace(">", ".+");
        boolean inContent = interest.content().predicates().stream().allMatch(p -> p.holds(message.fields()));
        boolean inText = interest.regexp().isEmpty()
                || Optional.of(message.spoken())
                        .filter(said -> interest.everything() || message.text().isPresent())
                        .filter(text -> Pattern.compile(interest.regexp().get().text())
                                .matcher(text)
                                .find())
                        .isPresent();
        return inScope && Pattern.matches(topic, message.topic().text()) && inContent && inText;
    }

    private static Subscription subscription(Random random) {
        Interest interest = new Interest(
                random.nextInt(3) == 0 ? TopicPattern.parse(">") : TopicPattern.parse(pattern(random)),
                random.nextBoolean() ? ContentMatcher.ALL : content(random),
                random.nextInt(3) == 0 ? Optional.of(Regexp.compile(pick(random, REGEXPS))) : Optional.empty(),
                new Scope(
                        random.nextInt(4) == 0 ? Optional.of("c" + random.nextInt(2)) : Optional.empty(),
                        random.nextInt(4) != 0,
                        random.nextInt(4) == 0 ? Optional.of(pick(random, ORIGINS)) : Optional.empty(),
                        Optional.empty(),
                        random.nextInt(4) == 0 ? Optional.of(TopicPattern.parse(pattern(random))) : Optional.empty(),
                        false),
                random.nextInt(3) == 0);
        if (random.nextInt(5) == 0) {
            return new DurableSubscription(new DurableName("s", "d" + random.nextInt(3)), interest);
        }
        Session<String> session = new Session<>(
                "s", new Principal("p"), new ManualClock(), OutboxLimits.DEFAULT, new Counters(), () -> {});
        return new LiveSubscription<>(interest, session, "k");
    }

    private static String pattern(Random random) {
        StringBuilder pattern = new StringBuilder(pick(random, SEGMENTS));
        for (int depth = random.nextInt(3); depth > 0; depth--) {
            pattern.append('/').append(pick(random, SEGMENTS));
        }
        return random.nextInt(4) == 0 ? pattern.append("/>").toString() : pattern.toString();
    }

    private static ContentMatcher content(Random random) {
        List<ContentMatcher.Predicate> predicates = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String name = "f" + i;
            switch (random.nextInt(5)) {
                case 0 -> predicates.add(new ContentMatcher.Equal(name, value(random)));
                case 1 -> predicates.add(new ContentMatcher.Present(name));
                case 2 -> predicates.add(new ContentMatcher.Absent(name));
                default -> {
                    // this field does not matter
                }
            }
        }
        return new ContentMatcher(predicates);
    }

    private static Value value(Random random) {
        return random.nextBoolean() ? Value.of(random.nextInt(2)) : Value.of("v" + random.nextInt(2));
    }

    private static Message message(Random random) {
        Fields.Builder fields = Fields.builder();
        for (int i = 0; i < 3; i++) {
            if (random.nextBoolean()) {
                fields.put("f" + i, random.nextInt(6) == 0 ? Value.of(1.0) : value(random));
            }
        }
        if (random.nextBoolean()) {
            fields.put(Message.TEXT, pick(random, TEXTS));
        }
        StringBuilder topic = new StringBuilder(random.nextBoolean() ? "a" : "b");
        for (int depth = random.nextInt(3); depth > 0; depth--) {
            topic.append('/').append(random.nextBoolean() ? "a" : "b");
        }
        Optional<String> channel = random.nextBoolean() ? Optional.of("c" + random.nextInt(2)) : Optional.empty();
        return TestMessages.in(channel, pick(random, ORIGINS), topic.toString(), fields.build());
    }

    private static <T> T pick(Random random, T[] from) {
        return from[random.nextInt(from.length)];
    }
}
