package io.hawser.app.admin;

import io.hawser.core.store.map.MapEntry;
import io.hawser.core.store.map.MapInfo;
import io.hawser.core.store.map.MapKey;
import io.hawser.core.store.map.MapName;
import io.hawser.core.store.map.MapOutcome;
import io.hawser.core.store.map.MapPage;
import io.hawser.core.store.map.MapSettings;
import io.hawser.core.store.map.MapStart;
import io.hawser.core.store.map.Maps;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpHandler;
import io.hawser.net.http.Route;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * The key-value maps. A map is named by its name and, in the query, its {@code channel}; without one it is of the open bus.
 *
 * <pre>
 *   GET    /kv                                  the maps
 *   GET    /kv/MAP?prefix=&amp;after=&amp;limit=         keys: {"items":[{"key":..,"revision":..,"time":..,"bytes":..}],"next":..}
 *   GET    /kv/MAP?watch&amp;prefix=&amp;new             changes as they come, one a line
 *   GET    /kv/MAP/KEY                          the newest revision: {"key":..,"revision":..,"time":..,"kind":"set","value":{..}}
 *   GET    /kv/MAP/KEY?history                  {"items":[..]}: all that are kept, the newest first, removals too
 *   POST   /kv/MAP/KEY {..}                     sets it, with ?revision=N only if that is the newest, 0: if there is none
 *   DELETE /kv/MAP/KEY                          removes it, with ?revision=N only if that is the newest
 * </pre>
 */
public final class KvApi {
    private final Answers answers;
    private final Maps maps;
    private final String protocol;
    private final String openChannel;

    /**
     * About {@code maps}.
     *
     * @param answers where everything is worked out
     * @param protocol what the scopes of the maps begin with, before '/' and a channel
     * @param openChannel the channel of a map that is named without one
     */
    public KvApi(Answers answers, Maps maps, String protocol, String openChannel) {
        this.answers = answers;
        this.maps = maps;
        this.protocol = protocol;
        this.openChannel = openChannel;
    }

    /** What can be asked. */
    public List<Route> routes() {
        HttpHandler keys = answers.handler(this::keys);
        return List.of(
                answers.list("/kv", this::all, this::rows),
                Route.get("/kv/{map}", exchange -> {
                    if (Question.of(exchange).yes("watch")) {
                        watch(exchange);
                    } else {
                        keys.handle(exchange);
                    }
                }),
                answers.get("/kv/{map}/{key*}", this::get),
                answers.post("/kv/{map}/{key*}", this::set),
                answers.delete("/kv/{map}/{key*}", this::remove));
    }

    private CompletableFuture<List<MapName>> all() {
        return answers.then(maps.list(), all -> all.keySet().stream()
                .sorted(Comparator.comparing(MapName::scope).thenComparing(MapName::name))
                .toList());
    }

    private CompletableFuture<List<Fields>> rows(List<MapName> names) {
        Map<MapName, CompletableFuture<Optional<MapInfo>>> infos = new LinkedHashMap<>();
        names.forEach(name -> infos.put(name, maps.info(name)));
        return answers.then(
                CompletableFuture.allOf(infos.values().toArray(CompletableFuture[]::new)),
                all -> infos.entrySet().stream()
                        .flatMap(each -> each.getValue().join().map(info -> row(each.getKey(), info)).stream())
                        .toList());
    }

    private static Fields row(MapName name, MapInfo map) {
        MapSettings settings = map.settings();
        return Fields.builder()
                .put("map", name.name())
                .put("channel", name.scope().substring(name.scope().indexOf('/') + 1))
                .put("keys", map.entries())
                .put("bytes", map.bytes())
                .put("revision", map.revision())
                .put("max_keys", settings.entries())
                .put("max_bytes", settings.bytes())
                .put("history", settings.history())
                .put("ttl_seconds", Rows.seconds(settings.ttl()))
                .build();
    }

    private MapName name(Question question) {
        return new MapName(protocol + "/" + question.query("channel").orElse(openChannel), question.part("map"));
    }

    private CompletableFuture<Fields> keys(Question question) {
        MapName name = name(question);
        String prefix = question.query("prefix").orElse("");
        String after = question.query("after").orElse("");
        CompletableFuture<MapPage> page = maps.keys(name, prefix, after, Answers.limit(question));
        return answers.then(maps.info(name).thenCombine(page, Map::entry), found -> {
            if (found.getKey().isEmpty()) {
                throw missing(name);
            }
            List<Fields> keys =
                    found.getValue().found().stream().map(KvApi::row).toList();
            Fields.Builder answer = Fields.builder().put("items", Answers.sequence(keys));
            found.getValue().next().ifPresent(next -> answer.put("next", next));
            return answer.build();
        });
    }

    private Rejection missing(MapName name) {
        return Rejection.missing(
                "there is no map " + name.name() + " on channel " + name.scope().substring(protocol.length() + 1));
    }

    private static Fields row(MapKey key) {
        return Fields.builder()
                .put("key", key.key())
                .put("revision", key.revision())
                .put("time", new Value.DateTime(key.time()))
                .put("bytes", key.bytes())
                .build();
    }

    /** What is told of one revision. */
    static Fields row(MapEntry entry) {
        Fields.Builder row = Fields.builder()
                .put("key", entry.key())
                .put("revision", entry.revision())
                .put("time", new Value.DateTime(entry.time()))
                .put("kind", entry.kind().name().toLowerCase(Locale.ROOT));
        if (entry.kind() == MapEntry.Kind.SET) {
            row.put("value", new Value.Nested(entry.value()));
        }
        return row.build();
    }

    private CompletableFuture<Fields> get(Question question) {
        MapName name = name(question);
        String key = question.part("key");
        if (question.yes("history")) {
            return answers.then(maps.history(name, key), all -> {
                List<MapEntry> some = present(name, key, Optional.of(all).filter(kept -> !kept.isEmpty()));
                return Fields.of(
                        "items", Answers.sequence(some.stream().map(KvApi::row).toList()));
            });
        }
        return answers.then(maps.get(name, key), found -> row(present(name, key, found)));
    }

    private static <T> T present(MapName name, String key, Optional<T> found) {
        return found.orElseThrow(() -> Rejection.missing("map " + name.name() + " has no key " + key));
    }

    private CompletableFuture<Fields> set(Question question) {
        MapName name = name(question);
        String key = question.part("key");
        Fields value = question.body();
        OptionalLong expected = question.number("revision");
        return expected.isEmpty()
                ? answers.then(maps.set(name, key, value), KvApi::revision)
                : answers.then(
                        maps.compareAndSet(name, key, expected.getAsLong(), value),
                        outcome -> revision(checked(name, key, outcome)));
    }

    private CompletableFuture<Fields> remove(Question question) {
        MapName name = name(question);
        String key = question.part("key");
        OptionalLong expected = question.number("revision");
        CompletableFuture<Long> removed = expected.isEmpty()
                ? maps.remove(name, key)
                : answers.then(maps.remove(name, key, expected.getAsLong()), outcome -> checked(name, key, outcome));
        return answers.then(
                removed,
                revision -> revision(present(name, key, Optional.of(revision).filter(number -> number > 0))));
    }

    private static Fields revision(long revision) {
        return Fields.builder().put("revision", revision).build();
    }

    private static long checked(MapName name, String key, MapOutcome outcome) {
        if (!outcome.done()) {
            throw Rejection.conflict(
                    outcome.revision() == 0
                            ? "map " + name.name() + " has no key " + key
                            : "key " + key + " of map " + name.name() + " is at revision " + outcome.revision());
        }
        return outcome.revision();
    }

    private void watch(HttpExchange exchange) {
        Question question = Question.of(exchange);
        MapName name = name(question);
        MapStart start = question.yes("new") ? MapStart.NOW : MapStart.CURRENT;
        MapStream stream = new MapStream(exchange, answers.thread());
        stream.begin(
                maps.watch(name, question.query("prefix").orElse(""), start, answers.thread(), stream),
                maps.info(name));
    }
}
