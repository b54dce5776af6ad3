package io.hawser.core.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.access.Authenticator;
import io.hawser.core.access.Principal;
import io.hawser.core.access.Rule;
import io.hawser.core.access.Rules;
import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Ending;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Conductor;
import io.hawser.core.route.Interest;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.route.Router;
import io.hawser.core.route.Scope;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.session.Session;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.engine.MemoryStore;
import io.hawser.core.time.ManualClock;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests on the real bus, with time that is turned by hand: each ends once, in time, and with what is its own. */
class RequestsTest {
    private static final Principal ME = new Principal("me");
    private static final Source HERE = new Source("test", "somebody", "test");
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String ASKED = "ask/it";

    private final ManualClock time = new ManualClock();
    /** How much the wall clock is off: somebody sets it. */
    private Duration jump = Duration.ZERO;

    private final Counters counters = new Counters();
    private final MemoryStore store =
            new MemoryStore(new StoreThread(time, time, time::schedule), DurableListener.NONE);
    private final Rules rules = new Rules(List.of(Rule.parse("allow * * >"), Rule.parse("deny * request closed")));
    private final Conductor conductor = new Conductor(time);
    private final Bus bus = new Bus(
            new Router(conductor, store, rules, counters),
            conductor,
            store,
            Authenticator.BELIEVE,
            rules,
            counters,
            () -> time.instant().plus(jump),
            OutboxLimits.DEFAULT,
            DurableSettings.DEFAULT);

    /** How one request ended, and when. */
    private record End(Ending ending, String told, Instant when) {}

    /** A request and all that became of it: exactly one thing, if all is well. */
    private final class Asked implements Requests.Outcome {
        private final Instant since = time.instant();
        private final List<End> ends = new ArrayList<>();

        @Override
        public void answered(Message reply) {
            ends.add(new End(Ending.DONE, reply.fields().string("to").orElse("?"), time.instant()));
        }

        @Override
        public void failed(Ending ending, String reason) {
            ends.add(new End(ending, reason, time.instant()));
        }

        private End end() {
            assertThat(ends).hasSize(1);
            return ends.get(0);
        }

        private Duration took() {
            return Duration.between(since, end().when());
        }
    }

    private Requests party(String name) {
        return new Requests(
                bus,
                time,
                (delay, task) -> time.schedule(delay, task)::cancel,
                PATIENCE,
                name,
                ME,
                Requests.INBOX + name);
    }

    private Asked ask(Requests party, String name, long number, Optional<Duration> wanted) {
        Asked asked = new Asked();
        Headers headers = new Headers(
                HERE,
                bus.clock().millis(),
                Optional.empty(),
                Optional.of(party.address(number, wanted)),
                OptionalLong.empty());
        Message request =
                Message.builder(new Topic(ASKED), headers).fields(Fields.of("to", Value.of(name + " " + number)));
        party.request(number, request, each -> bus.router().publish(ME, each), asked);
        return asked;
    }

    /** Hears what is asked. */
    private void answerer(Consumer<Message> hears) {
        List<Session<String>> self = new ArrayList<>();
        self.add(new Session<>("answerer", ME, time, OutboxLimits.DEFAULT, counters, () -> {
            for (Delivery<String> next = self.get(0).poll();
                    next != null;
                    next = self.get(0).poll()) {
                hears.accept(next.message());
            }
        }));
        conductor.add(new LiveSubscription<>(
                Interest.inTopic(TopicPattern.parse(ASKED), Scope.OPEN), self.get(0), "answerer"));
        time.run();
    }

    private void reply(Message request, Ending ending) {
        ReplyTo to = request.headers().replyTo().orElseThrow();
        String whose = request.fields().string("to").orElseThrow();
        Fields fields = Fields.builder().put("to", whose).put("error", whose).build();
        Headers headers = Headers.answering(to, HERE, bus.clock().millis(), ending);
        bus.router().publish(ME, Message.builder(new Topic(to.inbox()), headers).fields(fields));
    }

    @Test
    void theFirstReplyWinsAndOthersAreCounted() {
        answerer(request -> {
            reply(request, Ending.DONE);
            reply(request, Ending.FAILED);
        });
        Asked asked = ask(party("a"), "a", 7, Optional.empty());
        time.run();
        assertThat(asked.end()).isEqualTo(new End(Ending.DONE, "a 7", time.instant()));
        assertThat(counters.get(Counter.LATE_REPLIES)).isEqualTo(1);
        time.advance(PATIENCE.multipliedBy(2));
        assertThat(asked.end().ending()).isEqualTo(Ending.DONE);
    }

    @Test
    void aReplyThatComesTooLateIsCountedAndNobodyHearsIt() {
        answerer(request -> time.schedule(PATIENCE.plusMillis(1), () -> reply(request, Ending.DONE)));
        Asked asked = ask(party("a"), "a", 7, Optional.empty());
        time.advance(PATIENCE.minusMillis(1));
        assertThat(asked.ends).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(asked.end().told()).isEqualTo("no reply came within 1 s");
        assertThat(counters.get(Counter.LATE_REPLIES)).isZero();
        time.advance(Duration.ofMillis(1));
        assertThat(asked.end().ending()).isEqualTo(Ending.EXPIRED);
        assertThat(counters.get(Counter.LATE_REPLIES)).isEqualTo(1);
    }

    @Test
    void aClockThatIsSetEndsNoRequestSoonerOrLater() {
        answerer(request -> {});
        Requests party = party("a");
        Asked first = ask(party, "a", 1, Optional.empty());
        time.advance(Duration.ofMillis(100));
        jump = Duration.ofHours(1);
        Asked second = ask(party, "a", 2, Optional.of(Duration.ofMillis(300)));
        time.advance(Duration.ofMillis(100));
        jump = Duration.ofHours(-1);
        Asked third = ask(party, "a", 3, Optional.of(Duration.ofHours(9)));
        time.advance(PATIENCE.multipliedBy(2));
        assertThat(first.took()).isEqualTo(PATIENCE);
        assertThat(second.took()).isEqualTo(Duration.ofMillis(300));
        assertThat(third.took()).isEqualTo(PATIENCE);
    }

    @Test
    void whoIsNotThereOrMayNotBeAskedEndsItAtOnce() {
        Requests party = party("a");
        Asked nobody = ask(party, "a", 1, Optional.empty());
        time.run();
        assertThat(nobody.end().ending()).isEqualTo(Ending.ABSENT);
        assertThat(nobody.took()).isZero();
        Asked closed = new Asked();
        Headers headers = new Headers(
                HERE, 0, Optional.empty(), Optional.of(party.address(2, Optional.empty())), OptionalLong.empty());
        party.request(
                2,
                Message.builder(new Topic("closed"), headers).fields(Fields.EMPTY),
                each -> bus.router().publish(ME, each),
                closed);
        time.run();
        assertThat(closed.end().ending()).isEqualTo(Ending.DENIED);
    }

    @Test
    void moreThanMayWaitAreRefusedAndTheOthersGoOn() {
        answerer(request -> {});
        Requests party = party("a");
        List<Asked> all = new ArrayList<>();
        for (int n = 0; n <= 1_000; n++) {
            all.add(ask(party, "a", n, Optional.empty()));
        }
        assertThat(all.get(1_000).end().ending()).isEqualTo(Ending.REFUSED);
        assertThat(all.get(1_000).end().told()).startsWith("1000 requests wait for their reply already");
        time.advance(PATIENCE);
        assertThat(all.subList(0, 1_000))
                .allMatch(each ->
                        each.end().ending() == Ending.EXPIRED && each.took().equals(PATIENCE));
        Asked again = ask(party, "a", 1_001, Optional.empty());
        time.advance(PATIENCE);
        assertThat(again.took()).isEqualTo(PATIENCE);
    }

    /** What an answerer makes of a request. */
    private enum Fate {
        ANSWERED,
        FAILED,
        TWICE,
        LATE,
        MISSING
    }

    /** One of many requests, and what shall become of it. */
    private record Case(String whose, Fate fate, Duration delay, Asked asked) {
        boolean answered() {
            return fate != Fate.LATE && fate != Fate.MISSING;
        }

        Ending expected() {
            Ending answer = fate == Fate.FAILED ? Ending.FAILED : Ending.DONE;
            return answered() ? answer : Ending.EXPIRED;
        }
    }

    @Test
    void ofTenThousandRequestsEachEndsOnceInTimeAndWithWhatIsItsOwn() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<String, Case> cases = new HashMap<>();
        answerer(request -> answer(
                request,
                Objects.requireNonNull(cases.get(request.fields().string("to").orElseThrow())),
                Duration.ofMillis(random.nextInt(2_000))));
        List<Requests> parties =
                IntStream.range(0, 20).mapToObj(each -> party("p" + each)).toList();
        for (int n = 0; n < 500; n++) {
            for (int each = 0; each < parties.size(); each++) {
                Fate fate = Fate.values()[random.nextInt(Fate.values().length)];
                Duration delay = Duration.ofMillis(random.nextInt((int) PATIENCE.toMillis()));
                Asked asked = ask(parties.get(each), "p" + each, n, Optional.empty());
                Duration wait = fate == Fate.LATE ? PATIENCE.plusMillis(1).plus(delay) : delay;
                cases.put("p" + each + " " + n, new Case("p" + each + " " + n, fate, wait, asked));
            }
            time.advance(Duration.ofMillis(random.nextInt(20)));
        }
        time.advance(Duration.ofSeconds(5));

        for (Case each : cases.values()) {
            End end = each.asked().end();
            assertThat(end.ending()).as("%s, seed %d", each, seed).isEqualTo(each.expected());
            assertThat(end.told()).isEqualTo(each.answered() ? each.whose() : "no reply came within 1 s");
            assertThat(each.asked().took()).isEqualTo(each.answered() ? each.delay() : PATIENCE);
        }
        assertThat(counters.get(Counter.LATE_REPLIES))
                .as("seed %d", seed)
                .isEqualTo(cases.values().stream()
                        .filter(each -> each.fate() == Fate.LATE || each.fate() == Fate.TWICE)
                        .count());
    }

    private void answer(Message request, Case told, Duration later) {
        if (told.fate() != Fate.MISSING) {
            time.schedule(told.delay(), () -> reply(request, told.fate() == Fate.FAILED ? Ending.FAILED : Ending.DONE));
        }
        if (told.fate() == Fate.TWICE) {
            time.schedule(told.delay().plus(later), () -> reply(request, Ending.FAILED));
        }
    }

    @Test
    void whoLeavesHearsNothingMore() {
        answerer(request -> time.schedule(Duration.ofMillis(500), () -> reply(request, Ending.DONE)));
        Requests party = party("a");
        Asked asked = ask(party, "a", 1, Optional.empty());
        time.run();
        party.end();
        time.advance(PATIENCE.multipliedBy(2));
        assertThat(asked.ends).isEmpty();
    }
}
