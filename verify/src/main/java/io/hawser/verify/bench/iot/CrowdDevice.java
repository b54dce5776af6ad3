package io.hawser.verify.bench.iot;

import io.hawser.core.value.Value;
import io.hawser.iot.wire.ActivationAnswer;
import io.hawser.iot.wire.Assertion;
import io.hawser.iot.wire.IotCodec;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.TokenAnswer;
import io.hawser.iot.wire.TokenRequest;
import io.hawser.net.http.HttpCall;
import io.hawser.net.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** One device of a crowd. Owner: the crowd's loop. */
final class CrowdDevice {
    private static final String API = "/iot/api/v2";
    private static final IotCodec CODEC = new IotCodec(IotLimits.DEFAULT);
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration ASSERTION = Duration.ofMinutes(15);
    private static final int UNKNOWN = 401;

    private final DeviceCrowd crowd;
    private final String name;
    private String id = "";
    private String token = "";

    CrowdDevice(DeviceCrowd crowd, String name) {
        this.crowd = crowd;
        this.name = name;
    }

    /** Completes when it is activated, and polls. */
    CompletableFuture<Void> begin() {
        byte[] secret = DeviceCrowd.secret(name).bytes();
        Instant expires = Instant.now().plus(ASSERTION);
        return askForToken(new TokenRequest(Assertion.sign(name, expires, secret), true))
                .thenCompose(given -> post(
                        "/activation/direct", Json.write(crowd.activation(name).fields())))
                .thenCompose(answer -> {
                    id = read(() ->
                            ActivationAnswer.of(JSON.object(answer.body())).endpointId());
                    return login();
                })
                .thenRun(this::poll);
    }

    private CompletableFuture<Void> login() {
        return askForToken(new TokenRequest(crowd.assertion(id, Instant.now().plus(ASSERTION)), false));
    }

    private CompletableFuture<Void> askForToken(TokenRequest request) {
        HttpCall call = HttpCall.of("POST", URI.create(crowd.url() + API + "/oauth2/token"))
                .with("application/x-www-form-urlencoded", request.write());
        return again(() -> crowd.client().send(call))
                .thenAccept(answer -> token =
                        read(() -> TokenAnswer.of(JSON.object(answer.body())).token()));
    }

    private void poll() {
        if (crowd.closed()) {
            return;
        }
        if (crowd.rests(name)) {
            crowd.loop().schedule(PAUSE, this::poll);
            return;
        }
        crowd.polls(1);
        send("/messages?acceptBytes=4190&iot.sync", new byte[0]).whenComplete((answer, failure) -> {
            crowd.polls(-1);
            if (failure == null && answer.status() == 200) {
                read(() -> CODEC.read(answer.body())).forEach(this::asked);
                poll();
            } else if (failure == null && answer.status() == UNKNOWN) {
                login().thenRun(this::poll);
            } else if (failure == null || !isAway(failure)) {
                crowd.failed(name, failure == null ? refused(answer) : failure);
            } else {
                crowd.loop().schedule(PAUSE, this::poll);
            }
        });
    }

    private void asked(IotMessage message) {
        String command = message.head().id();
        if (crowd.does(name, command)) {
            IotHead head = IotHead.of("answer to " + command, id, Instant.now().toEpochMilli());
            byte[] response = CODEC.write(
                    new IotMessage.Response(head, 200, command, "", Map.of(), new Value.Opaque(new byte[0])));
            post("/messages?acceptBytes=0", response).whenComplete((answer, failure) -> {
                if (failure == null) {
                    crowd.answered(command);
                } else {
                    crowd.failed(name, failure);
                }
            });
        }
    }

    /** Completes when the hub has taken it, however often that takes. */
    private CompletableFuture<HttpResponse> post(String path, byte[] body) {
        return again(() -> send(path, body));
    }

    private CompletableFuture<HttpResponse> send(String path, byte[] body) {
        HttpCall call =
                HttpCall.of("POST", URI.create(crowd.url() + API + path)).with("Authorization", "Bearer " + token);
        return crowd.client().send(body.length == 0 ? call : call.with("application/json", body));
    }

    private CompletableFuture<HttpResponse> again(Supplier<CompletableFuture<HttpResponse>> calling) {
        CompletableFuture<HttpResponse> done = new CompletableFuture<>();
        attempt(calling, done);
        return done;
    }

    private void attempt(Supplier<CompletableFuture<HttpResponse>> calling, CompletableFuture<HttpResponse> done) {
        calling.get().whenComplete((answer, failure) -> {
            if (failure != null && isAway(failure) && !crowd.closed()) {
                crowd.loop().schedule(PAUSE, () -> attempt(calling, done));
            } else if (failure != null) {
                done.completeExceptionally(failure);
            } else if (answer.status() == UNKNOWN && !id.isEmpty()) {
                login().thenRun(() -> attempt(calling, done));
            } else if (answer.status() == 200) {
                done.complete(answer);
            } else {
                done.completeExceptionally(refused(answer));
            }
        });
    }

    private static boolean isAway(Throwable failure) {
        return failure instanceof IOException
                || (failure instanceof CompletionException && failure.getCause() instanceof IOException);
    }

    private static IllegalStateException refused(HttpResponse answer) {
        return new IllegalStateException(answer.status() + " " + answer.text());
    }

    private interface Reading<T> {
        T read() throws ProtocolException;
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (ProtocolException wrong) {
            throw new IllegalStateException(wrong.reason(), wrong);
        }
    }
}
