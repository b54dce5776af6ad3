package io.hawser.verify.crash;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.net.Loops;
import io.hawser.net.http.HttpCall;
import io.hawser.net.http.HttpClient;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.tls.TlsTrust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An operator over REST, by HTTP Basic, that orders as fast as the hub takes it until that is gone. */
final class OrderingProgram implements AutoCloseable {
    /** So many orders are under way at once. */
    static final int AT_A_TIME = 8;

    private static final String API = "/iot/api/v2";
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final String USER = Base64.getEncoder().encodeToString("operator:".getBytes(US_ASCII));

    private final Loops loops = Loops.start(1, "operator");
    private final HttpClient client;
    private final String url;
    private final List<String> paths;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private List<CompletableFuture<Void>> under = List.of();

    /**
     * An operator.
     *
     * @param paths what it orders, below the API's root
     */
    OrderingProgram(String url, Path trust, List<String> paths) {
        this.url = url;
        this.paths = List.copyOf(paths);
        this.client = new HttpClient(loops.next(), HttpClient.Options.defaults().with(TlsTrust.pem(trust)));
    }

    /** Orders until the hub is gone. */
    void order(long seed) {
        List<CompletableFuture<Void>> begun = new ArrayList<>();
        for (int i = 0; i < AT_A_TIME; i++) {
            CompletableFuture<Void> over = new CompletableFuture<>();
            begun.add(over);
            next(new Random(seed + i), over);
        }
        under = begun;
    }

    private void next(Random random, CompletableFuture<Void> over) {
        send("POST", paths.get(random.nextInt(paths.size()))).whenComplete((answer, failure) -> {
            if (failure == null && answer.status() == 202) {
                told.add(id(answer));
                next(random, over);
                return;
            }
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (!(cause instanceof IOException)) {
                wrong.add(failure == null ? answer.status() + " " + answer.text() : String.valueOf(failure));
            }
            over.complete(null);
        });
    }

    /** Returns when it knows that the hub is gone. */
    void rest() {
        CompletableFuture.allOf(under.toArray(CompletableFuture[]::new)).join();
    }

    /** The status of the answer to {@code GET /requests/ID}. */
    int state(String command) {
        return send("GET", "/requests/" + command).join().status();
    }

    /** The commands that the hub has told it of. */
    Set<String> told() {
        return told;
    }

    /** What went wrong, but for a hub that is gone. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    private CompletableFuture<HttpResponse> send(String method, String path) {
        return client.send(HttpCall.of(method, URI.create(url + API + path)).with("Authorization", "Basic " + USER));
    }

    private static String id(HttpResponse answer) {
        try {
            return JSON.object(answer.body()).string("id").orElseThrow();
        } catch (ProtocolException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        client.close();
        loops.close();
    }
}
