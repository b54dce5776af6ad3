package io.hawser.app.admin.bus;

import io.hawser.app.admin.Answers;
import io.hawser.app.admin.Question;
import io.hawser.app.admin.Rejection;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.trace.Trace;
import io.hawser.core.trace.TraceEvent;
import io.hawser.core.trace.Tracer;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.http.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What happens to single messages, for a while.
 *
 * <pre>
 *   GET    /traces                   those that go on
 *   POST   /traces                   {"client":..} or {"topic":..} or {"ip":..}, {"seconds":300}: begins one; 409 if there are 4
 *   GET    /traces/ID?after=NUMBER   {"items":[..]}: its newest 1,000 events after that one, the oldest first; 404 when it has ended
 *   DELETE /traces/ID                ends it
 * </pre>
 */
public final class TraceApi {
    private static final int SECONDS = 300;

    private final Answers answers;
    private final Tracer tracer;
    private final InstantSource clock;
    private final Function<String, Set<String>> at;
    /** What traces by address look for, by trace: who is there changes. */
    private final Map<String, Runnable> looks = new ConcurrentHashMap<>();

    /**
     * Traces of {@code tracer}.
     *
     * @param answers where everything is worked out
     * @param clock the bus's
     * @param at the names of the parties that are connected from an address; called on any thread
     */
    public TraceApi(Answers answers, Tracer tracer, InstantSource clock, Function<String, Set<String>> at) {
        this.answers = answers;
        this.tracer = tracer;
        this.clock = clock;
        this.at = at;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(
                answers.listNow("/traces", () -> tracer.going(clock), TraceApi::row),
                answers.post("/traces", this::begin),
                answers.get("/traces/{id}", this::events),
                answers.delete("/traces/{id}", this::end));
    }

    private CompletableFuture<Fields> begin(Question question) {
        Fields said = question.body();
        Duration time = Duration.ofSeconds(said.find("seconds") instanceof Value.Int whole ? whole.value() : SECONDS);
        List<String> about =
                said.names().stream().filter(name -> !name.equals("seconds")).toList();
        if (about.size() != 1 || said.string(about.get(0)).isEmpty()) {
            throw Rejection.wrong("say one of client, topic and ip, and perhaps seconds");
        }
        String what = said.string(about.get(0)).get();
        try {
            Trace trace =
                    switch (about.get(0)) {
                        case "client" -> begin(time, party -> isCalled(party, what));
                        case "topic" -> byTopic(time, TopicPattern.parse(what));
                        case "ip" -> byAddress(time, what);
                        default -> throw Rejection.wrong("say client, topic or ip, not " + about.get(0));
                    };
            return CompletableFuture.completedFuture(row(trace));
        } catch (IllegalArgumentException wrong) {
            throw Rejection.wrong(String.valueOf(wrong.getMessage()));
        }
    }

    /** {@code said} is a party's name, or the same as {@code protocol:name}. */
    private static boolean isCalled(String party, String said) {
        return said.equals(party) || said.substring(said.indexOf(':') + 1).equals(party);
    }

    private Trace byTopic(Duration time, TopicPattern topics) {
        return begun(
                tracer.begin(time, message -> topics.matches(message.topic().text()), party -> false, clock));
    }

    private Trace byAddress(Duration time, String address) {
        Set<String> there = ConcurrentHashMap.newKeySet();
        Runnable look = () -> there.addAll(at.apply(address));
        look.run();
        Trace trace = begin(time, there::contains);
        looks.put(trace.id(), look);
        return trace;
    }

    private Trace begin(Duration time, Predicate<String> parties) {
        return begun(tracer.begin(time, message -> false, parties, clock));
    }

    private Trace begun(Optional<Trace> begun) {
        Trace trace = begun.orElseThrow(() ->
                Rejection.conflict("there are " + Tracer.MOST + " traces already; end one, or wait until one is over"));
        looks.keySet().retainAll(tracer.going(clock).stream().map(Trace::id).toList());
        return trace;
    }

    private Trace named(Question question) {
        String id = question.part("id");
        return tracer.going(clock).stream()
                .filter(trace -> trace.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Rejection.missing("no trace " + id + " goes on"));
    }

    private CompletableFuture<Fields> events(Question question) {
        Trace trace = named(question);
        looks.getOrDefault(trace.id(), () -> {}).run();
        List<Fields> rows = trace.after(question.number("after").orElse(0)).stream()
                .map(TraceApi::row)
                .toList();
        return CompletableFuture.completedFuture(
                row(trace).toBuilder().put("items", Answers.sequence(rows)).build());
    }

    private CompletableFuture<Fields> end(Question question) {
        Trace trace = named(question);
        tracer.end(trace);
        looks.remove(trace.id());
        return CompletableFuture.completedFuture(row(trace));
    }

    private static Fields row(Trace trace) {
        return Fields.builder()
                .put("trace", trace.id())
                .put("until", new Value.DateTime(trace.until().toEpochMilli()))
                .build();
    }

    private static Fields row(TraceEvent event) {
        Fields.Builder row = Fields.builder()
                .put("number", event.number())
                .put("time", new Value.DateTime(event.time().toEpochMilli()))
                .put("step", event.step().name().toLowerCase(Locale.ROOT))
                .put("topic", event.topic())
                .put("from", event.from());
        if (!event.to().isEmpty()) {
            row.put("to", event.to());
        }
        row.put("bytes", event.bytes());
        if (!event.detail().isEmpty()) {
            row.put("detail", event.detail());
        }
        return row.build();
    }
}
