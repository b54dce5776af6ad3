package io.hawser.app.hub;

import io.hawser.app.admin.Resource;
import io.hawser.core.match.ContentMatcher;
import io.hawser.core.match.Regexp;
import io.hawser.core.route.Conductor;
import io.hawser.core.route.DurableSubscription;
import io.hawser.core.route.Interest;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.route.Subscription;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.gateway.EftlGateway;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a hub lists of itself: its parts' pictures as rows. Pure but for the parts; callable from any thread. */
final class Listings {
    private Listings() {}

    /** Who is connected. */
    static Resource clients(EftlGateway eftl) {
        return new Resource("clients", () -> eftl.clients().stream()
                .sorted()
                .map(name -> Fields.builder()
                        .put("protocol", "eftl")
                        .put("channel", name.substring(0, name.lastIndexOf('/')))
                        .put("id", name.substring(name.lastIndexOf('/') + 1))
                        .build())
                .toList());
    }

    /** Who wants what. */
    static Resource subscriptions(Conductor conductor) {
        return new Resource("subscriptions", () -> rows(conductor, true));
    }

    /** What is kept for whom. */
    static Resource durables(Conductor conductor) {
        return new Resource("durables", () -> rows(conductor, false));
    }

    private static List<Fields> rows(Conductor conductor, boolean live) {
        List<Fields> rows = new ArrayList<>();
        conductor.interests().forEach(subscription -> {
            if (live || subscription instanceof DurableSubscription) {
                rows.add(row(subscription));
            }
        });
        rows.sort(Comparator.comparing(row -> row.string("owner").orElse("") + ' ' + row));
        return rows;
    }

    private static Fields row(Subscription subscription) {
        Interest interest = subscription.interest();
        Fields.Builder row = Fields.builder();
        if (subscription instanceof DurableSubscription durable) {
            row.put("kind", "durable")
                    .put("owner", durable.name().scope())
                    .put("name", durable.name().name());
        } else if (subscription instanceof LiveSubscription<?> live) {
            row.put("kind", "live").put("owner", live.session().name());
        }
        row.put("topic", interest.topic().toString());
        if (!interest.content().predicates().isEmpty()) {
            row.put("match", new Value.Nested(matcher(interest.content())));
        }
        interest.regexp().map(Regexp::text).ifPresent(regexp -> row.put("regexp", regexp));
        interest.scope().channel().ifPresent(channel -> row.put("channel", channel));
        return row.build();
    }

    /** As {@code hawser sub --match} takes it: true is present, false absent. */
    private static Fields matcher(ContentMatcher content) {
        Fields.Builder fields = Fields.builder();
        for (ContentMatcher.Predicate predicate : content.predicates()) {
            fields.put(
                    predicate.name(),
                    predicate instanceof ContentMatcher.Equal equal
                            ? equal.value()
                            : Value.of(predicate instanceof ContentMatcher.Present));
        }
        return fields.build();
    }
}
