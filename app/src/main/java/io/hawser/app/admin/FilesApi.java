package io.hawser.app.admin;

import io.hawser.core.store.object.ObjectInfo;
import io.hawser.core.store.object.ObjectName;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.Route;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The files that the hub keeps. The owner of a copter's files is {@code clever:} and its id.
 *
 * <pre>
 *   GET    /files                                who has how many bytes
 *   GET    /files/OWNER?prefix=&amp;after=&amp;limit=     {"items":[..],"next":"..."}: files in the order of their names
 *   GET    /files/OWNER/NAME                     the bytes; the SHA-256 is the ETag
 *   DELETE /files/OWNER/NAME
 * </pre>
 */
public final class FilesApi {
    private final Answers answers;
    private final StoredObjects objects;

    /** About {@code objects}. */
    public FilesApi(Answers answers, StoredObjects objects) {
        this.answers = answers;
        this.objects = objects;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(
                answers.list(
                        "/files",
                        () -> answers.then(objects.usage(), usage -> List.copyOf(new TreeMap<>(usage).entrySet())),
                        page -> CompletableFuture.completedFuture(
                                page.stream().map(FilesApi::row).toList())),
                answers.get("/files/{owner}", this::page),
                Route.get("/files/{owner}/{name*}", this::bytes),
                answers.delete("/files/{owner}/{name*}", this::delete));
    }

    private CompletableFuture<Fields> page(Question question) {
        int limit = Answers.limit(question);
        String prefix = question.query("prefix").orElse("");
        String after = question.query("after").orElse("");
        return answers.then(objects.list(question.part("owner"), prefix, after, limit), found -> {
            Fields.Builder page = Fields.builder()
                    .put(
                            "items",
                            Answers.sequence(found.stream().map(FilesApi::row).toList()));
            if (found.size() == limit) {
                page.put("next", found.get(limit - 1).name().name());
            }
            return page.build();
        });
    }

    private void bytes(HttpExchange exchange) {
        answers.thread().execute(() -> {
            CompletableFuture<Void> begun;
            try {
                ObjectName name = name(
                        exchange.request().parameter("owner"),
                        exchange.request().parameter("name"));
                begun = objects.open(name)
                        .thenAcceptAsync(
                                reader -> ObjectAnswer.begin(exchange, reader.orElseThrow(() -> missing(name))),
                                exchange.loop());
            } catch (RuntimeException wrong) {
                begun = CompletableFuture.failedFuture(wrong);
            }
            begun.whenCompleteAsync(
                    (done, failure) -> {
                        if (failure != null) {
                            exchange.answer(Answers.refusal(exchange, failure));
                        }
                    },
                    exchange.loop());
        });
    }

    private CompletableFuture<Fields> delete(Question question) {
        ObjectName name = name(question.part("owner"), question.part("name"));
        return answers.then(objects.delete(name), gone -> {
            if (!gone) {
                throw missing(name);
            }
            return Fields.builder()
                    .put("owner", name.owner())
                    .put("name", name.name())
                    .build();
        });
    }

    static ObjectName name(String owner, String name) {
        try {
            return new ObjectName(owner, name);
        } catch (IllegalArgumentException wrong) {
            throw Rejection.wrong(String.valueOf(wrong.getMessage()));
        }
    }

    static Rejection missing(ObjectName name) {
        return Rejection.missing("there is no file " + name);
    }

    private static Fields row(Map.Entry<String, Long> usage) {
        return Fields.builder()
                .put("owner", usage.getKey())
                .put("bytes", Value.of(usage.getValue()))
                .build();
    }

    private static Fields row(ObjectInfo file) {
        return Fields.builder()
                .put("owner", file.name().owner())
                .put("name", file.name().name())
                .put("size", file.size())
                .put("modified", Instant.ofEpochMilli(file.modified()).toString())
                .put("sha256", file.sha256())
                .build();
    }
}
