package io.hawser.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.access.Access;
import io.hawser.core.access.Principal;
import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.Relay;
import io.hawser.core.message.Source;
import io.hawser.core.message.TestMessages;
import io.hawser.core.message.Topic;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What one message makes the hub say further. */
class RouterRelayTest {
    private static final Principal ME = new Principal("me");

    private final ManualClock clock = new ManualClock();
    private final Counters counters = new Counters();
    private final Conductor conductor = new Conductor(clock);
    private final MemoryStore store =
            new MemoryStore(new StoreThread(clock, clock, clock::schedule), DurableListener.NONE);
    private final List<String> heard = new ArrayList<>();
    private Session<String> session = session();

    @Test
    void whatIsRelayedIsHeardOnBothTopicsAndNoFurther() {
        Router relaying = relaying((who, action, topic) -> true);
        conductor.add(live("alarm", "alarm/*"));
        conductor.add(live("stop", "stop/*"));
        conductor.add(live("again", "again"));
        clock.run();
        assertThat(relaying.publish(ME, TestMessages.on("alarm/7", Fields.EMPTY)))
                .isEqualTo(new Receipt.Routed(2, false));
        assertThat(relaying.publish(ME, TestMessages.on("alarm/7/8", Fields.EMPTY)))
                .isEqualTo(new Receipt.Routed(0, false));
        clock.run();
        assertThat(heard).containsExactly("alarm", "stop");
    }

    @Test
    void whatIsConfinedToAChannelIsNotRelayed() {
        Router relaying = relaying((who, action, topic) -> true);
        conductor.add(live("stop", "stop/*"));
        clock.run();
        Headers confined = new Headers(new Source("test", "me", "test/me"), 0, Optional.of("elsewhere"));
        relaying.publish(ME, Message.builder(new Topic("alarm/7"), confined).fields(Fields.EMPTY));
        clock.run();
        assertThat(heard).isEmpty();
    }

    @Test
    void aRelayDoesNoMoreThanWhoSpeaksMay() {
        Router relaying = relaying((who, action, topic) -> topic.startsWith("alarm"));
        conductor.add(live("stop", "stop/*"));
        clock.run();
        assertThat(relaying.publish(ME, TestMessages.on("alarm/7", Fields.EMPTY)))
                .isEqualTo(new Receipt.Refused("me may not publish on stop/7"));
        conductor.add(live("alarm", "alarm/*"));
        clock.run();
        assertThat(relaying.publish(ME, TestMessages.on("alarm/7", Fields.EMPTY)))
                .isEqualTo(new Receipt.Routed(1, false));
        clock.run();
        assertThat(heard).containsExactly("alarm");
        assertThat(counters.get(Counter.REFUSED)).isEqualTo(2);
    }

    @Test
    void whatIsRelayedIsStoredOnceHoweverOftenItIsSent() {
        Router relaying = relaying((who, action, topic) -> true);
        DurableName alarms = durable("alarms", "alarm/*");
        DurableName stops = durable("stops", "stop/*");
        for (int i = 0; i < 2; i++) {
            Receipt receipt = relaying.publish(ME, TestMessages.on("alarm/7", Fields.EMPTY), new MessageId("me", 1));
            clock.run();
            assertThat(((Receipt.Storing) receipt).stored()).isCompleted();
        }
        assertThat(kept(alarms)).isEqualTo(1);
        assertThat(kept(stops)).isEqualTo(1);
    }

    private DurableName durable(String name, String topics) {
        DurableName durable = new DurableName("s", name);
        store.durables().define(durable, DurableSettings.DEFAULT, new byte[0]);
        conductor.add(new DurableSubscription(durable, Interest.inTopic(TopicPattern.parse(topics), Scope.EVERYTHING)));
        clock.run();
        return durable;
    }

    private int kept(DurableName durable) {
        var kept = store.durables().view(durable, 0, 10);
        clock.run();
        return kept.join().size();
    }

    private Router relaying(Access access) {
        List<Relay> relays = List.of(Relay.parse("alarm/* stop/{1}"), Relay.parse("stop/* again"));
        return new Router(conductor, store, access, counters, List.of(), relays, Retained.nothing(counters));
    }

    private LiveSubscription<String> live(String key, String pattern) {
        return new LiveSubscription<>(Interest.inTopic(TopicPattern.parse(pattern), Scope.EVERYTHING), session, key);
    }

    private Session<String> session() {
        return new Session<>("s", ME, clock, OutboxLimits.DEFAULT, counters, () -> {
            for (Delivery<String> next = session.poll(); next != null; next = session.poll()) {
                String captures = next.captures().size() == 0
                        ? ""
                        : " " + next.captures().get(0) + "|" + next.captures().get(1);
                heard.add(next.key() + captures);
            }
        });
    }
}
