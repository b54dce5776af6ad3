package io.hawser.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
import io.hawser.core.access.Principal;
import io.hawser.core.access.Rule;
import io.hawser.core.access.Rules;
import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.match.ContentMatcher;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.Passage;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.message.Source;
import io.hawser.core.message.TestMessages;
import io.hawser.core.message.TextTemplate;
import io.hawser.core.message.Topic;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.session.Session;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.durable.DurableSettings.WhenFull;
import io.hawser.core.store.durable.MessageId;
import io.hawser.core.store.engine.MemoryStore;
import io.hawser.core.time.ManualClock;
import io.hawser.core.value.Fields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final Principal ME = new Principal("me");

    private final ManualClock clock = new ManualClock();
    private final Counters counters = new Counters();
    private final Conductor conductor = new Conductor(clock);
    private final MemoryStore store =
            new MemoryStore(new StoreThread(clock, clock, clock::schedule), DurableListener.NONE);
    private final Router router = new Router(conductor, store, Access.ALLOW_ALL, counters);
    private final List<String> heard = new ArrayList<>();
    private Session<String> session = session();

    @Test
    void aSubscriptionHearsOnceItIsPublished() {
        CompletableFuture<Void> published = conductor.add(live("a", "robot/*"));
        assertThat(router.publish(ME, TestMessages.on("robot/7", Fields.EMPTY)))
                .isEqualTo(new Receipt.Routed(0, false));
        assertThat(published).isNotDone();
        clock.run();
        assertThat(published).isDone();
        assertThat(router.publish(ME, TestMessages.on("robot/7", Fields.EMPTY)))
                .isEqualTo(new Receipt.Routed(1, false));
        clock.run();
        assertThat(heard).containsExactly("a");
        assertThat(counters.get(Counter.ROUTED)).isEqualTo(1);
    }

    @Test
    void aRemovedSubscriptionHearsNothing() {
        Subscription subscription = live("a", ">");
        conductor.add(subscription);
        conductor.remove(subscription);
        clock.run();
        assertThat(router.publish(ME, TestMessages.on("x", Fields.EMPTY))).isEqualTo(new Receipt.Routed(0, false));
        assertThat(conductor.interests().size()).isZero();
    }

    @Test
    void anotherHubHearsOnlyWhatMayTravelAndDidNotComeFromThere() {
        conductor.add(scoped("beyond", Scope.beyond("link/far").aside(TopicPattern.parse("to/*"))));
        clock.run();
        Source somebody = new Source("test", "somebody", "test");
        router.publish(ME, TestMessages.from("link/far", "x", Fields.EMPTY));
        router.publish(
                ME,
                Message.builder(new Topic("x"), Headers.from(Passage.unnumbered("far"), somebody, 0))
                        .fields(Fields.EMPTY));
        router.publish(ME, TestMessages.on("to/x", Fields.EMPTY));
        clock.run();
        assertThat(heard).isEmpty();
        router.publish(ME, TestMessages.from("link/other", "x", Fields.EMPTY));
        clock.run();
        assertThat(heard).containsExactly("beyond");
    }

    @Test
    void capturesTravelWithTheDelivery() {
        conductor.add(new LiveSubscription<>(
                Interest.inText(Regexp.compile("^hello (\\S+) (.*)"), Scope.EVERYTHING), session, "re"));
        clock.run();
        router.publish(ME, TestMessages.on("x", Message.textFields("hello big world")));
        clock.run();
        assertThat(heard).containsExactly("re big|world");
    }

    @Test
    void aMessageWithoutATextHasTheTextOfItsTemplateAndIsElseHeardByThoseWhoTakeEverything() {
        Router worded = new Router(
                conductor,
                store,
                Access.ALLOW_ALL,
                counters,
                List.of(TextTemplate.parse("robot/* {1} AT {x}"), TextTemplate.parse("robot/* never")));
        Regexp words = Regexp.compile("^(\\S+) (.*)");
        conductor.add(new LiveSubscription<>(Interest.inText(words, Scope.EVERYTHING), session, "text"));
        conductor.add(new LiveSubscription<>(Interest.inEverything(words, Scope.EVERYTHING), session, "all"));
        clock.run();
        Fields x = Fields.builder().put("x", 1.5).build();
        assertThat(worded.publish(ME, TestMessages.on("robot/7", x))).isEqualTo(new Receipt.Routed(2, false));
        assertThat(worded.publish(ME, TestMessages.on("rover/7", x))).isEqualTo(new Receipt.Routed(1, false));
        assertThat(worded.publish(ME, TestMessages.on("robot/7", Message.textFields("as said"))))
                .isEqualTo(new Receipt.Routed(2, false));
        clock.run();
        assertThat(heard)
                .containsExactlyInAnyOrder(
                        "text 7|AT 1.5", "all 7|AT 1.5", "all rover/7|x=1.5", "text as|said", "all as|said");
    }

    @Test
    void whatIsForOthersAloneIsNotHeardAndWhatNobodyHearsIsCounted() {
        conductor.add(scoped("aside", Scope.OPEN.aside(TopicPattern.parse("to/*"))));
        clock.run();
        assertThat(router.publish(ME, TestMessages.on("to/me", Fields.EMPTY))).isEqualTo(new Receipt.Routed(0, false));
        assertThat(counters.get(Counter.UNHEARD)).isEqualTo(1);
        assertThat(router.publish(ME, TestMessages.on("to", Fields.EMPTY))).isEqualTo(new Receipt.Routed(1, false));
        assertThat(counters.get(Counter.UNHEARD)).isEqualTo(1);
    }

    @Test
    void aReaderHearsOnlyWhatTheRulesLetItHear() {
        Access rules = new Rules(List.of(Rule.parse("allow * * >"), Rule.parse("deny web subscribe robot/secret")));
        Router ruled = new Router(conductor, store, rules, counters);
        Interest all = Interest.inTopic(TopicPattern.parse(">"), Scope.EVERYTHING);
        Interest robots = Interest.inTopic(TopicPattern.parse("robot/*"), Scope.EVERYTHING);
        Principal web = new Principal("web");
        assertThat(Interest.inTopic(TopicPattern.parse("robot/secret"), Scope.OPEN)
                        .heardBy(web, rules))
                .isEmpty();
        conductor.add(new LiveSubscription<>(robots.heardBy(web, rules).orElseThrow(), session, "web"));
        conductor.add(new LiveSubscription<>(all.heardBy(ME, rules).orElseThrow(), session, "me"));
        clock.run();
        assertThat(ruled.publish(ME, TestMessages.on("robot/secret", Fields.EMPTY)))
                .isEqualTo(new Receipt.Routed(1, false));
        assertThat(ruled.publish(ME, TestMessages.on("robot/7", Fields.EMPTY))).isEqualTo(new Receipt.Routed(2, false));
        clock.run();
        assertThat(heard).containsExactlyInAnyOrder("me", "me", "web");
    }

    @Test
    void rulesThatChangeHoldFromTheNextDeliveryOn() {
        Access[] now = {Access.ALLOW_ALL};
        Access rules = new Access() {
            @Override
            public Access now() {
                return now[0];
            }

            @Override
            public boolean allows(Principal principal, Action action, String topic) {
                return now[0].allows(principal, action, topic);
            }
        };
        Router ruled = new Router(conductor, store, rules, counters);
        Interest robots = Interest.inTopic(TopicPattern.parse("robot/*"), Scope.OPEN);
        conductor.add(new LiveSubscription<>(
                robots.heardBy(new Principal("web"), rules).orElseThrow(), session, "web"));
        clock.run();
        Message secret = TestMessages.on("robot/secret", Fields.EMPTY);
        assertThat(ruled.publish(ME, secret)).isEqualTo(new Receipt.Routed(1, false));
        now[0] = new Rules(List.of(Rule.parse("allow * * >"), Rule.parse("deny web subscribe robot/secret")));
        assertThat(ruled.publish(ME, secret)).isEqualTo(new Receipt.Routed(0, false));
        assertThat(ruled.publish(ME, TestMessages.on("robot/7", Fields.EMPTY))).isEqualTo(new Receipt.Routed(1, false));
        now[0] = new Rules(List.of(Rule.parse("allow me * >")));
        assertThat(ruled.publish(ME, TestMessages.on("robot/7", Fields.EMPTY))).isEqualTo(new Receipt.Routed(0, false));
        now[0] = Access.ALLOW_ALL;
        assertThat(ruled.publish(ME, secret)).isEqualTo(new Receipt.Routed(1, false));
    }

    @Test
    void aRequestIsAnotherActionAndWhoeverWasAskedMayAnswer() {
        Access rules = new Rules(List.of(Rule.parse("allow me publish >"), Rule.parse("allow web request >")));
        Router ruled = new Router(conductor, store, rules, counters);
        Source source = new Source("test", "t", "t");
        ReplyTo inbox = new ReplyTo("reply/7", 1);
        Message plain = TestMessages.on("t", Fields.EMPTY);
        Message asking = Message.builder(
                        new Topic("t"),
                        new Headers(source, 0, Optional.empty(), Optional.of(inbox), OptionalLong.empty()))
                .fields(Fields.EMPTY);
        Message answer = Message.builder(new Topic("reply/7"), Headers.answering(inbox, source, 0))
                .fields(Fields.EMPTY);
        Principal web = new Principal("web");
        assertThat(ruled.publish(web, plain)).isEqualTo(new Receipt.Refused("web may not publish on t"));
        assertThat(ruled.publish(web, asking)).isEqualTo(new Receipt.Routed(0, false));
        assertThat(ruled.publish(ME, asking)).isEqualTo(new Receipt.Refused("me may not request on t"));
        assertThat(ruled.publish(new Principal("asked"), answer)).isEqualTo(new Receipt.Routed(0, false));
    }

    @Test
    void aGroupGetsEachMessageOnceInTurnAndWhoIsAwayIsPassedOver() {
        Interest interest = Interest.inTopic(TopicPattern.parse("t"), Scope.EVERYTHING);
        Session<String> other = session();
        conductor.add(new LiveSubscription<>(interest, session, "a", Optional.of(new Group("q"))));
        conductor.add(new LiveSubscription<>(interest, other, "b", Optional.of(new Group("q"))));
        conductor.add(live("everything", ">"));
        clock.run();
        for (int i = 0; i < 4; i++) {
            assertThat(router.publish(ME, TestMessages.on("t", Fields.EMPTY))).isEqualTo(new Receipt.Routed(2, false));
        }
        clock.run();
        assertThat(Collections.frequency(heard, "a")).isEqualTo(2);
        assertThat(other.waiting()).isEqualTo(2);
        other.pause();
        heard.clear();
        router.publish(ME, TestMessages.on("t", Fields.EMPTY));
        router.publish(ME, TestMessages.on("t", Fields.EMPTY));
        clock.run();
        assertThat(heard).containsExactlyInAnyOrder("a", "a", "everything", "everything");
    }

    @Test
    void aDomainNeverHearsItself() {
        Interest interest = Interest.inTopic(TopicPattern.parse(">"), Scope.except("ivy/lab"));
        conductor.add(new LiveSubscription<>(interest, session, "lab"));
        clock.run();
        router.publish(ME, TestMessages.from("ivy/lab", "t", Fields.EMPTY));
        router.publish(ME, TestMessages.from("ivy/other", "t", Fields.EMPTY));
        clock.run();
        assertThat(heard).containsExactly("lab");
    }

    @Test
    void channelsAreApartFromTheOpenBus() {
        conductor.add(scoped("main", Scope.OPEN));
        conductor.add(scoped("side", Scope.channel("side")));
        clock.run();
        router.publish(ME, TestMessages.in(Optional.of("side"), "o", "t", Fields.EMPTY));
        clock.run();
        assertThat(heard).containsExactly("side");
        heard.clear();
        router.publish(ME, TestMessages.on("t", Fields.EMPTY));
        clock.run();
        assertThat(heard).containsExactly("main");
    }

    @Test
    void aDurableIsAcknowledgedWhenItIsStoredAndNotBefore() {
        DurableName name = new DurableName("s", "d");
        store.durables().define(name, DurableSettings.DEFAULT.withRoom(1, 1_000, WhenFull.REJECT), new byte[0]);
        conductor.add(new DurableSubscription(name, Interest.inContent(ContentMatcher.ALL, Scope.EVERYTHING)));
        clock.run();
        Receipt receipt = router.publish(ME, TestMessages.numbered(1));
        assertThat(receipt).isInstanceOfSatisfying(Receipt.Storing.class, storing -> {
            assertThat(storing.receivers()).isEqualTo(1);
            assertThat(storing.stored()).isNotDone();
            clock.run();
            assertThat(storing.stored()).isCompleted();
        });
        Receipt full = router.publish(ME, TestMessages.numbered(2));
        clock.run();
        assertThat(((Receipt.Storing) full).stored()).isCompletedExceptionally();
        assertThat(counters.get(Counter.STORED)).isEqualTo(1);
        assertThat(counters.get(Counter.STORE_FAILED)).isEqualTo(1);
    }

    @Test
    void whatIsPublishedTwiceWithOneIdIsStoredOnce() {
        DurableName name = new DurableName("s", "d");
        store.durables().define(name, DurableSettings.DEFAULT, new byte[0]);
        conductor.add(new DurableSubscription(name, Interest.inContent(ContentMatcher.ALL, Scope.EVERYTHING)));
        clock.run();
        router.publish(ME, TestMessages.numbered(1), new MessageId("l", 1));
        Receipt again = router.publish(ME, TestMessages.numbered(1), new MessageId("l", 1));
        clock.run();
        assertThat(((Receipt.Storing) again).stored()).isCompletedWithValue(0L);
    }

    @Test
    void aNewerDurableSubscriptionReplacesTheOlder() {
        DurableName name = new DurableName("s", "d");
        conductor.add(new DurableSubscription(name, Interest.inTopic(TopicPattern.parse("a"), Scope.EVERYTHING)));
        conductor.add(new DurableSubscription(name, Interest.inTopic(TopicPattern.parse("b"), Scope.EVERYTHING)));
        clock.run();
        assertThat(conductor.interests().size()).isEqualTo(1);
        assertThat(router.publish(ME, TestMessages.on("a", Fields.EMPTY))).isInstanceOf(Receipt.Routed.class);
        assertThat(router.publish(ME, TestMessages.on("b", Fields.EMPTY))).isInstanceOf(Receipt.Storing.class);
    }

    @Test
    void whoMayNotPublishIsRefusedWithAReason() {
        Router strict = new Router(conductor, store, (who, action, topic) -> false, counters);
        assertThat(strict.publish(ME, TestMessages.on("t", Fields.EMPTY)))
                .isEqualTo(new Receipt.Refused("me may not publish on t"));
        assertThat(counters.get(Counter.REFUSED)).isEqualTo(1);
    }

    @Test
    void aBurstOfChangesIsOneSnapshot() {
        for (int i = 0; i < 100; i++) {
            conductor.add(live("s" + i, ">"));
        }
        Interests before = conductor.interests();
        assertThat(before.size()).isZero();
        clock.run();
        assertThat(conductor.interests().size()).isEqualTo(100);
    }

    @Test
    void aDomainIsAskedForTextsOnlyWhileSomebodyElseCanTakeThem() {
        List<Boolean> told = new ArrayList<>();
        Runnable unwatch = conductor.onChange(
                interests -> told.add(interests.anyoneHears("ivy/lab", TopicPattern.parse("ivy/lab/*"))));
        Subscription itself = scoped("lab", Scope.except("ivy/lab"));
        Subscription side = scoped("side", Scope.channel("side"));
        Subscription other = scoped("other", Scope.except("ivy/other"));
        for (Subscription subscription : List.of(itself, side, other)) {
            conductor.add(subscription);
            clock.run();
        }
        conductor.remove(other);
        clock.run();
        assertThat(told).containsExactly(false, false, false, true, false);
        unwatch.run();
        conductor.add(other);
        clock.run();
        assertThat(told).as("after the watch was taken back").hasSize(5);
    }

    private LiveSubscription<String> live(String key, String pattern) {
        return new LiveSubscription<>(Interest.inTopic(TopicPattern.parse(pattern), Scope.EVERYTHING), session, key);
    }

    private LiveSubscription<String> scoped(String key, Scope scope) {
        return new LiveSubscription<>(Interest.inContent(ContentMatcher.ALL, scope), session, key);
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
