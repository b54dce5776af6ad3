package io.hawser.iot.link;

import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.Problem;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.TokenAnswer;
import io.hawser.iot.wire.TokenRequest;
import io.hawser.net.Loop;
import io.hawser.net.http.HttpCall;
import io.hawser.net.http.HttpResponse;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token by which the server knows us, and how a new one is got ({@code specs/iot.md} 1.2): one at a time however many calls
 * wait for it, before the old one expires. Owner: the loop; signatures are made elsewhere.
 */
final class TokenBook {
    private static final Logger LOG = LoggerFactory.getLogger(TokenBook.class);
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    /** A token is renewed when so much of its life is over, as its answer was on the way for a while. */
    private static final double SPENT = 0.9;

    private final Https https;
    private final URI address;
    private final TrustedAssets assets;
    private final ServerClock clock;
    private final Loop loop;
    private final Executor signers;
    private @Nullable Token token;
    private @Nullable Renewal renewal;

    private record Token(String text, long renewAt) {}

    TokenBook(Https https, URI address, TrustedAssets assets, ServerClock clock, Loop loop, Executor signers) {
        this.https = https;
        this.address = address;
        this.assets = assets;
        this.clock = clock;
        this.loop = loop;
        this.signers = signers;
    }

    /** A token that is good; the future completes on the loop and is the caller's to cancel. */
    CompletableFuture<String> token() {
        Token now = token;
        if (now != null && loop.nanoTime() - now.renewAt() < 0) {
            return CompletableFuture.completedFuture(now.text());
        }
        if (renewal == null) {
            renewal = new Renewal();
            renewal.ask();
        }
        return renewal.asked.copy();
    }

    /** The server did not take {@code text}. */
    void reject(String text) {
        if (token != null && token.text().equals(text)) {
            token = null;
        }
    }

    /** We are somebody else now: what was got, or is on its way, is for who we were. */
    void drop() {
        token = null;
        renewal = null;
    }

    /** One way to a new token. */
    private final class Renewal {
        private final CompletableFuture<String> asked = new CompletableFuture<>();
        private final Duration before = clock.ahead();
        private boolean corrected;

        void ask() {
            signers.execute(() -> {
                try {
                    boolean activating = !assets.isActivated();
                    byte[] form = new TokenRequest(assets.assertion(clock.instant()), activating).write();
                    loop.execute(() -> send(form));
                } catch (AssetsException unusable) {
                    String why = String.valueOf(unusable.getMessage());
                    loop.execute(() -> fail(LinkException.answered(LinkException.Kind.DENIED, 0, why)));
                }
            });
        }

        private void send(byte[] form) {
            HttpCall call = HttpCall.of("POST", address)
                    .with("Accept", "application/json")
                    .with(TokenRequest.CONTENT_TYPE, form)
                    .repeatable();
            https.send(call).whenComplete((answer, failure) -> {
                if (failure != null) {
                    fail(failure);
                } else if (answer.status() == 400) {
                    refused(call, answer);
                } else if (!Verdict.isSuccess(answer)) {
                    fail(new Verdict(clock).failure(call, answer));
                } else {
                    take(call, answer);
                }
            });
        }

        private void take(HttpCall call, HttpResponse answer) {
            try {
                TokenAnswer got = TokenAnswer.of(JSON.object(answer.body()));
                if (isOver()) {
                    long life = TimeUnit.MILLISECONDS.toNanos(got.lifeMillis());
                    token = new Token(got.token(), loop.nanoTime() + (long) (life * SPENT));
                }
                asked.complete(got.token());
            } catch (ProtocolException garbled) {
                fail(LinkException.answered(
                        LinkException.Kind.GARBLED, answer.status(), call + ": " + garbled.reason()));
            }
        }

        /**
         * 400: our proof is wrong, as it is when our clock is; whoever says what time it is, is asked once more. If that was not it, the
         * clock is as it was.
         */
        private void refused(HttpCall call, HttpResponse answer) {
            OptionalLong time =
                    Verdict.problem(answer).map(Problem::currentTime).orElse(OptionalLong.empty());
            if (!corrected && time.isPresent()) {
                corrected = true;
                clock.set(time.getAsLong());
                LOG.info(
                        "iot[{}] sets its clock by the server: {} s",
                        assets.id(),
                        clock.ahead().toSeconds());
                ask();
            } else {
                clock.set(before);
                LinkException why = new Verdict(clock).failure(call, answer);
                fail(LinkException.answered(
                        LinkException.Kind.DENIED, answer.status(), String.valueOf(why.getMessage())));
            }
        }

        private void fail(Throwable why) {
            isOver();
            asked.completeExceptionally(why);
        }

        /** Ends this way; false if somebody else has taken its place meanwhile. */
        private boolean isOver() {
            boolean current = this == renewal;
            if (current) {
                renewal = null;
            }
            return current;
        }
    }
}
