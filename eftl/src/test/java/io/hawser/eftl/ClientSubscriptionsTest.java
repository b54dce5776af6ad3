package io.hawser.eftl;

import static io.hawser.eftl.Script.failure;
import static io.hawser.eftl.Script.welcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.eftl.wire.ClientFrame.AckMode;
import io.hawser.eftl.wire.ClientFrame.DurableType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscriptions of a client: asked for, refused, taken back, stopped ({@code specs/eftl.md} 1.4, 1.14). */
class ClientSubscriptionsTest {
    private static final EftlOptions OPTIONS = EftlOptions.defaults();
    private static final SubscribeOptions ALL = SubscribeOptions.everything();

    private final List<EftlMessage> heard = new ArrayList<>();

    private static String event(String to, long seq) {
        return "{'op':7,'to':'" + to + "','seq':" + seq + ",'body':{'n':" + seq + "}}";
    }

    /** A confirmed subscription {@code 1}; what it hears is in {@link #heard}. */
    private EftlSubscription subscribed(Script script, SubscribeOptions options) {
        CompletableFuture<EftlSubscription> subscribed = script.connection().subscribe(options, heard::add);
        script.run();
        script.says("{'op':4,'id':'1'}");
        script.hearsAnything();
        return subscribed.join();
    }

    private List<Long> numbers() {
        return heard.stream().map(message -> message.getLong("n").orElseThrow()).toList();
    }

    /** What a listener is told, as lines of the script. */
    private static EftlMessageListener noting(Script script) {
        return new EftlMessageListener() {
            @Override
            public void received(EftlMessage message) {
                script.note("received " + message);
            }

            @Override
            public void subscribed(EftlSubscription subscription) {
                script.note("subscribed " + subscription.id());
            }

            @Override
            public void refused(EftlException why, boolean forGood) {
                script.note("refused " + why.code() + (forGood ? " for good " : " for now ") + why.getMessage());
            }
        };
    }

    // ---- subscribe ----

    @Test
    void everyWishIsSaidAsTheOriginalsSayIt() {
        Script script = Script.loggedIn(OPTIONS);
        EftlConnection connection = script.connection();
        connection.subscribe(SubscribeOptions.matching("{\"n\":1}"), heard::add);
        connection.subscribe(ALL.durable("d1").acknowledgedByHand(), heard::add);
        connection.subscribe(ALL.sharedDurable("sh1").acknowledged(AckMode.NONE), heard::add);
        connection.subscribe(ALL.lastValueDurable("lv1", "sym"), heard::add);
        connection.subscribe(ALL.startingStopped(), heard::add);
        connection.subscribe(ALL.regexp("^x"), heard::add);
        script.hears(
                "> {'op':3,'id':'1','matcher':'{\\'n\\':1}','stopped':false}",
                "> {'op':3,'id':'2','durable':'d1','stopped':false,'ack':'client'}",
                "> {'op':3,'id':'3','durable':'sh1','stopped':false,'type':'shared','ack':'none'}",
                "> {'op':3,'id':'4','durable':'lv1','stopped':false,'type':'last-value','key':'sym'}",
                "> {'op':3,'id':'5','stopped':true}",
                "> {'op':3,'id':'6','stopped':false,'regexp':'^x'}");
    }

    @Test
    void aWishWithoutSenseIsRefusedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SubscribeOptions(
                        "",
                        Optional.empty(),
                        DurableType.SHARED,
                        Optional.empty(),
                        AckMode.AUTO,
                        false,
                        Optional.empty(),
                        OptionalLong.empty()))
                .withMessageContaining("needs the name of a durable");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SubscribeOptions(
                        "",
                        Optional.of("d"),
                        DurableType.STANDARD,
                        Optional.of("key"),
                        AckMode.AUTO,
                        false,
                        Optional.empty(),
                        OptionalLong.empty()))
                .withMessageContaining("key");
    }

    @Test
    void theListenerHearsEachTimeThatItStands() {
        Script script = Script.loggedIn(OPTIONS);
        script.connection().subscribe(ALL, noting(script));
        script.run();
        script.says("{'op':4,'id':'1'}", "{'op':4,'id':'1'}", "{'op':4,'id':'99'}");
        script.hears("> {'op':3,'id':'1','stopped':false}", "subscribed 1");
        script.comesBack("true");
        script.says("{'op':4,'id':'1'}");
        script.hears("> {'op':3,'id':'1','stopped':false}", "state CONNECTED", "subscribed 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 21, 22})
    void whatIsRefusedAtFirstIsGone(int code) {
        Script script = Script.loggedIn(OPTIONS);
        CompletableFuture<EftlSubscription> refused = script.connection().subscribe(ALL, noting(script));
        script.run();
        script.says("{'op':6,'id':'1','err':" + code + ",'reason':'no'}");
        script.hears("> {'op':3,'id':'1','stopped':false}", "refused " + code + " for good no");
        assertThat(failure(refused)).isInstanceOf(EftlRefusedException.class).hasMessage("no");
        script.comesBack("false");
        script.hears("state CONNECTED");
    }

    @Test
    void whatIsTakenAwayIsAskedForAgainUnlessItIsInvalid() {
        Script script = Script.loggedIn(OPTIONS);
        script.connection().subscribe(ALL, noting(script));
        script.run();
        script.says("{'op':4,'id':'1'}", "{'op':6,'id':'1','err':21,'reason':'taken'}");
        script.says("{'op':6,'id':'1','err':21,'reason':'taken'}");
        script.hears("> {'op':3,'id':'1','stopped':false}", "subscribed 1", "refused 21 for now taken");
        script.comesBack("false");
        script.says("{'op':6,'id':'1','err':22,'reason':'another type'}");
        script.hears("> {'op':3,'id':'1','stopped':false}", "state CONNECTED", "refused 22 for good another type");
        script.comesBack("false");
        script.hears("state CONNECTED");
    }

    @Test
    void aSubscriptionThatWasNotAnsweredEndsWithItsConnection() {
        Script script = Script.loggedIn(OPTIONS);
        CompletableFuture<EftlSubscription> open = script.connection().subscribe(ALL, heard::add);
        script.run();
        script.closes(1001, "bye");
        assertThat(failure(open)).isInstanceOf(EftlClosedException.class).hasMessage("bye");
        CompletableFuture<EftlSubscription> late = script.connection().subscribe(ALL, heard::add);
        script.run();
        assertThat(failure(late)).isInstanceOf(EftlClosedException.class);
    }

    // ---- unsubscribe and close ----

    @Test
    void unsubscribingDeletesAndClosingKeepsTheDurable() {
        Script script = Script.loggedIn(OPTIONS);
        subscribed(script, ALL.durable("d")).unsubscribe();
        script.hears("> {'op':5,'id':'1'}");
        CompletableFuture<EftlSubscription> two = script.connection().subscribe(ALL.durable("e"), heard::add);
        script.says("{'op':4,'id':'2'}");
        two.join().close();
        script.hears("> {'op':3,'id':'2','durable':'e','stopped':false}", "> {'op':5,'id':'2','del':false}");
        script.says(event("1", 1), event("2", 2));
        assertThat(heard).isEmpty();
        script.comesBack("false");
        script.hears("state CONNECTED");
    }

    @Test
    void allSubscriptionsGoAtOnce() {
        Script script = Script.loggedIn(OPTIONS);
        EftlConnection connection = script.connection();
        connection.subscribe(ALL, heard::add);
        connection.subscribe(ALL.durable("d"), heard::add);
        script.hearsAnything();
        connection.closeAllSubscriptions();
        script.hears("> {'op':5,'id':'1','del':false}", "> {'op':5,'id':'2','del':false}");
        connection.subscribe(ALL, heard::add);
        connection.unsubscribeAll();
        script.hears("> {'op':3,'id':'3','stopped':false}", "> {'op':5,'id':'3'}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsTakenBackBeforeItStandsFails(boolean connected) {
        Script script = Script.loggedIn(OPTIONS);
        if (!connected) {
            script.loses();
        }
        CompletableFuture<EftlSubscription> open = script.connection().subscribe(ALL.durable("d"), heard::add);
        script.connection().unsubscribeAll();
        script.run();
        assertThat(failure(open)).isInstanceOf(EftlClosedException.class).hasMessageContaining("taken back");
    }

    @Test
    void aClosedSubscriptionHearsNothingOfWhatWaits() {
        Script script = Script.loggedIn(OPTIONS);
        List<EftlSubscription> me = new ArrayList<>();
        CompletableFuture<EftlSubscription> subscribed = script.connection().subscribe(ALL, message -> {
            heard.add(message);
            me.get(0).close();
        });
        script.run();
        script.says("{'op':4,'id':'1'}");
        me.add(subscribed.join());
        script.says(event("1", 1), event("1", 2));
        assertThat(numbers()).containsExactly(1L);
    }

    @Test
    void whatIsTakenBackWithoutAConnectionIsTakenBackWithTheNext() {
        Script script = Script.loggedIn(OPTIONS);
        EftlSubscription durable = subscribed(script, ALL.durable("d"));
        CompletableFuture<EftlSubscription> kept = script.connection().subscribe(ALL.durable("e"), heard::add);
        script.says("{'op':4,'id':'2'}");
        script.loses();
        durable.unsubscribe();
        kept.join().close();
        script.advance(1);
        script.opens();
        script.hearsAnything();
        script.says(welcome("false"));
        script.hears("> {'op':3,'id':'1','durable':'d','stopped':false}", "> {'op':5,'id':'1'}", "state CONNECTED");
    }

    @Test
    void aResumedSessionOnlyHasToBeTold() {
        Script script = Script.loggedIn(OPTIONS);
        EftlSubscription durable = subscribed(script, ALL.durable("d"));
        script.loses();
        durable.close();
        script.advance(1);
        script.opens();
        script.hearsAnything();
        script.says(welcome("true"));
        script.hears("> {'op':5,'id':'1','del':false}", "state CONNECTED");
    }

    @Test
    void anOldServerCanOnlyDelete() {
        Script script = Script.loggedIn(OPTIONS, welcome("false", "0", "true"));
        EftlSubscription subscription = subscribed(script, ALL);
        assertThatThrownBy(subscription::close)
                .isInstanceOf(EftlUnsupportedException.class)
                .hasMessage("closing a subscription is not supported with this server");
        assertThatThrownBy(() -> script.connection().closeAllSubscriptions())
                .isInstanceOf(EftlUnsupportedException.class);
        assertThatThrownBy(subscription::stop).isInstanceOf(EftlUnsupportedException.class);
        assertThatThrownBy(subscription::start).isInstanceOf(EftlUnsupportedException.class);
        subscription.unsubscribe();
        script.hears("> {'op':5,'id':'1'}");
    }

    // ---- stop and start ----

    @Test
    void aStoppedSubscriptionHearsNothingUntilItHasStarted() {
        Script script = Script.loggedIn(OPTIONS);
        EftlSubscription subscription = subscribed(script, ALL);
        script.says(event("1", 1));
        subscription.stop();
        subscription.stop();
        script.hears("> {'op':9,'seq':1,'id':'1'}", "> {'op':28,'id':'1','seq':1}");
        script.says(event("1", 2));
        subscription.start();
        subscription.start();
        script.hears("> {'op':30,'id':'1'}");
        script.says(event("1", 3), "{'op':31,'to':'1'}", event("1", 4));
        assertThat(numbers()).containsExactly(1L, 4L);
        script.hears("> {'op':9,'seq':4,'id':'1'}");
    }

    @Test
    void aStoppedSubscriptionIsStillStoppedAfterALoss() {
        Script script = Script.loggedIn(OPTIONS);
        EftlSubscription subscription = subscribed(script, ALL);
        subscription.stop();
        script.run();
        script.comesBack("true");
        script.hears("> {'op':3,'id':'1','stopped':true}", "state CONNECTED");
        script.says("{'op':4,'id':'1'}", event("1", 1));
        subscription.start();
        script.hears("> {'op':30,'id':'1'}");
        script.comesBack("true");
        script.hears("> {'op':3,'id':'1','stopped':false}", "state CONNECTED");
        script.says("{'op':4,'id':'1'}", event("1", 2));
        assertThat(numbers()).containsExactly(2L);
    }
}
