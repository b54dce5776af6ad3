package io.hawser.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.access.Access;
import io.hawser.core.access.Principal;
import io.hawser.core.access.Rule;
import io.hawser.core.access.Rules;
import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Message;
import io.hawser.core.message.TestMessages;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.session.Session;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.engine.MemoryStore;
import io.hawser.core.time.ManualClock;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RetainedTest {
    private static final Principal ME = new Principal("me");
    private static final TopicPattern ALL = TopicPattern.parse(">");

    private final ManualClock clock = new ManualClock();
    private final Counters counters = new Counters();
    private final MemoryStore store =
            new MemoryStore(new StoreThread(Runnable::run, clock, clock::schedule), DurableListener.NONE);
    private final List<String> heard = new ArrayList<>();
    private Conductor conductor = new Conductor(clock);
    private Retained retained = retained(10, 10_000);

    private Retained retained(int count, long bytes) {
        List<TopicPattern> topics = List.of(TopicPattern.parse("robot/*"), TopicPattern.parse("ivy/>"));
        return new Retained(new RetainedSettings(topics, count, bytes), counters, records());
    }

    private StoredRetained records() {
        return new StoredRetained(
                store.records(),
                new StoreThread(clock, clock, clock::schedule),
                problem -> heard.add("problem: " + problem));
    }

    private Router router(Access access) {
        return new Router(conductor, store, access, counters, List.of(), List.of(), retained);
    }

    private void publish(String topic, long n) {
        router(Access.ALLOW_ALL)
                .publish(ME, TestMessages.on(topic, Fields.builder().put("n", n).build()));
    }

    private void subscribe(Interest interest, Optional<Group> group) {
        List<Session<String>> own = new ArrayList<>();
        Session<String> session = new Session<>("s", ME, clock, OutboxLimits.DEFAULT, counters, () -> {
            for (Delivery<String> next = own.get(0).poll();
                    next != null;
                    next = own.get(0).poll()) {
                heard.add(said(next.message()) + next.captures().asList());
            }
        });
        own.add(session);
        router(Access.ALLOW_ALL).welcome(conductor, new LiveSubscription<>(interest, session, "k", group));
        clock.run();
    }

    private void subscribe(String topics) {
        subscribe(Interest.inTopic(TopicPattern.parse(topics), Scope.OPEN), Optional.empty());
    }

    private static String said(Message message) {
        return message.topic() + "="
                + message.fields().get("n").map(Object::toString).orElse("-");
    }

    @Test
    void aNewcomerHearsTheLastOfEachTopicThatItWantsAndThenWhatComes() {
        publish("robot/1", 1);
        publish("robot/1", 2);
        publish("robot/2", 3);
        publish("rover/1", 4);
        subscribe("robot/*");
        assertThat(heard).containsExactlyInAnyOrder("robot/1=2[]", "robot/2=3[]");
        heard.clear();
        publish("robot/1", 5);
        clock.run();
        assertThat(heard).containsExactly("robot/1=5[]");
        heard.clear();
        subscribe("robot/2");
        subscribe("rover/1");
        assertThat(heard).containsExactly("robot/2=3[]");
    }

    @Test
    void itHearsOnlyWhatItMayAndWhatDidNotComeFromItselfAndOnlyWhereItsRegexpIsFound() {
        router(Access.ALLOW_ALL).publish(ME, TestMessages.from("ivy/lab", "ivy/lab/A", Message.textFields("GPS 1 2")));
        router(Access.ALLOW_ALL).publish(ME, TestMessages.on("ivy/lab/B", Message.textFields("BAT 3")));
        Interest gps = Interest.inText(Regexp.compile("^GPS (\\S+)"), Scope.except("ivy/field"));
        subscribe(gps, Optional.empty());
        assertThat(heard).containsExactly("ivy/lab/A=-[1]");
        heard.clear();
        subscribe(Interest.inTopic(ALL, Scope.except("ivy/lab")), Optional.empty());
        assertThat(heard).containsExactly("ivy/lab/B=-[]");
        heard.clear();
        Rules rules = new Rules(List.of(Rule.parse("allow * * >"), Rule.parse("deny me subscribe ivy/lab/B")));
        Interest mine = Interest.inTopic(ALL, Scope.OPEN).heardBy(ME, rules).orElseThrow();
        Session<String> session = new Session<>("s", ME, clock, OutboxLimits.DEFAULT, counters, () -> {});
        router(rules).welcome(conductor, new LiveSubscription<>(mine, session, "k"));
        clock.run();
        assertThat(session.waiting()).isOne();
    }

    @Test
    void whoSharesHearsOnlyWhatComes() {
        publish("robot/1", 1);
        subscribe(Interest.inTopic(ALL, Scope.OPEN), Optional.of(new Group("g")));
        assertThat(heard).isEmpty();
    }

    @Test
    void aMessageWithoutFieldsAndAnOperatorEndWhatIsKept() {
        publish("robot/1", 1);
        publish("robot/2", 2);
        router(Access.ALLOW_ALL).publish(ME, TestMessages.on("robot/1", Fields.EMPTY));
        assertThat(retained.remove("robot/2").map(RetainedTest::said)).contains("robot/2=2");
        assertThat(retained.remove("robot/2")).isEmpty();
        assertThat(retained.list(ALL)).isEmpty();
        subscribe(">");
        assertThat(heard).isEmpty();
    }

    @Test
    void requestsAndWhatIsConfinedToAChannelAreNotKept() {
        router(Access.ALLOW_ALL)
                .publish(ME, TestMessages.in(Optional.of("side"), "test", "robot/1", Message.textFields("x")));
        assertThat(retained.list(ALL)).isEmpty();
    }

    @Test
    void whatIsBeyondTheLimitsIsHeardAndCountedAndNotKept() {
        retained = retained(2, 10_000);
        publish("robot/1", 1);
        publish("robot/2", 2);
        publish("robot/3", 3);
        assertThat(retained.list(ALL)).extracting(RetainedTest::said).containsExactly("robot/1=1", "robot/2=2");
        assertThat(counters.get(Counter.NOT_RETAINED)).isEqualTo(1);
        retained = retained(10, 199);
        publish("robot/4", 1);
        publish("robot/5", 2);
        assertThat(retained.list(ALL)).extracting(RetainedTest::said).containsExactly("robot/4=1");
        publish("robot/4", 2);
        assertThat(retained.list(ALL)).extracting(RetainedTest::said).containsExactly("robot/4=2");
    }

    @Test
    void aTopicThatTheStoreCannotKeepIsHeardAndCountedAndNotKept() {
        publish("robot/" + "x".repeat(506), 1);
        publish("robot/" + "x".repeat(507), 2);
        publish("robot/" + "\u20ac".repeat(169), 3);
        assertThat(retained.list(ALL))
                .extracting(message -> message.fields().find("n"))
                .containsExactly(new Value.Int(1));
        assertThat(counters.get(Counter.NOT_RETAINED)).isEqualTo(2);
    }

    @Test
    void itIsThereAgainAfterARestartAsFarAsItIsStillConfigured() {
        publish("robot/1", 1);
        publish("robot/1", 2);
        publish("robot/2", 1);
        clock.run();
        retained.remove("robot/2");
        clock.run();
        retained = retained(10, 10_000);
        assertThat(retained.list(ALL)).extracting(RetainedTest::said).containsExactly("robot/1=2");
        assertThat(new Retained(RetainedSettings.NONE, counters, records()).list(ALL))
                .isEmpty();
        clock.run();
        assertThat(retained(10, 10_000).list(ALL)).isEmpty();
    }

    @Test
    void aCrowdOfNewcomersDoesNotKeepOthersWaiting() {
        List<TopicPattern> all = List.of(ALL);
        retained = new Retained(new RetainedSettings(all, 10_000, 1 << 30), counters, RetainedRecords.NONE);
        for (int i = 0; i < 3 * Retained.STRETCH + 1; i++) {
            publish("robot/" + i, i);
        }
        List<String> done = new ArrayList<>();
        Session<String> session = new Session<>("s", ME, clock, new OutboxLimits(1 << 20, 1 << 30), counters, () -> {});
        for (String topics : List.of(">", "robot/*", "robot/7", "rover/*")) {
            LiveSubscription<String> newcomer =
                    new LiveSubscription<>(Interest.inTopic(TopicPattern.parse(topics), Scope.OPEN), session, topics);
            router(Access.ALLOW_ALL).welcome(conductor, newcomer).thenRun(() -> done.add(topics));
        }
        clock.run();
        assertThat(done).containsExactly("robot/7", ">", "robot/*", "rover/*");
        Map<String, Long> heard = Stream.generate(session::poll)
                .takeWhile(Objects::nonNull)
                .collect(Collectors.groupingBy(Delivery::key, Collectors.counting()));
        assertThat(heard)
                .isEqualTo(Map.of(">", 3L * Retained.STRETCH + 1, "robot/*", 3L * Retained.STRETCH + 1, "robot/7", 1L));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 2 * Retained.STRETCH})
    void whoeverSubscribesWhileOthersPublishMissesNothingAndHearsNothingTwiceOrBackwards(int topics) throws Exception {
        retained = retained(topics, 1 << 20);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        conductor = new Conductor(threads);
        Router router = router(Access.ALLOW_ALL);
        AtomicBoolean over = new AtomicBoolean();
        try {
            Future<?> publishing = threads.submit(() -> {
                for (long n = 1; !over.get(); n++) {
                    router.publish(
                            ME,
                            TestMessages.on(
                                    "robot/" + n % topics,
                                    Fields.builder().put("n", n / topics).build()));
                }
            });
            for (int i = 0; i < 300; i++) {
                Session<String> session =
                        new Session<>("s", ME, task -> {}, new OutboxLimits(1 << 20, 1 << 30), counters, () -> {});
                LiveSubscription<String> newcomer =
                        new LiveSubscription<>(Interest.inTopic(ALL, Scope.OPEN), session, "k");
                router.welcome(conductor, newcomer).join();
                conductor.remove(newcomer).join();
                check(session, topics, i);
            }
            over.set(true);
            publishing.get(10, TimeUnit.SECONDS);
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    /** Of each topic the numbers begin anywhere and then follow one another. */
    private static void check(Session<String> session, int topics, int round) {
        long[] last = new long[topics];
        Arrays.fill(last, -1);
        for (Delivery<String> next = session.poll(); next != null; next = session.poll()) {
            int topic = Integer.parseInt(next.message().topic().text().substring(6));
            long n = Long.parseLong(
                    next.message().fields().get("n").orElseThrow().toString());
            assertThat(last[topic] < 0 || n == last[topic] + 1)
                    .as("round %d, topic %d: %d behind %d", round, topic, n, last[topic])
                    .isTrue();
            last[topic] = n;
        }
    }
}
