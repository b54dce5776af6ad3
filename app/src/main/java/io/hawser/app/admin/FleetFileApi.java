package io.hawser.app.admin;

import io.hawser.clever.gateway.CleverGateway;
import io.hawser.clever.gateway.ObjectSource;
import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
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
import java.util.function.BiConsumer;

/**
 * Sends files to copters and takes files from them, and tells how they get on, line by line.
 *
 * <pre>
 *   POST /fleet/file   {"files":[{"upload":"17","sha256":"...","path":"animation.csv","copters":["copter-1"]}],"force":false}
 *                      or, of a file that the hub keeps, "owner":"iot:camera-1","name":"lobby.png" for upload and sha256
 *   POST /fleet/fetch  {"path":"logs/flight.log","copters":["copter-1"]}       into the files of each copter
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
    private final Access access;

    /** Sends to {@code fleet} what was uploaded into {@code objects}, or what {@code access} lets somebody read there. */
    public FleetFileApi(Answers answers, CleverGateway fleet, StoredObjects objects, Access access) {
        this.access = access;
        this.answers = answers;
        this.fleet = fleet;
        this.objects = objects;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(route("/fleet/file", this::send), route("/fleet/fetch", this::fetch));
    }

    private Route route(String path, BiConsumer<HttpExchange, byte[]> work) {
        return Route.post(
                path,
                exchange -> exchange.wholeBody(
                        LONGEST, body -> answers.thread().execute(() -> work.accept(exchange, body))));
    }

    /** Where a file is that copters shall get. */
    private sealed interface Origin {}

    /** A file that was uploaded for this. */
    private record Uploaded(String upload, String sha256) implements Origin {}

    /** A file that the hub keeps for its owner. */
    private record Kept(ObjectName name) implements Origin {}

    /** One file for some copters. */
    private record Wish(Origin origin, String path, List<String> copters) {
        static Wish of(Value each) {
            if (each instanceof Value.Nested nested) {
                Fields wish = nested.fields();
                return new Wish(
                        origin(wish),
                        FleetApi.name(wish, "path", "must say where copters shall put the file"),
                        FleetApi.copters(wish));
            }
            throw Rejection.wrong("each of 'files' must be an object");
        }

        /** What the hub keeps of others goes only to copters of somebody who may read it. */
        void demand(Question question, Access access) {
            if (origin instanceof Kept kept) {
                question.demand(
                        access,
                        Action.FILE_READ,
                        kept.name().owner() + "/" + kept.name().name());
            }
        }

        private static Origin origin(Fields wish) {
            return wish.has("owner")
                    ? new Kept(FilesApi.name(
                            FleetApi.name(wish, "owner", "must say whose file it is"),
                            FleetApi.name(wish, "name", "must say which file it is")))
                    : new Uploaded(
                            FleetApi.name(wish, "upload", "must name an upload"),
                            FleetApi.name(wish, "sha256", "must be the SHA-256 of the file, in hexadecimal digits"));
        }
    }

    private void send(HttpExchange exchange, byte[] body) {
        List<ObjectReader> readers = new ArrayList<>();
        CompletableFuture<Void> sent;
        try {
            Question question = new Question(exchange, body);
            Fields asked = question.body();
            if (!(asked.find("files") instanceof Value.Sequence files)) {
                throw Rejection.wrong("'files' must be a list");
            }
            List<Wish> wishes = files.values().stream().map(Wish::of).toList();
            wishes.forEach(wish -> wish.demand(question, access));
            boolean force = Value.Bool.of(true).equals(asked.find("force"));
            sent = take(wishes, readers).thenCompose(all -> send(exchange, wishes, readers, force));
        } catch (RuntimeException wrong) {
            sent = CompletableFuture.failedFuture(wrong);
        }
        refuse(exchange, sent, () -> readers.forEach(ObjectReader::close));
    }

    private CompletableFuture<Void> take(List<Wish> wishes, List<ObjectReader> readers) {
        CompletableFuture<Void> taken = CompletableFuture.completedFuture(null);
        for (Wish wish : wishes) {
            taken = taken.thenCompose(before -> answers.then(take(wish), readers::add))
                    .thenApply(added -> null);
        }
        return taken;
    }

    /** What was uploaded becomes an object that only this reader has; what is kept stays. */
    private CompletableFuture<ObjectReader> take(Wish wish) {
        if (wish.origin() instanceof Kept kept) {
            return objects.open(kept.name())
                    .thenApply(reader -> reader.orElseThrow(() -> FilesApi.missing(kept.name())));
        }
        Uploaded given = (Uploaded) wish.origin();
        return objects.resume(given.upload())
                .thenCompose(upload -> upload.orElseThrow(() -> UploadsApi.missing(given.upload()))
                        .commit(given.sha256()))
                .thenCompose(info -> open(info.name()));
    }

    private void fetch(HttpExchange exchange, byte[] body) {
        CompletableFuture<Void> fetched;
        try {
            Fields asked = new Question(exchange, body).body();
            String path = FleetApi.name(asked, "path", "must say which file of the copters");
            List<String> copters = FleetApi.copters(asked);
            fetched = CompletableFuture.supplyAsync(() -> FleetAnswer.begin(exchange), exchange.loop())
                    .thenCompose(answer -> fleet.fetchFile(copters, path, answer.about(path))
                            .thenRunAsync(answer::end, exchange.loop()));
        } catch (RuntimeException wrong) {
            fetched = CompletableFuture.failedFuture(wrong);
        }
        refuse(exchange, fetched, () -> {});
    }

    private static void refuse(HttpExchange exchange, CompletableFuture<Void> work, Runnable then) {
        work.whenCompleteAsync(
                (done, failure) -> {
                    then.run();
                    if (failure != null && exchange.waits()) {
                        exchange.answer(Answers.refusal(exchange, failure));
                    }
                },
                exchange.loop());
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
