package io.hawser.eftl;

import static io.hawser.eftl.Script.welcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.eftl.wire.ClientFrame.AckMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Events on their way to the program, their acknowledgements, and back-pressure ({@code specs/eftl.md} 1.5, 1.7). */
class ClientEventsTest {
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

    @Test
    void eventsTellWhatTheServerSaysOfThem() {
        Script script = Script.loggedIn(OPTIONS);
        subscribed(script, ALL.durable("d"));
        script.says(
                "{'op':7,'to':'1','seq':1,'sid':77,'cnt':3,'body':{'n':1},'_topic':'a/b','_from':'ivy:A','_time':5}");
        EftlMessage message = heard.get(0);
        assertThat(message.storeMessageId()).isEqualTo(77);
        assertThat(message.deliveryCount()).isEqualTo(3);
        assertThat(message.topic()).contains("a/b");
        assertThat(message.from()).contains("ivy:A");
        assertThat(message.time().orElseThrow().toEpochMilli()).isEqualTo(5);
        script.says("{'op':7,'to':'1','body':{'n':2}}", "{'op':7,'to':'nobody','seq':9,'body':{}}");
        assertThat(heard.get(1).storeMessageId()).isZero();
        assertThat(heard).hasSize(2);
    }

    @Test
    void severalEventsAreAcknowledgedTogetherOnceTheirListenerHasReturned() {
        Script script = Script.loggedIn(OPTIONS);
        subscribed(script, ALL);
        script.says(event("1", 1), event("1", 2), event("1", 3));
        script.hears("> {'op':9,'seq':3,'id':'1'}");
    }

    @Test
    void byHandOneEventOrAllUpToItAreAcknowledged() {
        Script script = Script.loggedIn(OPTIONS);
        subscribed(script, ALL.durable("d").acknowledgedByHand());
        script.says(event("1", 1), event("1", 2), event("1", 3));
        script.hears();
        script.connection().acknowledge(heard.get(1));
        script.connection().acknowledgeAll(heard.get(2));
        script.connection().acknowledge(EftlMessage.ofText("not from a server"));
        script.hears("> {'op':9,'seq':2}", "> {'op':9,'seq':3,'id':'1'}");
    }

    @Test
    void nobodyAcknowledgesWhereNobodyWants() {
        Script script = Script.loggedIn(OPTIONS);
        subscribed(script, ALL.acknowledged(AckMode.NONE));
        script.says(event("1", 1));
        script.connection().acknowledge(heard.get(0));
        script.hears();
        Script silent = Script.loggedIn(OPTIONS, welcome("false", "1", "false"));
        subscribed(silent, ALL);
        silent.says(event("1", 1));
        silent.hears();
        assertThat(heard).hasSize(2);
    }

    @Test
    void aResumedSessionRepeatsAcknowledgementsAndDropsWhatWasHere() {
        Script script = Script.loggedIn(OPTIONS);
        subscribed(script, ALL);
        script.connection().subscribe(ALL.durable("d").acknowledgedByHand(), heard::add);
        script.says("{'op':4,'id':'2'}", event("1", 1), event("2", 2), event("2", 3));
        script.connection().acknowledge(heard.get(1));
        script.loses();
        script.connection().acknowledge(heard.get(2));
        script.advance(1);
        script.opens();
        script.hearsAnything();
        script.says(welcome("true"));
        script.hears(
                "> {'op':3,'id':'1','stopped':false}",
                "> {'op':3,'id':'2','durable':'d','stopped':false,'ack':'client'}",
                "> {'op':9,'seq':1,'id':'1'}",
                "> {'op':9,'seq':2}",
                "> {'op':9,'seq':3}",
                "state CONNECTED");
        script.says(event("1", 1), event("2", 3), event("1", 4));
        script.hears("> {'op':9,'seq':1,'id':'1'}", "> {'op':9,'seq':4,'id':'1'}");
        assertThat(numbers()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void aNewSessionNumbersAnewAndOldNumbersAreNeverAcknowledgedInIt() {
        Script script = Script.loggedIn(OPTIONS);
        subscribed(script, ALL.durable("d").acknowledgedByHand());
        script.says(event("1", 1), event("1", 2));
        script.comesBack("false");
        script.hears("> {'op':3,'id':'1','durable':'d','stopped':false,'ack':'client'}", "state CONNECTED");
        script.says("{'op':4,'id':'1'}", event("1", 1));
        assertThat(numbers()).containsExactly(1L, 2L, 1L);
        script.connection().acknowledgeAll(heard.get(1));
        script.connection().acknowledge(heard.get(2));
        script.hears("> {'op':9,'seq':1}");
    }

    @Test
    void aListenerThatThrowsIsToldOfAndGoesOn() {
        Script script = Script.loggedIn(OPTIONS);
        script.connection().subscribe(ALL, message -> {
            heard.add(message);
            throw new IllegalStateException("on purpose");
        });
        script.hearsAnything();
        script.says("{'op':4,'id':'1'}", event("1", 1), event("1", 2));
        assertThat(heard).hasSize(2);
        script.hears(
                "error 0 a listener failed: java.lang.IllegalStateException: on purpose",
                "error 0 a listener failed: java.lang.IllegalStateException: on purpose",
                "> {'op':9,'seq':2,'id':'1'}");
    }

    @Test
    void aListenerThatThrowsWhenItIsToldStopsNothing() {
        EftlOptions options = OPTIONS.clientId("c");
        Script script = new Script("ws://a/channel", options) {
            @Override
            public void error(EftlConnection connection, int code, String reason) {
                super.error(connection, code, reason);
                throw new IllegalStateException("again");
            }
        };
        script.opens();
        script.says(Script.WELCOME, "{'op':10,'err':50,'reason':'x'}");
        script.hearsAnything();
        script.connection().subscribe(ALL, heard::add);
        script.says("{'op':4,'id':'1'}", event("1", 1), "{'op':10,'err':51,'reason':'y'}");
        assertThat(numbers()).containsExactly(1L);
        script.hears(
                "> {'op':3,'id':'1','stopped':false}",
                "error 51 y",
                "error 0 a listener failed: java.lang.IllegalStateException: again",
                "> {'op':9,'seq':1,'id':'1'}");
    }

    // ---- back-pressure ----

    @Test
    void nothingIsReadWhileTooManyEventsWait() {
        Script script = Script.loggedIn(OPTIONS.maxUnhandled(4, 1 << 20));
        subscribed(script, ALL);
        script.hold();
        script.says(event("1", 1), event("1", 2), event("1", 3));
        script.hears();
        script.says(event("1", 4));
        script.hears("not reading");
        script.goOn();
        script.hears("reading", "> {'op':9,'seq':4,'id':'1'}");
        assertThat(numbers()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void bytesCountToo() {
        Script script = Script.loggedIn(OPTIONS.maxUnhandled(1_000, 20));
        subscribed(script, ALL);
        script.hold();
        script.says("{'op':7,'to':'1','seq':1,'body':{'text':'0123456789'}}");
        script.hears("not reading");
        script.goOn();
        script.hears("reading", "> {'op':9,'seq':1,'id':'1'}");
    }

    @Test
    void aServerThatIsNotReadIsNotSilent() {
        Script script = Script.loggedIn(OPTIONS.maxUnhandled(1, 1 << 20));
        subscribed(script, ALL);
        script.hold();
        script.says(event("1", 1));
        script.hears("not reading");
        script.advance(3_600);
        script.hears();
        script.goOn();
        script.hears("reading", "> {'op':9,'seq':1,'id':'1'}");
        script.advance(599);
        script.hears();
        script.advance(1);
        script.hears("drop", "state RECONNECTING");
    }

    @Test
    void whatWaitsForListenersIsHandledBeforeAGoodbye() {
        Script script = Script.loggedIn(OPTIONS);
        subscribed(script, ALL.durable("d"));
        script.hold();
        script.says(event("1", 1));
        script.connection().disconnect();
        script.says(event("1", 2));
        script.hears();
        script.goOn();
        script.hears(
                "state DISCONNECTING",
                "> {'op':9,'seq':1,'id':'1'}",
                "> {'op':11,'reason':'closed by the program'}",
                "close 1000",
                "state DISCONNECTED",
                "disconnected 1000 the connection was closed");
        assertThat(heard).hasSize(1);
    }
}
