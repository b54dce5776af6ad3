package io.hawser.clever;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.clever.wire.BigIntegers;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CleverPeerTest {
    private final Pair pair = new Pair();

    @AfterEach
    void close() {
        pair.close();
    }

    @Test
    void tellsActionsBothWaysInOrder() {
        pair.client.send("land").join();
        pair.client.send(CleverCommand.of("test_command").arg(Value.of(1)).with("k", Value.of("v")));
        pair.accepted().send(CleverCommand.of("test_command").with("z", Value.of("1.5")));

        pair.serverNotes.awaits("test_command [1] {k=\"v\"}");
        pair.clientNotes.awaits("test_command [] {z=\"1.5\"}");
        assertThat(pair.serverNotes.lines()).containsExactly("connected", "land [] {}", "test_command [1] {k=\"v\"}");
    }

    @Test
    void asksBothWays() {
        assertThat(pair.client.request("id").join()).isEqualTo(Value.of("copter-1"));
        assertThat(pair.accepted().request("none").join()).isEqualTo(Value.Null.NULL);
        assertThat(pair.client.pending()).isEmpty();
    }

    @Test
    void valuesComeBackAsTheyWent() {
        Fields fields = Fields.builder()
                .put("nan", Double.NaN)
                .put("inf", Double.NEGATIVE_INFINITY)
                .put("z", 1.5)
                .put("a", 1L << 62)
                .put("big", BigIntegers.of(new BigInteger("-123456789012345678901234567890")))
                .put("text", "к\u2028\uD83D\uDE81\"\\\u0001")
                .put("none", Value.Null.NULL)
                .put("flag", Value.of(true))
                .put("", new Value.Sequence(List.of(Value.of("x"), Value.of(1), new Value.Nested(Fields.EMPTY))))
                .build();
        Value answer =
                pair.client.request(CleverCommand.of("echo").with(fields)).join();

        Value kwargs = ((Value.Sequence) answer).values().get(1);
        assertThat(((Value.Nested) kwargs).fields().names()).isEqualTo(fields.names());
        assertThat(kwargs).isEqualTo(new Value.Nested(fields));
        assertThat(BigIntegers.in(fields.get("big").orElseThrow()))
                .contains(new BigInteger("-123456789012345678901234567890"));
    }

    @Test
    void whatCannotBeSaidIsRefusedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> pair.client.send(CleverCommand.of("x").with("bytes", new Value.Opaque(new byte[] {1}))))
                .withMessageContaining("bytes cannot be said");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pair.client.send("x".repeat(65_400)))
                .withMessageContaining("take a shorter name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pair.client.request("filetransfer"))
                .withMessageContaining("use getFile");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CleverPeer.connect("host:port", CleverOptions.defaults()))
                .withMessageContaining("host:port");
    }

    @Test
    void aPeerOfOursSaysWhyItHasNoAnswer() {
        assertThatThrownBy(() -> pair.client.request("fail").join())
                .hasCauseInstanceOf(CleverRefusedException.class)
                .hasMessageContaining("no answer");
        assertThatThrownBy(() -> pair.client.request("unknown").join())
                .hasCauseInstanceOf(CleverRefusedException.class)
                .hasMessageContaining("nobody here answers the request unknown");
        pair.serverNotes.awaits("problem: nobody here answers the request unknown");
    }

    @Test
    void aPeerOfOursSaysWhenAnActionIsDone() {
        pair.client.sendAcknowledged(CleverCommand.of("land")).join();
        assertThat(pair.serverNotes.lines()).contains("land [] {}");
        assertThatThrownBy(() ->
                        pair.client.sendAcknowledged(CleverCommand.of("fail")).join())
                .hasCauseInstanceOf(CleverRefusedException.class)
                .hasMessageContaining("it cannot");
        assertThatThrownBy(() -> pair.client
                        .sendAcknowledged(CleverCommand.of("unknown"))
                        .join())
                .hasMessageContaining("nobody here handles");
    }

    @Test
    void aRequestTellsHowFarItIs() {
        Notebook steps = new Notebook();
        CompletableFuture<Value> later = new CompletableFuture<>();
        CleverHandlers handlers = new CleverHandlers().onRequestLater("work", call -> {
            call.progress(Value.of(1));
            call.progress(Value.of(2));
            return later;
        });
        try (Pair working = new Pair(options -> options.handlers(handlers), options -> options)) {
            CompletableFuture<Value> answer =
                    working.client.request(CleverCommand.of("work"), step -> steps.note(step.toString()));
            steps.awaits("2");
            assertThat(working.client.pending().get(0).name()).isEqualTo("work");
            assertThat(working.client.pending().get(0).age()).isPositive();
            later.complete(Value.of("done"));
            assertThat(answer.join()).isEqualTo(Value.of("done"));
        }
        assertThat(steps.lines()).containsExactly("1", "2");
    }

    @Test
    void aRequestThatIsNotAnsweredFailsInTime() {
        CleverHandlers never = new CleverHandlers().onRequestLater("wait", call -> new CompletableFuture<>());
        try (Pair silent = new Pair(options -> options.handlers(never), options -> options)) {
            assertThatThrownBy(() -> silent.client
                            .request(CleverCommand.of("wait").timeout(Duration.ofMillis(30)))
                            .join())
                    .hasCauseInstanceOf(CleverTimeoutException.class)
                    .hasMessageContaining("wait was not answered within PT0.03S");
            assertThat(silent.client.pending()).isEmpty();
        }
    }

    @Test
    void theFirstRegistryThatKnowsANameHandlesIt() {
        CleverHandlers first = new CleverHandlers().onRequest("one", call -> Value.of(1));
        CleverHandlers second =
                new CleverHandlers().onRequest("one", call -> Value.of(11)).onRequest("two", call -> Value.of(2));
        try (Pair both = new Pair(options -> options.handlers(first, second), options -> options)) {
            assertThat(both.client.request("one").join()).isEqualTo(Value.of(1));
            assertThat(both.client.request("two").join()).isEqualTo(Value.of(2));
            first.remove("one");
            assertThat(both.client.request("one").join()).isEqualTo(Value.of(11));
        }
    }

    @Test
    void nothingThatManyThreadsSayIsLostOrLate() {
        int each = 2_000;
        CountDownLatch all = new CountDownLatch(4 * each);
        CleverHandlers counting = new CleverHandlers().onAction("count", call -> all.countDown());
        try (Pair busy = new Pair(options -> options.handlers(counting), options -> options)) {
            List<CompletableFuture<Void>> threads = List.of(1, 2, 3, 4).stream()
                    .map(thread -> CompletableFuture.runAsync(() -> {
                        for (int i = 0; i < each; i++) {
                            busy.client.send("count");
                        }
                    }))
                    .toList();
            threads.forEach(CompletableFuture::join);
            Awaitility.await().until(() -> all.getCount() == 0);
        }
    }

    @Test
    void closingFailsWhatWaits() {
        CleverHandlers never = new CleverHandlers().onRequestLater("wait", call -> new CompletableFuture<>());
        try (Pair silent = new Pair(options -> options.handlers(never), options -> options)) {
            CompletableFuture<Value> answer = silent.client.request("wait");
            silent.client.close();
            assertThatThrownBy(answer::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(CleverClosedException.class);
            assertThatThrownBy(() -> silent.client.send("land").join()).hasCauseInstanceOf(CleverClosedException.class);
            Awaitility.await().until(() -> silent.server.peers().isEmpty());
        }
    }
}
