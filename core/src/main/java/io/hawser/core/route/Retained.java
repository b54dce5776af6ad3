package io.hawser.core.route;

import io.hawser.core.access.Access;
import io.hawser.core.border.Checkpoint;
import io.hawser.core.border.Ruling;
import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The last message of each topic that is configured so, for those who subscribe later. Messages of the open bus that neither ask
 * nor answer are kept; one without fields ends what is kept of its topic. Callable from any thread.
 *
 * <p>Concurrency: a message is routed while its topic's entry is being replaced, and a newcomer is offered the entry in the same
 * way. So whoever publishes while somebody subscribes is either kept before the newcomer looks, or has been heard by it live; what
 * it has heard live is not offered to it again. The newcomer hears each message once, and never an older one behind a newer.
 */
public final class Retained {
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

    /** Offers {@code newcomer}, which the conductor has taken, what it did not hear, as far as {@code exit} lets it pass. */
    void offer(LiveSubscription<?> newcomer, Optional<Checkpoint> exit, Access access) {
        TopicPattern wanted = newcomer.interest().topic();
        if (wanted.exact() && exit.isEmpty()) {
            offer(newcomer, exit, wanted.toString(), access);
        } else {
            last.keySet().forEach(topic -> offer(newcomer, exit, topic, access));
        }
        newcomer.caughtUp();
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

    private boolean fits(@Nullable Message older, Message message) {
        return (older != null || last.size() < settings.count())
                && bytes.get() - weight(older) + message.weight() <= settings.bytes();
    }

    private @Nullable Message replaced(String topic, @Nullable Message older, Message newer) {
        boolean ends = newer.fields().isEmpty();
        boolean kept = !ends && fits(older, newer);
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
