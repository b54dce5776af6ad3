package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.app.terminal.Terminal;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code request} and {@code reply} against a hub of their own. */
@Timeout(60)
class RequestAndReplyTest {
    private final Hub hub =
            Hub.start(new ConfigReader(Map.of()).flag("test", "eftl.port", 0).read());

    @AfterEach
    void closeHub() {
        hub.close();
    }

    /** One command with what it prints. */
    private final class Side {
        private final StringWriter out = new StringWriter();
        private final StringWriter err = new StringWriter();

        int run(String... arguments) {
            Terminal terminal = new Terminal(
                    new ByteArrayInputStream(new byte[0]),
                    new PrintWriter(out, true),
                    new PrintWriter(err, true),
                    Map.of("HAWSER_URL", hub.eftlUrl()),
                    Instant::now,
                    ZoneOffset.UTC);
            return Hawser.commandLine(terminal, arguments).execute(arguments);
        }
    }

    private CompletableFuture<Integer> answering(Side side, String... arguments) {
        CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(() -> side.run(arguments));
        await().until(() -> side.err.toString().startsWith("answering"));
        return ended;
    }

    @Test
    void aCommandAnswersAndItsAnswerIsPrinted() {
        Side answerer = new Side();
        CompletableFuture<Integer> ended =
                answering(answerer, "reply", "tools/*", "--command", "tr a-z A-Z", "--count", "2");
        Side asker = new Side();
        assertThat(asker.run("request", "tools/upper", "word=hello")).isZero();
        assertThat(asker.out.toString()).contains("\"WORD\":\"HELLO\"");
        assertThat(new Side().run("request", "tools/upper", "-o", "json", "x=1"))
                .isZero();
        assertThat(ended.orTimeout(10, TimeUnit.SECONDS).join()).isZero();
    }

    @Test
    void aBodyAnswers() {
        Side answerer = new Side();
        CompletableFuture<Integer> ended = answering(answerer, "reply", "a", "--count", "1", "n=7 mode=slow");
        Side asker = new Side();
        assertThat(asker.run("request", "a", "?")).isZero();
        assertThat(asker.out.toString()).isEqualTo("{\"n\":7,\"mode\":\"slow\"}\n");
        assertThat(ended.orTimeout(10, TimeUnit.SECONDS).join()).isZero();
    }

    @Test
    void whoeverAsksNobodyOrSomebodySilentHearsThatInTime() {
        Side nobody = new Side();
        assertThat(nobody.run("request", "a", "x=1")).isEqualTo(5);
        assertThat(nobody.err.toString()).isEqualTo("hawser request: nobody is there who could reply\n");
        try (EftlConnection silent =
                Eftl.connect(hub.eftlUrl(), EftlOptions.defaults()).join()) {
            silent.subscribe(SubscribeOptions.everything(), message -> {}).join();
            Side late = new Side();
            assertThat(late.run("request", "a", "x=1", "--timeout", "200ms")).isEqualTo(5);
            assertThat(late.err.toString()).startsWith("hawser request: no ").contains(" came within ");
        }
    }

    @Test
    void severalAnswerOneQuestion() {
        Side one = new Side();
        CompletableFuture<Integer> first = answering(one, "reply", "tools/who", "text=one", "--count", "2");
        Side two = new Side();
        CompletableFuture<Integer> second = answering(two, "reply", "tools/who", "text=two", "--count", "2");
        Side asker = new Side();
        assertThat(asker.run("request", "tools/who", "--replies", "2", "?")).isZero();
        assertThat(asker.out.toString().lines()).containsExactlyInAnyOrder("one", "two");
        Side patient = new Side();
        assertThat(patient.run("request", "tools/who", "--replies", "3", "--timeout", "1s", "?"))
                .isZero();
        assertThat(patient.out.toString().lines()).containsExactlyInAnyOrder("one", "two");
        assertThat(patient.err.toString()).isEqualTo("2 of 3 replies came within 1.0 s\n");
        assertThat(first.orTimeout(10, TimeUnit.SECONDS).join()).isZero();
        assertThat(second.orTimeout(10, TimeUnit.SECONDS).join()).isZero();
    }

    @Test
    void whoeverWantsSeveralAnswersAndGetsNoneHearsThatInTime() {
        Side nobody = new Side();
        assertThat(nobody.run("request", "a", "--replies", "2", "x=1")).isEqualTo(5);
        assertThat(nobody.err.toString()).isEqualTo("hawser request: nobody is there who could reply\n");
        try (EftlConnection silent =
                Eftl.connect(hub.eftlUrl(), EftlOptions.defaults()).join()) {
            silent.subscribe(SubscribeOptions.everything(), message -> {}).join();
            Side late = new Side();
            assertThat(late.run("request", "a", "--replies", "0", "x=1", "--timeout", "200ms"))
                    .isEqualTo(5);
            assertThat(late.err.toString()).isEqualTo("hawser request: no reply came within 0.2 s\n");
            assertThat(new Side().run("request", "a", "--replies", "-1", "x=1")).isEqualTo(2);
        }
    }

    @Test
    void aLoneTextIsPrintedAsItIs() {
        try (EftlConnection client =
                Eftl.connect(hub.eftlUrl(), EftlOptions.defaults()).join()) {
            EftlMessage answer = EftlMessage.of(Fields.of("value", Value.of("1 2 3")));
            client.subscribe(SubscribeOptions.everything(), request -> client.sendReply(request, answer))
                    .join();
            Side asker = new Side();
            assertThat(asker.run("request", "position", "")).isZero();
            assertThat(asker.out.toString()).isEqualTo("1 2 3\n");
        }
    }
}
