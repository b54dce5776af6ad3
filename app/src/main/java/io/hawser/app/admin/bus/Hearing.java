package io.hawser.app.admin.bus;

import io.hawser.app.admin.Answers;
import io.hawser.app.admin.Question;
import io.hawser.app.admin.Rejection;
import io.hawser.app.admin.SubscriptionRows;
import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
import io.hawser.core.access.Principal;
import io.hawser.core.border.Checkpoint;
import io.hawser.core.message.Topic;
import io.hawser.core.route.Conductor;
import io.hawser.core.route.DurableSubscription;
import io.hawser.core.route.Interest;
import io.hawser.core.route.Interests;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.route.Reader;
import io.hawser.core.route.Subscription;
import io.hawser.core.value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who would get what is published on a topic, and why somebody would not: {@code GET /subscriptions?for=TOPIC&as=USER}.
 * Verdicts are {@code yes}, {@code if} with what must hold besides, and {@code no} with what forbids it.
 */
public final class Hearing {
    private static final String VERDICT = "verdict";
    private static final String WHY = "why";

    private final Conductor conductor;
    private final Access access;
    private final Function<String, Principal> users;

    /**
     * About the subscriptions of {@code conductor}, as far as {@code access} lets them hear.
     *
     * @param users who is called so
     */
    public Hearing(Conductor conductor, Access access, Function<String, Principal> users) {
        this.conductor = conductor;
        this.access = access;
        this.users = users;
    }

    /** What is answered. */
    public Fields answer(Question question) {
        String topic = question.query("for").orElse("");
        try {
            new Topic(topic);
        } catch (IllegalArgumentException wrong) {
            throw Rejection.wrong(String.valueOf(wrong.getMessage()));
        }
        List<Fields> rows = new ArrayList<>();
        question.query("as").ifPresent(user -> rows.add(publisher(users.apply(user), topic)));
        Interests interests = conductor.interests();
        SubscriptionRows.sorted(interests).stream()
                .flatMap(each -> hears(interests, each, topic).stream())
                .forEach(rows::add);
        return Answers.page(question, rows, Function.identity());
    }

    private Fields publisher(Principal user, String topic) {
        boolean may = access.allows(user, Action.PUBLISH, topic);
        Fields.Builder row = Fields.builder()
                .put("kind", "publisher")
                .put("owner", user.name())
                .put("topic", topic)
                .put(VERDICT, may ? "yes" : "no");
        if (!may) {
            String missing = access.missing(user, Action.PUBLISH, topic).label();
            row.put(WHY, user.name() + " may not " + missing + " on " + topic);
        }
        return row.build();
    }

    /** Empty if it has nothing to do with the topic. */
    private Optional<Fields> hears(Interests interests, Subscription subscription, String topic) {
        Interest interest = subscription.interest();
        Optional<Checkpoint> exit = interests.exit(subscription);
        boolean renamed = exit.filter(Checkpoint::renames).isPresent();
        if (!renamed && !interest.topic().matches(topic)) {
            return Optional.empty();
        }
        Fields.Builder row = SubscriptionRows.row(subscription).toBuilder();
        Optional<Principal> denied = interest.scope()
                .reader()
                .map(Reader::principal)
                .filter(reader -> !access.allows(reader, Action.SUBSCRIBE, topic));
        if (denied.isPresent()) {
            return Optional.of(row.put(VERDICT, "no")
                    .put(WHY, denied.get().name() + " may not subscribe to " + topic)
                    .build());
        }
        String conditions = Stream.of(
                        renamed ? "the border " + exit.get() + " gives it a topic that fits" : "",
                        exit.isPresent() && !renamed ? "the border " + exit.get() + " lets it pass" : "",
                        interest.scope()
                                .channel()
                                .map(channel -> "it is said on the channel " + channel)
                                .orElse(""),
                        interest.scope()
                                .except()
                                .map(origin -> "it does not come from " + origin)
                                .orElse(""),
                        interest.content().predicates().isEmpty() ? "" : "its fields match",
                        interest.regexp().isPresent() ? "its text matches" : "")
                .filter(condition -> !condition.isEmpty())
                .collect(Collectors.joining(", and "));
        row.put(VERDICT, conditions.isEmpty() ? "yes" : "if");
        if (!conditions.isEmpty()) {
            row.put(WHY, conditions);
        }
        return Optional.of(delays(row, subscription).build());
    }

    /** What keeps it from coming soon, or at all. */
    private static Fields.Builder delays(Fields.Builder row, Subscription subscription) {
        if (subscription instanceof DurableSubscription) {
            return row.put("delivery", "kept until its consumer takes it");
        }
        if (subscription instanceof LiveSubscription<?> live && live.session().stalled()) {
            return row.put(
                    "delivery",
                    "it reads slowly or is away: " + live.session().waiting() + " wait, "
                            + live.session().dropped() + " dropped");
        }
        return row;
    }
}
