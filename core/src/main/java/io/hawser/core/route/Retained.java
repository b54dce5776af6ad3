package io.hawser.core.route;

import io.hawser.core.access.Access;
import io.hawser.core.border.Checkpoint;
import io.hawser.core.border.Ruling;
import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.store.record.RecordLimits;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The last message of each topic that is configured so, for those who subscribe later. Messages of the open bus that neither ask
 * nor answer are kept; one without fields ends what is kept of its topic. A topic that could not be a key in the store is not
 * kept at all. Callable from any thread.
 *
 * <p>Concurrency: a message is routed while its topic's entry is being replaced, and a newcomer is offered the entry in the same
 * way. So whoever publishes while somebody subscribes is either kept before the newcomer looks, or has been heard by it live; what
 * it has heard live is not offered to it again. The newcomer hears each message once, and never an older one behind a newer. That
 * holds for each topic by itself, so where there are many the conductor does other things in between: a crowd of newcomers makes
 * nobody's change wait for long.
 */
public final class Retained {
    /** So many topics are looked at before the conductor turns to something else. */
    static final int STRETCH = 256;

    private final RetainedSettings settings;
    private final Counters counters;
    private final RetainedRecords records;
    private final ConcurrentHashMap<String, Message> last = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();

    /** What {@code records} has of earlier, as far as {@code settings} still say so, and what comes from now on. */
    public Retained(RetainedSettings settings, Counters counters, RetainedRecords records) {
        this.settings = settings;
        this.counters = counters;
        this.records = records;
        records.load(message -> {
            if (keeps(message) && fits(null, message)) {
                bytes.addAndGet(message.weight());
                last.put(message.topic().text(), message);
            } else {
                records.remove(message.topic().text());
            }
        });
    }

    /** Keeps nothing. */
    static Retained nothing(Counters counters) {
        return new Retained(RetainedSettings.NONE, counters, RetainedRecords.NONE);
    }

    /** All that is kept on {@code topics}, by topic. */
    public List<Message> list(TopicPattern topics) {
        return last.values().stream()
                .filter(message -> topics.matches(message.topic().text()))
                .sorted(Comparator.comparing(message -> message.topic().text()))
                .toList();
    }

    /** Keeps nothing of {@code topic} until something comes again; what was kept, if anything. */
    public Optional<Message> remove(String topic) {
        Message was = last.remove(topic);
        if (was != null) {
            bytes.addAndGet(-was.weight());
            records.remove(topic);
        }
        return Optional.ofNullable(was);
    }

    /** True if anything may be kept at all. */
    boolean any() {
        return !settings.topics().isEmpty();
    }

    boolean keeps(Message message) {
        Headers headers = message.headers();
        if (settings.topics().isEmpty()
                || headers.channel().isPresent()
                || headers.replyTo().isPresent()
                || headers.answers().isPresent()) {
            return false;
        }
        String topic = message.topic().text();
        return settings.topics().stream().anyMatch(pattern -> pattern.matches(topic));
    }

    /** Keeps {@code message}, which {@code routing} takes to everybody else. */
    Receipt keep(Message message, Supplier<Receipt> routing) {
        Receipt[] receipt = new Receipt[1];
        last.compute(message.topic().text(), (topic, older) -> {
            receipt[0] = routing.get();
            return replaced(topic, older, message);
        });
        return receipt[0];
    }

    /**
     * Offers {@code newcomer}, which {@code conductor} has taken, what it did not hear, as far as the exit there lets it pass;
     * completes when all of it is in its outbox.
     */
    CompletableFuture<Void> offer(LiveSubscription<?> newcomer, Conductor conductor, Access access) {
        TopicPattern wanted = newcomer.interest().topic();
        CompletableFuture<Void> done = new CompletableFuture<>();
        Iterator<String> topics = wanted.exact() && conductor.exit().isEmpty()
                ? List.of(wanted.toString()).iterator()
                : last.keySet().iterator();
        offer(newcomer, conductor, access, topics, done);
        return done;
    }

    private void offer(
            LiveSubscription<?> newcomer,
            Conductor conductor,
            Access access,
            Iterator<String> topics,
            CompletableFuture<Void> done) {
        Optional<Checkpoint> exit = conductor.exit();
        TopicPattern wanted = newcomer.interest().topic();
        for (int i = 0; i < STRETCH && topics.hasNext(); i++) {
            String topic = topics.next();
            if (exit.isPresent() || wanted.matches(topic)) {
                offer(newcomer, exit, topic, access);
            }
        }
        if (topics.hasNext()) {
            conductor.post(() -> offer(newcomer, conductor, access, topics, done));
        } else {
            newcomer.caughtUp();
            done.complete(null);
        }
    }

    private void offer(LiveSubscription<?> newcomer, Optional<Checkpoint> exit, String topic, Access access) {
        last.computeIfPresent(topic, (key, message) -> {
            if (exit.isEmpty()) {
                newcomer.catchUp(message, access);
            } else if (exit.get().judge(message) instanceof Ruling.Passed passed) {
                newcomer.catchUp(passed.message(), access);
            }
            return message;
        });
    }

    private static boolean isTooLong(String topic) {
        int most = RecordLimits.DEFAULT.keyBytes();
        return topic.length() > most || topic.getBytes(StandardCharsets.UTF_8).length > most;
    }

    private boolean fits(@Nullable Message older, Message message) {
        return (older != null || last.size() < settings.count())
                && bytes.get() - weight(older) + message.weight() <= settings.bytes();
    }

    private @Nullable Message replaced(String topic, @Nullable Message older, Message newer) {
        boolean ends = newer.fields().isEmpty();
        boolean kept = !ends && !isTooLong(topic) && fits(older, newer);
        if (!ends && !kept) {
            counters.add(Counter.NOT_RETAINED);
        }
        bytes.addAndGet((kept ? newer.weight() : 0) - weight(older));
        if (kept) {
            records.put(newer);
        } else if (older != null) {
            records.remove(topic);
        }
        return kept ? newer : null;
    }

    private static long weight(@Nullable Message message) {
        return message == null ? 0 : message.weight();
    }
}
