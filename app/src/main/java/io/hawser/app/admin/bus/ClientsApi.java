package io.hawser.app.admin.bus;

import io.hawser.app.admin.Answers;
import io.hawser.app.admin.Question;
import io.hawser.app.admin.Rejection;
import io.hawser.core.session.Journal;
import io.hawser.core.session.JournalEntry;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.gateway.ClientStatus;
import io.hawser.eftl.gateway.EftlGateway;
import io.hawser.net.http.Route;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is connected, and what happened to them.
 *
 * <pre>
 *   GET    /clients               everybody
 *   GET    /clients/ID            one of them
 *   GET    /clients/ID/events     what happened to it, the oldest first, also when it has gone
 *   DELETE /clients/ID?reason=    ends its session
 * </pre>
 *
 * <p>An ID is a client's id, or with its channel {@code channel/id} where several have the same.
 */
public final class ClientsApi {
    private final Answers answers;
    private final EftlGateway eftl;
    private final Journal journal;
    private final Supplier<CompletableFuture<List<Fields>>> others;

    /**
     * About the clients of {@code eftl} and others.
     *
     * @param answers where everything is worked out
     * @param others a row for each party of the other protocols, in an order that stays; callable from any thread
     */
    public ClientsApi(
            Answers answers, EftlGateway eftl, Journal journal, Supplier<CompletableFuture<List<Fields>>> others) {
        this.answers = answers;
        this.eftl = eftl;
        this.journal = journal;
        this.others = others;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(
                answers.list("/clients", this::everybody, CompletableFuture::completedFuture),
                answers.get("/clients/{id}", this::one),
                answers.get("/clients/{id}/events", this::events),
                answers.delete("/clients/{id}", this::expel));
    }

    private CompletableFuture<List<Fields>> everybody() {
        Stream<Fields> known = eftl.statuses().stream().map(ClientsApi::row);
        return answers.then(
                others.get(), more -> Stream.concat(known, more.stream()).toList());
    }

    private CompletableFuture<Fields> one(Question question) {
        String id = question.part("id");
        return answers.then(everybody(), all -> {
            List<Fields> found = all.stream().filter(row -> isCalled(id, row)).toList();
            if (found.isEmpty()) {
                throw missing(id);
            }
            if (found.size() > 1) {
                throw several(id, found.stream().map(ClientsApi::name));
            }
            return found.get(0);
        });
    }

    private static boolean isCalled(String id, Fields row) {
        return id.equals(row.string("id").orElse("")) || id.equals(name(row));
    }

    private static String name(Fields row) {
        return row.string("channel").or(() -> row.string("domain")).orElse("") + "/"
                + row.string("id").orElse("");
    }

    private CompletableFuture<Fields> events(Question question) {
        String id = question.part("id");
        List<String> parties = journal.parties().stream()
                .filter(party -> party.endsWith("/" + id) || party.equals(id) || party.endsWith("@" + id))
                .toList();
        if (parties.isEmpty()) {
            throw Rejection.missing("nothing is known of a client " + id + ", nor that it ever was here");
        }
        if (parties.size() > 1) {
            throw several(id, parties.stream());
        }
        List<Fields> rows =
                journal.of(parties.get(0)).stream().map(ClientsApi::row).toList();
        return CompletableFuture.completedFuture(Fields.builder()
                .put("party", parties.get(0))
                .put("items", Answers.sequence(rows))
                .build());
    }

    private CompletableFuture<Fields> expel(Question question) {
        String id = question.part("id");
        List<ClientStatus> found = eftl.statuses().stream()
                .filter(status -> isCalled(id, row(status)))
                .toList();
        if (found.isEmpty()) {
            throw missing(id);
        }
        if (found.size() > 1) {
            throw several(id, found.stream().map(status -> status.client().key()));
        }
        eftl.expel(found.get(0).client().key(), question.query("reason").orElse("the operator of the hub ended it"));
        return CompletableFuture.completedFuture(row(found.get(0)));
    }

    private static Rejection missing(String id) {
        return Rejection.missing("no client " + id + " is here");
    }

    private static Rejection several(String id, Stream<String> names) {
        return Rejection.conflict(
                "several are called " + id + "; say one of " + names.collect(Collectors.joining(", ")));
    }

    private static Fields row(JournalEntry entry) {
        return Fields.builder()
                .put("time", new Value.DateTime(entry.time().toEpochMilli()))
                .put("event", entry.event().name().toLowerCase(Locale.ROOT))
                .put("detail", entry.detail())
                .build();
    }

    private static Fields row(ClientStatus status) {
        Fields.Builder row = Fields.builder()
                .put("protocol", EftlGateway.PROTOCOL)
                .put("channel", status.client().channel())
                .put("id", status.client().id());
        if (!status.client().user().isEmpty()) {
            row.put("user", status.client().user());
        }
        status.address().ifPresent(address -> row.put("address", address.replaceFirst("^/", "")));
        return row.put("state", status.address().isPresent() ? "here" : "away")
                .put("since", new Value.DateTime(status.since().toEpochMilli()))
                .put("waiting", status.waiting())
                .put("queue", status.queue())
                .put("dropped", status.dropped())
                .put("in", status.in())
                .put("out", status.out())
                .build();
    }
}
