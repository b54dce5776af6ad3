package io.hawser.eftl;

import static io.hawser.eftl.Script.failure;
import static io.hawser.eftl.Script.welcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.core.value.Fields;
import io.hawser.eftl.EftlOptions.WhenFull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a client asks of its server, and how it is answered ({@code specs/eftl.md} 1.6, 1.12, 1.13, 1.10). */
class ClientOperationsTest {
    private static final EftlOptions OPTIONS = EftlOptions.defaults();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static EftlMessage message(long n) {
        return EftlMessage.builder().setLong("n", n).build();
    }

    // ---- publish ----

    @Test
    void aPublicationIsCompleteWhenItIsAcknowledged() {
        Script script = Script.loggedIn(OPTIONS);
        CompletableFuture<Integer> one = script.connection().publish(message(1));
        CompletableFuture<Integer> two = script.connection().publish(message(2));
        script.hears("> {'op':8,'seq':1,'body':{'n':1}}", "> {'op':8,'seq':2,'body':{'n':2}}");
        script.says("{'op':9,'seq':2,'_receivers':7}");
        assertThat(one).isNotDone();
        assertThat(two.join()).isEqualTo(7);
        script.says("{'op':9,'seq':1}", "{'op':9,'seq':1}", "{'op':9,'seq':99}");
        assertThat(one.join()).isZero();
    }

    @Test
    void aRefusedPublicationFailsWithTheServersCodeAndText() {
        Script script = Script.loggedIn(OPTIONS);
        CompletableFuture<Integer> published = script.connection().publish(message(1));
        script.run();
        script.says("{'op':9,'seq':1,'err':12,'reason':'not here'}");
        assertThat(failure(published))
                .isInstanceOf(EftlRefusedException.class)
                .hasMessage("not here")
                .extracting(EftlException::code)
                .isEqualTo(12);
    }

    @Test
    void callbacksHearWhatFuturesHear() {
        Script script = Script.loggedIn(OPTIONS);
        EftlCallback<Integer> callback = new EftlCallback<>() {
            @Override
            public void completed(Integer receivers) {
                script.note("completed " + receivers);
            }

            @Override
            public void failed(EftlException why) {
                script.note("failed " + why.code());
            }
        };
        EftlCallback.tell(script.connection().publish(message(1)), callback);
        EftlCallback.tell(script.connection().publish(message(2)), callback);
        script.hears("> {'op':8,'seq':1,'body':{'n':1}}", "> {'op':8,'seq':2,'body':{'n':2}}");
        script.says("{'op':9,'seq':1,'_receivers':2}", "{'op':9,'seq':2,'err':11,'reason':'no'}");
        script.hears("completed 2", "failed 11");
    }

    @Test
    void aMessageAsLongAsTheLimitIsSentAndOneByteMoreIsNot() {
        Script script = Script.loggedIn(OPTIONS);
        int head = "{'op':8,'seq':1,'body':{'text':''}}".length();
        CompletableFuture<Integer> tooLong = script.connection().publish(EftlMessage.ofText("x".repeat(201 - head)));
        script.hears();
        assertThat(failure(tooLong))
                .isInstanceOf(EftlMessageTooLargeException.class)
                .hasMessage("a message of 201 bytes exceeds the server's limit of 200");
        String text = "x".repeat(200 - head);
        script.connection().publish(EftlMessage.ofText(text));
        script.hears("> {'op':8,'seq':1,'body':{'text':'" + text + "'}}");
    }

    @Test
    void aMessageThatCannotBeSaidIsRefusedAtOnce() {
        Script script = Script.loggedIn(OPTIONS);
        EftlMessage unsayable = EftlMessage.of(Fields.builder().put("", 1).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> script.connection().publish(unsayable));
    }

    @Test
    void aServerWithoutAcknowledgementsIsSentNoNumber() {
        Script script = Script.loggedIn(OPTIONS, welcome("false", "1", "false"));
        CompletableFuture<Integer> published = script.connection().publish(message(1));
        script.hears("> {'op':8,'body':{'n':1}}");
        assertThat(published.join()).isZero();
    }

    @Test
    void beyondTheWindowAPublicationFailsAndLeavesRoomForOthers() {
        Script script = Script.loggedIn(OPTIONS.maxUnacknowledged(2, 1 << 20));
        script.connection().publish(message(1));
        script.connection().publish(message(2));
        CompletableFuture<Integer> third = script.connection().publish(message(3));
        script.hears("> {'op':8,'seq':1,'body':{'n':1}}", "> {'op':8,'seq':2,'body':{'n':2}}");
        assertThat(failure(third)).isInstanceOf(EftlOverflowException.class);
        script.says("{'op':9,'seq':1}");
        script.connection().publish(message(4));
        script.hears("> {'op':8,'seq':3,'body':{'n':4}}");
    }

    @Test
    void theWindowCountsBytesTooAndALargeMessageGoesAlone() {
        Script script = Script.loggedIn(OPTIONS.maxUnacknowledged(100, 300));
        CompletableFuture<Integer> large = script.connection().publish(EftlMessage.ofText("x".repeat(100)));
        CompletableFuture<Integer> second = script.connection().publish(message(2));
        script.run();
        assertThat(large).isNotDone();
        assertThat(failure(second)).isInstanceOf(EftlOverflowException.class);
    }

    @Test
    void inAListenerAFullWindowFailsInsteadOfWaiting() {
        Script script = Script.loggedIn(OPTIONS.maxUnacknowledged(1, 1 << 20).whenFull(WhenFull.WAIT));
        List<CompletableFuture<Integer>> published = new ArrayList<>();
        script.connection().subscribe(SubscribeOptions.everything(), message -> {
            published.add(script.connection().publish(message(1)));
            published.add(script.connection().publish(message(2)));
        });
        script.says("{'op':4,'id':'1'}", "{'op':7,'to':'1','seq':1,'body':{}}");
        assertThat(published.get(0)).isNotDone();
        assertThat(failure(published.get(1))).isInstanceOf(EftlOverflowException.class);
    }

    // ---- requests ----

    @Test
    void aRequestIsCompleteWithItsFirstReply() {
        Script script = Script.loggedIn(OPTIONS);
        CompletableFuture<EftlMessage> asked = script.connection().sendRequest(message(1), MINUTE);
        script.hears("> {'op':13,'seq':1,'body':{'n':1}}");
        script.says("{'op':9,'seq':1}");
        assertThat(asked).isNotDone();
        script.says("{'op':14,'seq':1,'body':{'answer':42}}", "{'op':14,'seq':1,'body':{'answer':43}}");
        assertThat(asked.join().getLong("answer")).hasValue(42);
        script.advance(61);
        script.hears();
    }

    @Test
    void aRequestThatNobodyAnswersFailsInTimeAndIsNotSentAgain() {
        Script script = Script.loggedIn(OPTIONS);
        CompletableFuture<EftlMessage> asked = script.connection().sendRequest(message(1), MINUTE);
        script.advance(59);
        assertThat(asked).isNotDone();
        script.advance(1);
        assertThat(failure(asked))
                .isInstanceOf(EftlTimeoutException.class)
                .hasMessage("no answer came within PT1M")
                .extracting(EftlException::code)
                .isEqualTo(99);
        script.says("{'op':14,'seq':1,'body':{'answer':42}}");
        script.comesBack("true");
        script.hears("state CONNECTED");
    }

    @Test
    void aRefusedRequestFailsWithTheServersCodeAndText() {
        Script script = Script.loggedIn(OPTIONS);
        CompletableFuture<EftlMessage> asked = script.connection().sendRequest(message(1), MINUTE);
        script.run();
        script.says("{'op':14,'seq':1,'err':41,'reason':'nobody is there'}");
        assertThat(failure(asked)).isInstanceOf(EftlRefusedException.class).hasMessage("nobody is there");
    }

    @Test
    void anAnswerThatCannotBeReadIsAnAnswer() {
        Script script = Script.loggedIn(OPTIONS);
        CompletableFuture<EftlMessage> asked = script.connection().sendRequest(message(1), MINUTE);
        script.hearsAnything();
        script.says("{'op':14,'seq':1,'body':5}");
        assertThat(failure(asked))
                .isInstanceOf(EftlRefusedException.class)
                .hasMessageStartingWith("the server sent a malformed frame: ")
                .extracting(EftlException::code)
                .isEqualTo(1002);
    }

    @Test
    void aReplyGoesWhereTheRequestCameFrom() {
        Script script = Script.loggedIn(OPTIONS);
        List<EftlMessage> requests = new ArrayList<>();
        script.connection().subscribe(SubscribeOptions.everything(), requests::add);
        script.says(
                "{'op':4,'id':'1'}",
                "{'op':7,'to':'1','seq':1,'reply_to':'js-1','req':8,'body':{'req':1}}",
                "{'op':7,'to':'1','seq':2,'body':{}}");
        assertThat(requests).extracting(EftlMessage::isRequest).containsExactly(true, false);
        script.hears("> {'op':3,'id':'1','stopped':false}", "> {'op':9,'seq':2,'id':'1'}");
        CompletableFuture<Void> replied = script.connection().sendReply(requests.get(0), message(42));
        script.hears("> {'op':15,'seq':1,'body':{'n':42},'to':'js-1','req':8}");
        script.says("{'op':9,'seq':1}");
        assertThat(replied).isCompleted();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> script.connection().sendReply(requests.get(1), message(1)))
                .withMessageContaining("no request");
    }

    @Test
    void anOldServerKnowsNoRequests() {
        Script script = Script.loggedIn(OPTIONS, welcome("false", "0", "true"));
        CompletableFuture<EftlMessage> asked = script.connection().sendRequest(message(1), MINUTE);
        script.hears();
        assertThat(failure(asked))
                .isInstanceOf(EftlUnsupportedException.class)
                .hasMessage("requests and replies are not supported with this server");
        script.connection().publish(message(1));
        script.hears("> {'op':8,'seq':1,'body':{'n':1}}");
    }

    // ---- maps ----

    @Test
    void aMapTakesGivesAndForgetsMessages() {
        Script script = Script.loggedIn(OPTIONS);
        EftlKVMap map = script.connection().createKVMap("m1");
        CompletableFuture<Void> set = map.set("k1", EftlMessage.ofText("v1"));
        CompletableFuture<Optional<EftlMessage>> get = map.get("k1");
        CompletableFuture<Optional<EftlMessage>> none = map.get("nokey");
        CompletableFuture<Void> removed = map.remove("k1");
        CompletableFuture<Void> destroyed = script.connection().removeKVMap("m1");
        script.hears(
                "> {'op':20,'map':'m1','key':'k1','value':{'text':'v1'},'seq':1}",
                "> {'op':22,'map':'m1','key':'k1','seq':2}",
                "> {'op':22,'map':'m1','key':'nokey','seq':3}",
                "> {'op':24,'map':'m1','key':'k1','seq':4}",
                "> {'op':18,'seq':5,'map':'m1'}");
        script.says(
                "{'op':26,'seq':1}",
                "{'op':26,'seq':2,'value':{'text':'v1'}}",
                "{'op':26,'seq':3}",
                "{'op':26,'seq':4}",
                "{'op':9,'seq':5}");
        assertThat(set).isCompleted();
        assertThat(get.join().orElseThrow().getString("text")).contains("v1");
        assertThat(none.join()).isEmpty();
        assertThat(removed).isCompleted();
        assertThat(destroyed).isCompleted();
        assertThat(map.name()).isEqualTo("m1");
    }

    @Test
    void aMapThatIsDeniedSaysSo() {
        Script script = Script.loggedIn(OPTIONS);
        CompletableFuture<Void> set = script.connection().createKVMap("denied").set("k", message(1));
        CompletableFuture<Void> destroyed = script.connection().removeKVMap("denied");
        script.run();
        script.says("{'op':26,'seq':1,'err':14,'reason':'not authorized'}", "{'op':26,'seq':2,'err':30,'reason':'no'}");
        assertThat(failure(set)).isInstanceOf(EftlRefusedException.class).hasMessage("not authorized");
        assertThat(failure(destroyed)).extracting(EftlException::code).isEqualTo(30);
    }

    // ---- goodbye ----

    @Test
    void aGoodbyeWaitsForAnswers() {
        Script script = Script.loggedIn(OPTIONS);
        CompletableFuture<Integer> before = script.connection().publish(message(1));
        CompletableFuture<Void> gone = script.connection().disconnect();
        CompletableFuture<Integer> after = script.connection().publish(message(2));
        script.hears("> {'op':8,'seq':1,'body':{'n':1}}", "state DISCONNECTING");
        assertThat(failure(after)).isInstanceOf(EftlClosedException.class).hasMessage("the connection is closed");
        assertThat(gone).isNotDone();
        script.says("{'op':9,'seq':1}");
        script.hears(
                "> {'op':11,'reason':'closed by the program'}",
                "close 1000",
                "state DISCONNECTED",
                "disconnected 1000 the connection was closed");
        assertThat(before).isCompleted();
        assertThat(gone).isCompleted();
        assertThat(script.connection().disconnect()).isNotDone();
        script.hears();
    }

    @Test
    void aGoodbyeDoesNotWaitForEver() {
        Script script = Script.loggedIn(OPTIONS.closeTimeout(Duration.ofSeconds(3)));
        CompletableFuture<Integer> open = script.connection().publish(message(1));
        script.connection().disconnect();
        script.advance(2);
        script.hears("> {'op':8,'seq':1,'body':{'n':1}}", "state DISCONNECTING");
        script.advance(1);
        script.hears(
                "> {'op':11,'reason':'closed by the program'}",
                "close 1000",
                "state DISCONNECTED",
                "disconnected 1000 the connection was closed");
        assertThat(failure(open)).isInstanceOf(EftlClosedException.class);
    }

    @Test
    void aGoodbyeWhileComingBackIsAtOnce() {
        Script script = Script.loggedIn(OPTIONS);
        script.loses();
        CompletableFuture<Integer> open = script.connection().publish(message(1));
        CompletableFuture<Void> gone = script.connection().disconnect();
        script.advance(3_600);
        script.hears("state RECONNECTING", "state DISCONNECTED", "disconnected 1000 closed by the program");
        assertThat(gone).isCompleted();
        assertThat(failure(open)).isInstanceOf(EftlClosedException.class);
    }

    @Test
    void aGoodbyeWhileDiallingDropsWhatOpensLater() {
        Script script = Script.loggedIn(OPTIONS);
        script.loses();
        script.advance(1);
        script.connection().disconnect();
        script.run();
        script.opens();
        script.hears(
                "state RECONNECTING",
                "dial ws://a/channel?client_id=c {}",
                "state DISCONNECTED",
                "disconnected 1000 closed by the program",
                "drop");
    }
}
