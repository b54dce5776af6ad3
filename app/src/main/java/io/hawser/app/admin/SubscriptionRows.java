package io.hawser.app.admin;

import io.hawser.core.match.ContentMatcher;
import io.hawser.core.match.Regexp;
import io.hawser.core.route.Conductor;
import io.hawser.core.route.DurableSubscription;
import io.hawser.core.route.Interest;
import io.hawser.core.route.Interests;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.route.Subscription;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Who wants what, in an order that stays as long as nobody wants something else: sorted once for each snapshot. Owner: the
 * executor of {@link Answers}.
 */
public final class SubscriptionRows {
    private final Conductor conductor;
    private Interests seen = Interests.NONE;
    private List<Subscription> all = List.of();
    private List<DurableSubscription> durables = List.of();

    SubscriptionRows(Conductor conductor) {
        this.conductor = conductor;
    }

    /** A subscription with what it is sorted by. */
    private record Keyed(String key, Subscription subscription) {}

    /** Every subscription. */
    List<Subscription> all() {
        look();
        return all;
    }

    /** Those that the store keeps messages for. */
    List<DurableSubscription> durables() {
        look();
        return durables;
    }

    @SuppressWarnings("ReferenceEquality")
    private void look() {
        Interests now = conductor.interests();
        if (now == seen) {
            return;
        }
        all = sorted(now);
        durables = all.stream()
                .filter(DurableSubscription.class::isInstance)
                .map(DurableSubscription.class::cast)
                .toList();
        seen = now;
    }

    /** All of {@code interests}, in an order that means something to people. */
    public static List<Subscription> sorted(Interests interests) {
        List<Keyed> keyed = new ArrayList<>(interests.size());
        interests.forEach(each -> keyed.add(new Keyed(key(each), each)));
        keyed.sort(Comparator.comparing(Keyed::key));
        return keyed.stream().map(Keyed::subscription).toList();
    }

    private static String key(Subscription subscription) {
        Interest interest = subscription.interest();
        String regexp = interest.regexp().map(Regexp::text).orElse("");
        String wish = interest.topic() + "\n" + interest.content() + "\n" + regexp;
        if (subscription instanceof DurableSubscription durable) {
            return durable.name().scope() + "\n" + durable.name().name();
        }
        return subscription instanceof LiveSubscription<?> live ? live.session().name() + "\n\n" + wish : wish;
    }

    /** What is told of one. */
    public static Fields row(Subscription subscription) {
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
