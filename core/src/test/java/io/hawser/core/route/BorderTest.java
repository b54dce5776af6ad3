package io.hawser.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.access.Authenticator;
import io.hawser.core.access.Principal;
import io.hawser.core.access.Rule;
import io.hawser.core.access.Rules;
import io.hawser.core.border.Border;
import io.hawser.core.border.Crossing;
import io.hawser.core.border.Rate;
import io.hawser.core.border.Rename;
import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.TestMessages;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.session.Session;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.durable.MessageId;
import io.hawser.core.store.engine.MemoryStore;
import io.hawser.core.time.ManualClock;
import io.hawser.core.value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Gateways behind borders on one bus. */
class BorderTest {
    private static final Principal ME = new Principal("me");

    private final ManualClock clock = new ManualClock();
    private final Counters counters = new Counters();
    private final MemoryStore store =
            new MemoryStore(new StoreThread(clock, clock, clock::schedule), DurableListener.NONE);
    private final Rules rules =
            new Rules(List.of(Rule.parse("allow * * >"), Rule.parse("deny * publish copter/*/reboot")));
    private final Conductor conductor = new Conductor(clock);
    private final Bus bus = new Bus(
            new Router(conductor, store, rules, counters),
            conductor,
            store,
            Authenticator.BELIEVE,
            rules,
            counters,
            clock,
            OutboxLimits.DEFAULT,
            DurableSettings.DEFAULT);
    private final List<String> heard = new ArrayList<>();

    @Test
    void aBorderThatIsOpenCostsNothing() {
        assertThat(bus.behind("x", Border.OPEN)).isSameAs(bus);
    }

    @Test
    void whatComesInHasItsNewNameForEverybodyAndWhatMayNotIsKeptOut() {
        Bus lab = bus.behind(
                "ivy.lab", new Border(crossing("only ivy/lab/*", "rename ivy/lab/* robots/{1}"), Crossing.OPEN));
        hear(bus, "web", ">");
        assertThat(say(lab, "ivy/lab/7")).isEqualTo(new Receipt.Routed(1, false));
        assertThat(say(lab, "ivy/lab/7/state"))
                .isEqualTo(new Receipt.KeptOut("ivy.lab.in lets nothing pass on ivy/lab/7/state"));
        assertThat(heard).containsExactly("web robots/7");
    }

    @Test
    void whoIsBehindABorderAsksAndHearsByItsNames() {
        Bus fleet = bus.behind("clever", new Border(Crossing.OPEN, crossing("rename robots/*/* copter/{1}/{2}")));
        hear(fleet, "copter", "copter/7/>");
        hear(fleet, "never", "robots/>");
        hear(bus, "web", "robots/>");
        assertThat(say(bus, "robots/7/land")).isEqualTo(new Receipt.Routed(2, false));
        assertThat(say(bus, "robots/8/land")).isEqualTo(new Receipt.Routed(1, false));
        assertThat(say(bus, "copter/7/land")).isEqualTo(new Receipt.Routed(1, false));
        assertThat(heard)
                .containsExactlyInAnyOrder(
                        "copter copter/7/land", "web robots/7/land", "web robots/8/land", "copter copter/7/land");
    }

    @Test
    void noNewNameOpensWhatARuleHasClosed() {
        Bus fleet = bus.behind("clever", new Border(Crossing.OPEN, crossing("rename robots/*/* copter/{1}/{2}")));
        Bus lab = bus.behind("ivy.lab", new Border(crossing("rename ivy/lab/* copter/{1}/reboot"), Crossing.OPEN));
        hear(fleet, "copter", "copter/>");
        hear(bus, "web", ">");
        assertThat(say(bus, "robots/7/reboot")).isEqualTo(new Receipt.Routed(1, false));
        assertThat(say(lab, "ivy/lab/7")).isInstanceOf(Receipt.Refused.class);
        assertThat(heard).containsExactly("web robots/7/reboot");
        assertThat(counters.get(Counter.REFUSED)).isEqualTo(2);
    }

    @Test
    void aRateHoldsForAllBehindTheBorderTogetherAndForNobodyElse() {
        Bus pages = bus.behind("eftl", new Border(Crossing.OPEN, crossing("rates t 2/s")));
        hear(pages, "one", "t");
        hear(pages, "two", ">");
        hear(bus, "all", "t");
        for (int i = 0; i < 5; i++) {
            say(bus, "t");
        }
        assertThat(heard).filteredOn(each -> each.equals("one t")).hasSize(2);
        assertThat(heard).filteredOn(each -> each.equals("two t")).hasSize(2);
        assertThat(heard).filteredOn(each -> each.equals("all t")).hasSize(5);
        assertThat(counters.get(Counter.THINNED_AT_BORDER)).isEqualTo(3);
    }

    @Test
    void durablesBehindABorderKeepWhatItLetsPassUnderItsNewName() {
        Bus pages = bus.behind("eftl", new Border(Crossing.OPEN, crossing("not b", "rename a c")));
        List<DurableName> names = List.of(new DurableName("s", "in"), new DurableName("s", "out"));
        for (DurableName name : names) {
            store.durables().define(name, DurableSettings.DEFAULT, new byte[0]);
        }
        conductor.add(new DurableSubscription(names.get(0), everything()));
        pages.conductor().add(new DurableSubscription(names.get(1), everything()));
        clock.run();
        Receipt both = bus.router().publish(ME, TestMessages.on("a", Fields.EMPTY), new MessageId("life", 1));
        Receipt again = bus.router().publish(ME, TestMessages.on("a", Fields.EMPTY), new MessageId("life", 1));
        assertThat(say(bus, "b")).isInstanceOfSatisfying(Receipt.Storing.class, one -> assertThat(one.receivers())
                .isEqualTo(1));
        clock.run();
        assertThat(((Receipt.Storing) both).stored()).isCompleted();
        assertThat(((Receipt.Storing) again).stored()).isCompleted();
        assertThat(both).isInstanceOfSatisfying(Receipt.Storing.class, two -> assertThat(two.receivers())
                .isEqualTo(2));
        assertThat(kept(names.get(0))).containsExactly("a", "b");
        assertThat(kept(names.get(1))).containsExactly("c");
    }

    @Test
    void aDurableMovesBehindABorderAndWhoLeavesIsForgotten() {
        Bus pages = bus.behind("eftl", new Border(Crossing.OPEN, crossing("not b")));
        DurableName name = new DurableName("s", "d");
        conductor.add(new DurableSubscription(name, everything()));
        DurableSubscription newer = new DurableSubscription(name, everything());
        pages.conductor().add(newer);
        LiveSubscription<String> live = hear(pages, "one", "a");
        assertThat(conductor.interests().size()).isEqualTo(2);
        assertThat(conductor.interests().durable(name)).contains(newer);
        conductor.remove(newer);
        conductor.remove(live);
        clock.run();
        assertThat(conductor.interests().size()).isZero();
        assertThat(conductor.interests().borderless()).isTrue();
    }

    @Test
    void whetherAnybodyHearsIsAskedByTheNamesOnTheBusAndInDoubtSomebodyDoes() {
        TopicPattern texts = TopicPattern.parse("ivy/lab/*");
        Bus filtered = bus.behind("eftl", new Border(Crossing.OPEN, crossing("not b")));
        LiveSubscription<String> other = hear(filtered, "one", "other/*");
        assertThat(anyone(bus, texts)).isFalse();
        hear(filtered, "two", "ivy/lab/*");
        assertThat(anyone(bus, texts)).isTrue();
        conductor.remove(other);
        Bus quiet = bus.behind("ivy.lab", new Border(crossing("rename x y"), Crossing.OPEN));
        assertThat(anyone(quiet, TopicPattern.parse("ivy/far/*"))).isTrue();
        assertThat(anyone(bus, TopicPattern.parse("ivy/far/*"))).isFalse();
        hear(bus.behind("clever", new Border(Crossing.OPEN, crossing("rename ivy/*/* c/{2}"))), "three", "c/*");
        assertThat(anyone(bus, TopicPattern.parse("ivy/far/*"))).isTrue();
    }

    private boolean anyone(Bus from, TopicPattern texts) {
        return from.router().anyoneHears(conductor.interests(), "ivy/lab", texts);
    }

    private List<String> kept(DurableName name) {
        var found = store.durables().view(name, 0, 10);
        clock.run();
        return found.join().stream().map(each -> each.message().topic().text()).toList();
    }

    private static Interest everything() {
        return Interest.inTopic(TopicPattern.parse(">"), Scope.OPEN);
    }

    private LiveSubscription<String> hear(Bus from, String name, String topics) {
        List<Session<String>> self = new ArrayList<>();
        self.add(new Session<>(name, ME, clock, OutboxLimits.DEFAULT, counters, () -> {
            for (Delivery<String> next = self.get(0).poll();
                    next != null;
                    next = self.get(0).poll()) {
                heard.add(next.key() + " " + next.message().topic());
            }
        }));
        LiveSubscription<String> live =
                new LiveSubscription<>(Interest.inTopic(TopicPattern.parse(topics), Scope.OPEN), self.get(0), name);
        from.conductor().add(live);
        clock.run();
        return live;
    }

    private Receipt say(Bus from, String topic) {
        Receipt receipt = from.router().publish(ME, TestMessages.on(topic, Fields.EMPTY));
        clock.run();
        return receipt;
    }

    private static Crossing crossing(String... lines) {
        return new Crossing(
                of("only", lines).map(TopicPattern::parse).toList(),
                of("not", lines).map(TopicPattern::parse).toList(),
                of("rename", lines).map(Rename::parse).toList(),
                of("rates", lines).map(Rate::parse).toList());
    }

    private static Stream<String> of(String key, String... lines) {
        return Stream.of(lines)
                .filter(line -> line.startsWith(key + " "))
                .map(line -> line.substring(key.length() + 1));
    }
}
