package io.hawser.eftl;

import static io.hawser.eftl.Script.LOGIN;
import static io.hawser.eftl.Script.login;
import static io.hawser.eftl.Script.welcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.eftl.engine.EftlState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a client comes back ({@code specs/eftl.md} 1.3, 1.6, 1.9, 1.10, 1.15). */
class ClientReconnectTest {
    private static final EftlOptions OPTIONS = EftlOptions.defaults();
    private static final String DIAL = "dial ws://a/channel?client_id=c {}";
    private static final String RESUME = login("'_qos':'true','_resume':'true','_hawser':'1'", ",'id_token':'t'");

    private static EftlMessage message(long n) {
        return EftlMessage.builder().setLong("n", n).build();
    }

    @ParameterizedTest
    @ValueSource(ints = {1006, 1012})
    void aLostServerIsWaitedForLongerAndLonger(int code) {
        Script script = Script.loggedIn(OPTIONS);
        script.closes(code, "gone");
        script.hears("state RECONNECTING");
        for (int wait : new int[] {1, 2, 4, 8, 16, 20, 20}) {
            script.advance(wait - 1);
            script.hears();
            script.advance(1);
            script.hears(DIAL);
            script.refuses("connection refused");
            script.hears();
        }
        script.advance(30);
        script.opens();
        script.hears(DIAL, RESUME);
        script.says(welcome("true"));
        script.hears("state CONNECTED");
        script.loses();
        script.advance(1);
        script.hears("state RECONNECTING", DIAL);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1005, 1007, 1008, 1009, 1011, 1015, 4000, 4001, 4002})
    void anyOtherCloseCodeIsTheEnd(int code) {
        Script script = Script.loggedIn(OPTIONS);
        CompletableFuture<Integer> open = script.connection().publish(message(1));
        script.hears("> {'op':8,'seq':1,'body':{'n':1}}");
        script.closes(code, "because");
        script.hears("state DISCONNECTED", "disconnected " + code + " because");
        script.advance(3_600);
        script.hears();
        assertThat(Script.failure(open)).isInstanceOf(EftlClosedException.class).hasMessage("because");
        assertThat(script.connection().state()).isEqualTo(EftlState.DISCONNECTED);
    }

    @Test
    void theOtherServersAreTriedAtOnce() {
        Script script = new Script("ws://a/channel|ws://b/channel", OPTIONS.clientId("c"));
        script.opens();
        script.says(Script.WELCOME);
        script.hears(DIAL, "state CONNECTING", LOGIN, "state CONNECTED", "connected c");
        script.loses();
        script.hears("dial ws://b/channel?client_id=c {}", "state RECONNECTING");
        script.refuses("no");
        script.hears();
        script.advance(1);
        script.hears(DIAL);
        script.refuses("no");
        script.hears("dial ws://b/channel?client_id=c {}");
    }

    @Test
    void everyLoginSaysThatItIsALaterOneOfTheSameClient() {
        Script script = Script.loggedIn(OPTIONS);
        script.comesBack("true");
        script.comesBack("false");
        assertThat(script.attempts()).hasSize(3);
        String program = script.attempts().get(0).replaceFirst("-1$", "-");
        assertThat(program).matches("[0-9a-f]{1,16}-");
        assertThat(script.attempts()).containsExactly(program + 1, program + 2, program + 3);
    }

    @Test
    void comingBackIsGivenUpAfterEnoughWaits() {
        Script script = Script.loggedIn(OPTIONS.autoReconnectAttempts(2));
        script.loses();
        script.advance(1);
        script.refuses("no");
        script.advance(2);
        script.refuses("connection refused");
        script.hears(
                "state RECONNECTING",
                DIAL,
                DIAL,
                "state DISCONNECTED",
                "disconnected 1006 gave up coming back: connection refused");
    }

    @Test
    void withoutAttemptsALossIsTheEnd() {
        Script script = Script.loggedIn(OPTIONS.autoReconnectAttempts(0));
        script.loses();
        script.hears("state DISCONNECTED", "disconnected 1006 connection reset");
    }

    @Test
    void aRefusedLoginEndsTheComingBack() {
        Script script = Script.loggedIn(OPTIONS);
        script.loses();
        script.advance(1);
        script.opens();
        script.closes(4002, "no such user any more");
        script.hears(
                "state RECONNECTING", DIAL, RESUME, "state DISCONNECTED", "disconnected 4002 no such user any more");
    }

    @Test
    void theLongestWaitIsAnOption() {
        Script script = Script.loggedIn(OPTIONS.autoReconnectMaxDelay(Duration.ofSeconds(3)));
        script.loses();
        script.advance(1);
        script.refuses("no");
        script.advance(2);
        script.refuses("no");
        script.hears("state RECONNECTING", DIAL, DIAL);
        script.advance(2);
        script.hears(DIAL);
    }

    @Test
    void waitsAreSpreadFromHalfToOneAndAHalf() {
        for (double chance : new double[] {0, 1}) {
            Script script = Script.loggedIn(OPTIONS, chance);
            script.loses();
            script.advanceMillis(chance == 0 ? 1_499 : 499);
            script.hears("state RECONNECTING");
            script.advanceMillis(1);
            script.hears(DIAL);
            script.refuses("no");
            script.advanceMillis(chance == 0 ? 2_999 : 999);
            script.hears();
            script.advanceMillis(1);
            script.hears(DIAL);
        }
    }

    @Test
    void aResumedSessionHearsTheOldNumbersInOrder() {
        Script script = Script.loggedIn(OPTIONS);
        EftlConnection connection = script.connection();
        CompletableFuture<EftlSubscription> one =
                connection.subscribe(SubscribeOptions.matching("{\"a\":1}"), message -> {});
        CompletableFuture<EftlSubscription> two =
                connection.subscribe(SubscribeOptions.everything().durable("d").acknowledgedByHand(), message -> {});
        script.says("{'op':4,'id':'1'}", "{'op':4,'id':'2'}");
        CompletableFuture<Integer> published = connection.publish(message(1));
        CompletableFuture<EftlMessage> asked = connection.sendRequest(message(2), Duration.ofMinutes(9));
        CompletableFuture<?> put = connection.createKVMap("m").set("k", message(3));
        CompletableFuture<Integer> acknowledged = connection.publish(message(4));
        script.run();
        script.says("{'op':9,'seq':4}");
        assertThat(acknowledged.join()).isZero();
        script.comesBack("true");
        script.hears(
                "> {'op':3,'id':'1','matcher':'{\\'a\\':1}','stopped':false}",
                "> {'op':3,'id':'2','durable':'d','stopped':false,'ack':'client'}",
                "> {'op':8,'seq':1,'body':{'n':1}}",
                "> {'op':13,'seq':2,'body':{'n':2}}",
                "> {'op':20,'map':'m','key':'k','value':{'n':3},'seq':3}",
                "state CONNECTED");
        script.says("{'op':9,'seq':1}", "{'op':14,'seq':2,'body':{'n':9}}", "{'op':26,'seq':3}");
        assertThat(published.join()).isZero();
        assertThat(asked.join().getLong("n")).hasValue(9);
        assertThat(put).isCompleted();
        assertThat(one).isCompleted();
        assertThat(two).isCompleted();
        connection.publish(message(5));
        script.hears("> {'op':8,'seq':5,'body':{'n':5}}");
    }

    @Test
    void aNewSessionHearsThemToo() {
        Script script = Script.loggedIn(OPTIONS);
        script.connection().publish(message(1));
        script.connection().publish(message(2));
        script.run();
        script.comesBack("false");
        script.hears("> {'op':8,'seq':1,'body':{'n':1}}", "> {'op':8,'seq':2,'body':{'n':2}}", "state CONNECTED");
    }

    @Test
    void whatIsAskedForMeanwhileWaits() {
        Script script = Script.loggedIn(OPTIONS);
        script.loses();
        CompletableFuture<Integer> published = script.connection().publish(message(1));
        CompletableFuture<EftlSubscription> subscribed =
                script.connection().subscribe(SubscribeOptions.everything(), message -> {});
        script.advance(1);
        script.opens();
        script.hears("state RECONNECTING", DIAL, RESUME);
        script.says(welcome("true"));
        script.hears("> {'op':3,'id':'1','stopped':false}", "> {'op':8,'seq':1,'body':{'n':1}}", "state CONNECTED");
        script.says("{'op':4,'id':'1'}", "{'op':9,'seq':1,'_receivers':3}");
        assertThat(published.join()).isEqualTo(3);
        assertThat(subscribed).isCompleted();
    }

    @Test
    void aMessageThatTheNewServerFindsTooLongFailsAndTheRestGoesOn() {
        Script script = Script.loggedIn(OPTIONS);
        CompletableFuture<Integer> large = script.connection().publish(EftlMessage.ofText("x".repeat(100)));
        script.connection().publish(message(2));
        script.run();
        script.loses();
        script.advance(1);
        script.opens();
        script.says(welcome("false").replace("'max_size':200", "'max_size':100"));
        assertThat(Script.failure(large)).isInstanceOf(EftlMessageTooLargeException.class);
        script.hears(
                "> {'op':8,'seq':1,'body':{'text':'" + "x".repeat(100) + "'}}",
                "> {'op':8,'seq':2,'body':{'n':2}}",
                "state RECONNECTING",
                DIAL,
                RESUME,
                "> {'op':8,'seq':2,'body':{'n':2}}",
                "state CONNECTED");
    }

    @Test
    void aSilentServerIsLost() {
        Script script = Script.loggedIn(OPTIONS);
        script.advance(599);
        script.says("{'op':0}");
        script.hears("> {'op':0}");
        script.advance(599);
        script.hears();
        script.advance(1);
        script.hears("drop", "state RECONNECTING");
    }

    @Test
    void theProgramReconnectsWithAllItsSubscriptions() {
        Script script = Script.loggedIn(OPTIONS);
        script.connection().subscribe(SubscribeOptions.everything().durable("d"), message -> {});
        script.says("{'op':4,'id':'1'}");
        CompletableFuture<EftlConnection> early = script.connection().reconnect();
        script.run();
        assertThat(Script.failure(early))
                .isInstanceOf(EftlAlreadyConnectedException.class)
                .hasMessageContaining("CONNECTED");
        script.closes(1001, "bye");
        script.hears(
                "> {'op':3,'id':'1','durable':'d','stopped':false}", "state DISCONNECTED", "disconnected 1001 bye");
        CompletableFuture<EftlConnection> again = script.connection().reconnect();
        script.hears(DIAL, "state CONNECTING");
        script.opens();
        script.hears(login("'_qos':'true','_hawser':'1'", ",'id_token':'t'"));
        script.says(welcome("false"));
        script.hears("> {'op':3,'id':'1','durable':'d','stopped':false}", "state CONNECTED", "reconnected");
        assertThat(again.join()).isSameAs(script.connection());
    }

    @Test
    void aReconnectThatFailsSaysSo() {
        Script script = Script.loggedIn(OPTIONS);
        script.closes(1001, "bye");
        CompletableFuture<EftlConnection> again = script.connection().reconnect();
        script.run();
        script.refuses("connection refused");
        assertThat(Script.failure(again))
                .isInstanceOf(EftlConnectException.class)
                .hasMessage("connection refused");
    }
}
