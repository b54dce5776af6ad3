package io.hawser.app.console;

import io.hawser.app.admin.Answers;
import io.hawser.core.session.Journal;
import io.hawser.core.session.JournalEntry;
import io.hawser.core.value.Fields;
import io.hawser.net.http.Route;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What happened to parties last, whoever they are: {@code GET /events?limit=20}, the newest first. */
public final class EventsApi {
    private final Answers answers;
    private final Journal journal;

    /** Out of {@code journal}. */
    public EventsApi(Answers answers, Journal journal) {
        this.answers = answers;
        this.journal = journal;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(answers.get(
                "/events",
                question -> CompletableFuture.completedFuture(
                        Fields.of("items", Answers.sequence(newest(Answers.limit(question)))))));
    }

    private List<Fields> newest(int most) {
        record Noted(String party, JournalEntry entry) {}
        Stream<Noted> all = journal.parties().stream()
                .flatMap(party -> journal.of(party).stream().map(entry -> new Noted(party, entry)));
        return all.sorted(Comparator.comparing((Noted noted) -> noted.entry().time())
                        .reversed())
                .limit(most)
                .map(noted -> Fields.builder()
                        .put("time", noted.entry().time().toEpochMilli())
                        .put("party", noted.party())
                        .put("event", noted.entry().event().name().toLowerCase(Locale.ROOT))
                        .put("detail", noted.entry().detail())
                        .build())
                .toList();
    }
}
