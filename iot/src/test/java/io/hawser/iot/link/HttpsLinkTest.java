package io.hawser.iot.link;

import static io.hawser.iot.link.Oddity.answer;
import static io.hawser.iot.link.Oddity.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.device.Provision;
import io.hawser.iot.link.LinkException.Kind;
import io.hawser.iot.wire.Assertion;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.net.Loops;
import io.hawser.net.tls.Authority;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way to a server that misbehaves: each failure has its kind, and says what happened. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HttpsLinkTest {
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));
    private static final LinkSettings HASTY =
            new LinkSettings(Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofMillis(100), 1, false);

    private final Path folder;
    private final Authority authority;
    private final Loops loops = Loops.start(1, "link");
    private final ExecutorService signers = Executors.newSingleThreadExecutor();
    private final ServerClock clock = new ServerClock(NOON);
    private final List<AutoCloseable> open = new ArrayList<>();

    HttpsLinkTest(@TempDir Path folder) {
        this.folder = folder;
        this.authority = new Authority(folder, "test");
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        loops.close();
        signers.shutdown();
    }

    /** A server that gives tokens, and answers the rest as {@code script} says. */
    private Oddity server(Oddity.Script script) throws Exception {
        AtomicInteger tokens = new AtomicInteger();
        return odd(call -> call.path().endsWith("/token")
                ? token("t" + tokens.incrementAndGet(), 3_600_000)
                : script.answer(call));
    }

    private Oddity odd(Oddity.Script script) throws Exception {
        Oddity server = new Oddity(authority.issue("localhost"), script);
        open.add(server);
        return server;
    }

    private HttpsLink link(String url) throws Exception {
        return link(url, authority.pem());
    }

    private HttpsLink link(String url, Path trust) throws Exception {
        Path file = Provision.file(folder.resolve("d.conf"), url, "DEV-1", trust, Map.of());
        TrustedAssets assets = TrustedAssets.open(file, Provision.PASSPHRASE.toCharArray());
        HttpsLink link = new HttpsLink(assets, HASTY, clock, loops.next(), signers);
        open.add(link);
        return link;
    }

    private static LinkException failure(CompletableFuture<?> call) {
        ExecutionException failed = catchThrowableOfType(ExecutionException.class, call::get);
        if (failed.getCause() instanceof LinkException known) {
            return known;
        }
        throw new AssertionError("of no known kind", failed);
    }

    private static CompletableFuture<List<IotMessage.Request>> post(HttpsLink link) {
        return link.post(
                List.of(new IotMessage.Data(
                        IotHead.of("c1", "E1", 1), "urn:x:attributes", Fields.of("a", Value.of(1)))),
                0);
    }

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED, the batch is wrong",
        "401, DENIED, who are you",
        "403, DENIED, not you",
        "404, REFUSED, nothing here",
        "500, REFUSED, broken"
    })
    void eachStatusHasItsKind(int status, Kind kind, String detail) throws Exception {
        Oddity server = server(call -> answer(status, "{\"title\":\"T\",\"detail\":\"" + detail + "\"}"));
        LinkException failure = failure(post(link(server.url())));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure).hasMessageContaining("messages?acceptBytes=0: " + status + " " + detail);
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7000",
        "'Thu, 01 Jan 2026 12:00:05 GMT', 5000",
        "'Thu, 01 Jan 2026 11:00:00 GMT', 0",
        "999999999, 86400000"
    })
    void aBusyServerSaysWhenItHasTime(String retryAfter, long millis) throws Exception {
        Oddity server = server(call -> answer(503, "later", "Retry-After: " + retryAfter));
        LinkException failure = failure(post(link(server.url())));
        assertThat(failure.kind()).isEqualTo(Kind.BUSY);
        assertThat(failure.retryAfter()).contains(Duration.ofMillis(millis));
    }

    @Test
    void aBusyServerThatSaysNoTimeOrNonsenseIsBusyAllTheSame() throws Exception {
        Oddity server = server(call -> answer(503, "", "Retry-After: soon"));
        LinkException failure = failure(post(link(server.url())));
        assertThat(failure.kind()).isEqualTo(Kind.BUSY);
        assertThat(failure.retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', not valid JSON",
        "'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n[7]', message 1 is no JSON object",
        "'hello\r\n\r\n', not sound HTTP"
    })
    void nonsenseIsGarbled(String answer, String why) throws Exception {
        Oddity server = server(call -> answer);
        LinkException failure = failure(post(link(server.url())));
        assertThat(failure.kind()).isEqualTo(Kind.GARBLED);
        assertThat(failure).hasMessageContaining(why);
    }

    @Test
    void anAnswerThatIsTooLongIsNotGathered() throws Exception {
        Oddity server = server(call -> answer(200, " ".repeat((4 << 20) + 1)));
        LinkException failure = failure(post(link(server.url())));
        assertThat(failure.kind()).isEqualTo(Kind.GARBLED);
        assertThat(failure).hasMessageContaining("longer than");
    }

    @Test
    void aServerThatIsSilentOrGoneIsUnreachable() throws Exception {
        Oddity silent = server(call -> Oddity.SILENCE);
        assertThat(failure(post(link(silent.url()))))
                .hasMessageContaining("no answer within 2000 ms")
                .extracting(LinkException::kind)
                .isEqualTo(Kind.UNREACHABLE);
        Oddity gone = server(call -> Oddity.GONE);
        assertThat(failure(post(link(gone.url()))))
                .hasMessageContaining("ended the connection")
                .extracting(LinkException::kind)
                .isEqualTo(Kind.UNREACHABLE);
        String nobody;
        try (ServerSocket unused = new ServerSocket(0)) {
            nobody = "https://localhost:" + unused.getLocalPort();
        }
        assertThat(failure(post(link(nobody))))
                .hasMessageContaining("refused")
                .extracting(LinkException::kind)
                .isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void aServerThatCannotBeTrustedHearsNothing() throws Exception {
        Oddity expired =
                new Oddity(authority.issue("localhost", "EC", Instant.now().minusSeconds(9)), call -> "");
        Oddity other = new Oddity(authority.issue("elsewhere"), call -> "");
        Oddity good = odd(call -> "");
        open.addAll(List.of(expired, other));
        assertThat(failure(post(link(expired.url())))).hasMessageContaining("has expired");
        assertThat(failure(post(link(other.url())))).hasMessageContaining("for another host");
        assertThat(failure(post(link(good.url(), new Authority(folder, "stranger").pem()))))
                .hasMessageContaining("nobody whom this client trusts")
                .extracting(LinkException::kind)
                .isEqualTo(Kind.UNREACHABLE);
        assertThat(good.heard("iot")).isEmpty();
    }

    @Test
    void aCallThatIsDeniedIsMadeAgainWithANewTokenOnce() throws Exception {
        Oddity server = server(
                call -> "Bearer t1".equals(call.headers().get("authorization")) ? answer(401, "") : answer(200, "[]"));
        assertThat(post(link(server.url())).get()).isEmpty();
        assertThat(server.heard("/messages").stream().map(call -> call.headers().get("authorization")))
                .containsExactly("Bearer t1", "Bearer t2");
    }

    @Test
    void manyCallsWaitForOneToken() throws Exception {
        Oddity server = server(call -> answer(200, "[]"));
        HttpsLink link = link(server.url());
        CompletableFuture.allOf(post(link), post(link), post(link)).get();
        post(link).get();
        assertThat(server.heard("/token")).hasSize(1);
        assertThat(server.heard("/messages")).hasSize(4);
    }

    @Test
    void aTokenIsRenewedBeforeItExpires() throws Exception {
        Oddity server = odd(call -> call.path().endsWith("/token") ? token("t", 1) : answer(200, "[]"));
        HttpsLink link = link(server.url());
        await().until(() -> {
            post(link).get();
            return server.heard("/token").size() > 2;
        });
    }

    @Test
    void theClockIsSetByTheServerOnce() throws Exception {
        Instant theirs = Instant.parse("2031-05-05T05:05:05Z");
        Oddity server = odd(call -> {
            if (!call.path().endsWith("/token")) {
                return answer(200, "[]");
            }
            return expiry(call).isBefore(theirs)
                    ? answer(400, "{\"title\":\"Bad\",\"currentTime\":" + theirs.toEpochMilli() + "}")
                    : token("t", 3_600_000);
        });
        assertThat(post(link(server.url())).get()).isEmpty();
        assertThat(clock.instant()).isEqualTo(theirs);
        assertThat(expiry(server.heard("/token").get(1))).isEqualTo(theirs.plus(Assertion.LIFE));
    }

    @Test
    void aServerThatTakesNoProofAtAnyTimeDeniesUs() throws Exception {
        Oddity server = odd(call -> answer(400, "{\"detail\":\"wrong secret\",\"currentTime\":1}"));
        LinkException failure = failure(post(link(server.url())));
        assertThat(failure.kind()).isEqualTo(Kind.DENIED);
        assertThat(failure.status()).isEqualTo(400);
        assertThat(failure).hasMessageContaining("wrong secret");
        assertThat(server.heard()).hasSize(2);
        assertThat(clock.ahead()).isEqualTo(Duration.ZERO);
    }

    @Test
    void aTokenThatIsNoneIsGarbledAndABusyTokenServerIsBusy() throws Exception {
        Oddity senseless = odd(call -> answer(200, "{\"expires_in\":\"long\"}"));
        assertThat(failure(post(link(senseless.url()))).kind()).isEqualTo(Kind.GARBLED);
        Oddity busy = odd(call -> answer(503, "", "Retry-After: 3"));
        assertThat(failure(post(link(busy.url()))).retryAfter()).contains(Duration.ofSeconds(3));
    }

    @Test
    void aPollThatIsNotAnsweredIsNothingAndOneThatIsCancelledEnds() throws Exception {
        Oddity server = server(call -> Oddity.SILENCE);
        HttpsLink link = link(server.url());
        assertThat(link.poll(4190, true).get()).isEmpty();
        CompletableFuture<List<IotMessage.Request>> poll = link.poll(4190, Duration.ofHours(1));
        await().until(() -> server.heard("iot.timeout=3600").size() == 1);
        poll.cancel(false);
        await().until(() -> server.connections() <= 1);
        assertThat(server.heard("/messages").get(0).path()).isEqualTo("/iot/api/v2/messages?acceptBytes=4190&iot.sync");
    }

    @Test
    void aRequestThatDoesNotFitIsLeftWhereItIs() throws Exception {
        Oddity server = server(call -> answer(200, "[]", "X-min-acceptBytes: 9000"));
        assertThat(link(server.url()).poll(4190, true).get()).isEmpty();
    }

    @Test
    void aModelThatIsNotThereIsNothing() throws Exception {
        Oddity server = server(call -> answer(404, ""));
        assertThat(link(server.url()).model("urn:com:example:pump").get()).isEmpty();
        assertThat(server.heard("deviceModels").get(0).path())
                .isEqualTo("/iot/api/v2/deviceModels/urn:com:example:pump?expand=formats");
    }

    @Test
    void whatIsOnItsWayFailsWhenTheLinkIsClosed() throws Exception {
        Oddity server = server(call -> Oddity.SILENCE);
        HttpsLink link = link(server.url());
        CompletableFuture<?> poll = link.poll(4190, Duration.ofHours(1));
        await().until(() -> server.heard("/messages").size() == 1);
        link.close();
        assertThat(failure(poll).kind()).isEqualTo(Kind.CLOSED);
        assertThat(failure(post(link)).kind()).isEqualTo(Kind.CLOSED);
    }

    private static Instant expiry(Oddity.Said call) {
        String text = call.body().replaceAll(".*client_assertion=([^&]*).*", "$1");
        try {
            return Assertion.parse(text, IotLimits.DEFAULT).expires();
        } catch (ProtocolException malformed) {
            throw new AssertionError(text, malformed);
        }
    }
}
