package io.hawser.verify.iot;

import io.hawser.core.value.Value;
import io.hawser.iot.registry.Secret;
import io.hawser.iot.wire.ActivationAnswer;
import io.hawser.iot.wire.Assertion;
import io.hawser.iot.wire.DirectActivation;
import io.hawser.iot.wire.IotCodec;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.TokenAnswer;
import io.hawser.iot.wire.TokenRequest;
import io.hawser.net.Loops;
import io.hawser.net.http.HttpCall;
import io.hawser.net.http.HttpClient;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.tls.TlsTrust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many devices on one event loop, that do whatever they are asked. They have one key, for keys take time; everything else is as
 * the original library does it: a token by the secret, activation, a token by the key, and then one long poll after the other.
 */
final class DeviceCrowd implements AutoCloseable {
    private static final String API = "/iot/api/v2";
    private static final IotCodec CODEC = new IotCodec(IotLimits.DEFAULT);
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final int AT_A_TIME = 50;
    private static final int MOST_TRIES = 10;

    private final Loops loops = Loops.start(1, "crowd");
    private final HttpClient client;
    private final String url;
    private final String model;
    private final KeyPair keys;
    private final Map<String, Integer> done = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger polling = new AtomicInteger();
    private volatile boolean closed;

    DeviceCrowd(String url, Path trust, String model) {
        this.url = url;
        this.model = model;
        this.client = new HttpClient(loops.next(), HttpClient.Options.defaults().with(TlsTrust.pem(trust)));
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Secret secret(String name) {
        return Secret.of("secret of " + name);
    }

    /** Has all of {@code names} activated, and lets them poll. */
    void activate(List<String> names) {
        for (int from = 0; from < names.size(); from += AT_A_TIME) {
            List<String> some = names.subList(from, Math.min(names.size(), from + AT_A_TIME));
            CompletableFuture.allOf(some.stream().map(this::activate).toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    /** How many polls wait now. */
    int polling() {
        return polling.get();
    }

    /** How often each has done what it was asked. */
    Map<String, Integer> done() {
        return Map.copyOf(done);
    }

    /** What went wrong. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    private CompletableFuture<Void> activate(String name) {
        byte[] secret = secret(name).bytes();
        Instant expires = Instant.now().plusSeconds(900);
        return token(new TokenRequest(Assertion.sign(name, expires, secret), true))
                .thenCompose(token -> {
                    DirectActivation wish = signed(name, secret);
                    return ok(post(API + "/activation/direct", token, Json.write(wish.fields())));
                })
                .thenCompose(answer -> {
                    String id = read(() ->
                            ActivationAnswer.of(JSON.object(answer.body())).endpointId());
                    return token(new TokenRequest(member(id, expires), false))
                            .thenAccept(token -> poll(name, id, token));
                });
    }

    private DirectActivation signed(String name, byte[] secret) {
        try {
            return DirectActivation.sign(List.of(model), name, keys, secret);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String member(String id, Instant expires) {
        try {
            return Assertion.sign(id, expires, keys.getPrivate());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private CompletableFuture<String> token(TokenRequest request) {
        HttpCall call = HttpCall.of("POST", URI.create(url + API + "/oauth2/token"))
                .with("application/x-www-form-urlencoded", request.write());
        return ok(client.send(call))
                .thenApply(answer ->
                        read(() -> TokenAnswer.of(JSON.object(answer.body())).token()));
    }

    /** As the original library does, asks again on another connection if one that waited has just been ended by the hub. */
    private CompletableFuture<HttpResponse> post(String path, String token, byte[] body) {
        HttpCall call = HttpCall.of("POST", URI.create(url + path)).with("Authorization", "Bearer " + token);
        return send(body.length == 0 ? call : call.with("application/json", body), MOST_TRIES);
    }

    private CompletableFuture<HttpResponse> send(HttpCall call, int tries) {
        return client.send(call)
                .exceptionallyCompose(failure -> failure instanceof IOException && tries > 1 && !closed
                        ? send(call, tries - 1)
                        : CompletableFuture.failedFuture(failure));
    }

    private void poll(String name, String id, String token) {
        polling.incrementAndGet();
        ok(post(API + "/messages?acceptBytes=4190&iot.sync", token, new byte[0]))
                .whenComplete((answer, failure) -> {
                    polling.decrementAndGet();
                    if (closed) {
                        return;
                    }
                    if (failure != null) {
                        failures.add(name + ": " + failure);
                        return;
                    }
                    for (IotMessage message : read(() -> CODEC.read(answer.body()))) {
                        done.merge(name, 1, Integer::sum);
                        IotHead head = IotHead.of(
                                "answer " + done.get(name), id, Instant.now().toEpochMilli());
                        String asked = message.head().id();
                        IotMessage response =
                                new IotMessage.Response(head, 200, asked, "", Map.of(), new Value.Opaque(new byte[0]));
                        ok(post(API + "/messages?acceptBytes=0", token, CODEC.write(response)))
                                .exceptionally(wrong -> {
                                    failures.add(name + ": " + wrong);
                                    return HttpResponse.of(500);
                                });
                    }
                    poll(name, id, token);
                });
    }

    private static CompletableFuture<HttpResponse> ok(CompletableFuture<HttpResponse> asked) {
        return asked.thenApply(answer -> {
            if (answer.status() != 200) {
                throw new IllegalStateException(answer.status() + " " + answer.text());
            }
            return answer;
        });
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

    @Override
    public void close() {
        closed = true;
        client.close();
        loops.close();
    }
}
