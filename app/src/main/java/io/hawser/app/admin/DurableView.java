package io.hawser.app.admin;

import io.hawser.core.match.TopicPattern;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.Durables;
import io.hawser.core.store.durable.StoredMessage;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One look at what a durable keeps: at those messages that somebody wants to see, found page by page. All fields belong to the
 * executor of {@link Answers}.
 *
 * <p>The messages stand by their store ids, and almost, but not always, by their times: a clock can be set. So the times are those of
 * each message, and all are looked at.
 */
final class DurableView {
    /** So many are looked at before somebody is told how far that is. */
    private static final int MOST_LOOKED_AT = 10_000;

    /** About so much is told at once. */
    private static final long MOST_BYTES = 4 << 20;

    private static final int LARGEST = 1_000;
    private static final Pattern AGO = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private final Answers answers;
    private final Durables durables;
    private final DurableName name;
    private final Instant since;
    private final Instant until;
    private final Optional<TopicPattern> topics;
    private final boolean last;
    private final int count;
    private final boolean narrowed;
    private final CompletableFuture<Fields> page = new CompletableFuture<>();
    private final Deque<StoredMessage> found = new ArrayDeque<>();
    private long next;
    private long bytes;
    private long looked;

    private DurableView(Answers answers, Durables durables, DurableName name, Question asked, Instant now) {
        this.answers = answers;
        this.durables = durables;
        this.name = name;
        this.since = time(asked, "since", now).orElse(Instant.MIN);
        this.until = time(asked, "until", now).orElse(Instant.MAX);
        this.topics = asked.query("topic").map(DurableView::topics);
        this.last = asked.query("last").isPresent();
        this.count = last ? asked.number("last", 1, 1, LARGEST) : Answers.limit(asked);
        this.next = asked.number("from").orElse(0);
        this.narrowed = last
                || topics.isPresent()
                || asked.query("since").or(() -> asked.query("until")).isPresent();
        if (last && (asked.query("from").isPresent() || asked.query("limit").isPresent())) {
            throw Rejection.wrong("'last' goes without 'from' and 'limit'");
        }
        if (since.isAfter(until)) {
            throw Rejection.wrong("'since' is after 'until': nothing is between them");
        }
    }

    /**
     * What {@code asked} wants to see of the durable {@code name}: {@code items}, and {@code next}, the store id to go on from.
     *
     * @param now from when {@code 10m} counts back
     */
    static CompletableFuture<Fields> of(
            Answers answers, Durables durables, DurableName name, Question asked, Instant now) {
        DurableView view = new DurableView(answers, durables, name, asked, now);
        view.look();
        return view.page;
    }

    private static Optional<Instant> time(Question asked, String name, Instant now) {
        return asked.query(name).map(said -> {
            Matcher ago = AGO.matcher(said);
            try {
                return ago.matches()
                        ? now.minus(UNITS.getOrDefault(ago.group(2), Duration.ZERO)
                                .multipliedBy(Long.parseLong(ago.group(1))))
                        : Instant.parse(said);
            } catch (DateTimeException wrong) {
                throw Rejection.wrong(
                        "'" + name + "' must be a time such as 2027-01-31T12:00:00Z, or how long ago that is,"
                                + " such as 10m or 2d");
            }
        });
    }

    private static TopicPattern topics(String said) {
        try {
            return TopicPattern.parse(said);
        } catch (IllegalArgumentException wrong) {
            throw Rejection.wrong("'topic': " + wrong.getMessage());
        }
    }

    private void look() {
        int most = narrowed ? Durables.MOST_VIEWED : count;
        answers.then(durables.view(name, next, most), this::take).whenComplete((more, failure) -> {
            if (failure != null) {
                page.completeExceptionally(failure);
            } else if (more) {
                look();
            } else {
                page.complete(told());
            }
        });
    }

    /** Takes what is wanted of {@code messages}; true if there may be more. */
    private boolean take(List<StoredMessage> messages) {
        for (StoredMessage each : messages) {
            looked++;
            next = each.id() + 1;
            if (wants(each)) {
                found.addLast(each);
                bytes += each.message().weight();
                if (!last && (found.size() >= count || bytes >= MOST_BYTES)) {
                    return false;
                }
            }
            while (found.size() > count || (bytes > MOST_BYTES && found.size() > 1)) {
                bytes -= found.removeFirst().message().weight();
            }
        }
        return narrowed && !messages.isEmpty() && (last || looked < MOST_LOOKED_AT);
    }

    private boolean wants(StoredMessage stored) {
        Instant time = Instant.ofEpochMilli(stored.message().headers().time());
        return !time.isBefore(since)
                && !time.isAfter(until)
                && topics.map(pattern ->
                                pattern.matches(stored.message().topic().text()))
                        .orElse(true);
    }

    private Fields told() {
        Fields.Builder told = Fields.builder()
                .put(
                        "items",
                        Answers.sequence(found.stream().map(DurableView::row).toList()));
        if (looked > 0) {
            told.put("next", next);
        }
        return told.build();
    }

    private static Fields row(StoredMessage stored) {
        return Fields.builder()
                .put("id", stored.id())
                .put("deliveries", stored.deliveryCount())
                .put("time", new Value.DateTime(stored.message().headers().time()))
                .put("topic", stored.message().topic().toString())
                .put("from", stored.message().headers().source().toString())
                .put("bytes", stored.message().weight())
                .put("fields", new Value.Nested(stored.message().fields()))
                .build();
    }
}
