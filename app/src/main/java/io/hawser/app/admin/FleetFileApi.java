package io.hawser.app.admin;

import io.hawser.clever.gateway.CleverGateway;
import io.hawser.clever.gateway.ObjectSource;
import io.hawser.core.store.object.ObjectName;
import io.hawser.core.store.object.ObjectReader;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sends uploads to copters, and tells how they get on, line by line.
 *
 * <pre>
 *   POST /fleet/file   {"files":[{"upload":"17","sha256":"...","path":"animation.csv","copters":["copter-1"]}],"force":false}
 *   {"copter":"copter-1","path":"animation.csv","sent":65536,"size":100000}     now and then
 *   {"copter":"copter-1","path":"animation.csv","done":true}                    once each; or false, with a reason
 *   {"end":true}                                                                all of it was told
 * </pre>
 */
public final class FleetFileApi {
    private static final int LONGEST = 4 << 20;

    private final Answers answers;
    private final CleverGateway fleet;
    private final StoredObjects objects;

    /** Sends to {@code fleet} what was uploaded into {@code objects}. */
    public FleetFileApi(Answers answers, CleverGateway fleet, StoredObjects objects) {
        this.answers = answers;
        this.fleet = fleet;
        this.objects = objects;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(Route.post(
                "/fleet/file",
                exchange -> exchange.wholeBody(LONGEST, body -> answers.thread().execute(() -> send(exchange, body)))));
    }

    /** One file for some copters. */
    private record Wish(String upload, String sha256, String path, List<String> copters) {
        static Wish of(Value each) {
            if (each instanceof Value.Nested nested) {
                Fields wish = nested.fields();
                return new Wish(
                        FleetApi.name(wish, "upload", "must name an upload"),
                        FleetApi.name(wish, "sha256", "must be the SHA-256 of the file, in hexadecimal digits"),
                        FleetApi.name(wish, "path", "must say where copters shall put the file"),
                        FleetApi.copters(wish));
            }
            throw Rejection.wrong("each of 'files' must be an object");
        }
    }

    private void send(HttpExchange exchange, byte[] body) {
        List<ObjectReader> readers = new ArrayList<>();
        CompletableFuture<Void> sent;
        try {
            Fields asked = new Question(exchange.request(), body).body();
            if (!(asked.find("files") instanceof Value.Sequence files)) {
                throw Rejection.wrong("'files' must be a list");
            }
            List<Wish> wishes = files.values().stream().map(Wish::of).toList();
            boolean force = Value.Bool.of(true).equals(asked.find("force"));
            sent = take(wishes, readers).thenCompose(all -> send(exchange, wishes, readers, force));
        } catch (RuntimeException wrong) {
            sent = CompletableFuture.failedFuture(wrong);
        }
        sent.whenCompleteAsync(
                (done, failure) -> {
                    readers.forEach(ObjectReader::close);
                    if (failure != null && exchange.waits()) {
                        exchange.answer(Answers.refusal(exchange, failure));
                    }
                },
                exchange.loop());
    }

    private CompletableFuture<Void> take(List<Wish> wishes, List<ObjectReader> readers) {
        CompletableFuture<Void> taken = CompletableFuture.completedFuture(null);
        for (Wish wish : wishes) {
            taken = taken.thenCompose(before -> answers.then(take(wish), readers::add))
                    .thenApply(added -> null);
        }
        return taken;
    }

    /** What was uploaded becomes an object that only this reader has. */
    private CompletableFuture<ObjectReader> take(Wish wish) {
        return objects.resume(wish.upload())
                .thenCompose(upload -> upload.orElseThrow(() -> UploadsApi.missing(wish.upload()))
                        .commit(wish.sha256()))
                .thenCompose(info -> open(info.name()));
    }

    private CompletableFuture<ObjectReader> open(ObjectName name) {
        return objects.open(name)
                .thenApply(reader -> reader.orElseThrow(() -> UploadsApi.missing(name.name())))
                .thenCompose(reader -> objects.delete(name).thenApply(gone -> reader));
    }

    private CompletableFuture<Void> send(
            HttpExchange exchange, List<Wish> wishes, List<ObjectReader> readers, boolean force) {
        CompletableFuture<FleetAnswer> begun =
                CompletableFuture.supplyAsync(() -> FleetAnswer.begin(exchange), exchange.loop());
        return begun.thenCompose(answer -> {
            List<CompletableFuture<?>> all = new ArrayList<>();
            for (int i = 0; i < wishes.size(); i++) {
                Wish wish = wishes.get(i);
                ObjectSource file = new ObjectSource(readers.get(i));
                all.add(fleet.sendFile(wish.copters(), file, wish.path(), force, answer.about(wish.path())));
            }
            return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .thenRunAsync(answer::end, exchange.loop());
        });
    }
}
