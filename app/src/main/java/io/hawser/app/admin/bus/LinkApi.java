package io.hawser.app.admin.bus;

import io.hawser.app.admin.Answers;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.link.Link;
import io.hawser.eftl.link.LinkStatus;
import io.hawser.net.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * The links to other hubs.
 *
 * <pre>
 *   GET /links     how each stands, and what was counted there
 * </pre>
 */
public final class LinkApi {
    private final Answers answers;
    private final List<Link> links;

    /** About {@code links}; everything is worked out on {@code answers}. */
    public LinkApi(Answers answers, List<Link> links) {
        this.answers = answers;
        this.links = List.copyOf(links);
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(answers.list(
                "/links",
                this::all,
                page -> CompletableFuture.completedFuture(
                        page.stream().map(LinkApi::row).toList())));
    }

    private CompletableFuture<List<LinkStatus>> all() {
        CompletableFuture<List<LinkStatus>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (Link link : links) {
            all = all.thenCombine(link.status(), (before, one) -> {
                before.add(one);
                return before;
            });
        }
        return all;
    }

    private static Fields row(LinkStatus link) {
        Fields.Builder row = Fields.builder()
                .put("link", link.name())
                .put("url", link.url())
                .put("state", link.state().name().toLowerCase(Locale.ROOT))
                .put("since", new Value.DateTime(link.since().toEpochMilli()));
        if (!link.hub().isEmpty()) {
            row.put("hub", link.hub());
        }
        row.put("in", link.in())
                .put("out", link.out())
                .put("waiting", link.waiting())
                .put("dropped", link.dropped())
                .put("denied", link.denied())
                .put("turned_back", link.turnedBack())
                .put("storms", link.storms())
                .put("held", link.held());
        if (!link.failure().isEmpty()) {
            row.put("failure", link.failure());
        }
        return row.build();
    }
}
