package io.hawser.core.route;

import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.message.Message;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.MessageBytes;
import io.hawser.core.store.record.KeyedType;
import io.hawser.core.store.record.RecordChange;
import io.hawser.core.store.record.RecordOutcome;
import io.hawser.core.store.record.RecordPage;
import io.hawser.core.store.record.RecordTable;
import io.hawser.core.store.record.Records;
import io.hawser.core.store.record.StoredRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Keeps in the store what is retained: the table {@code retained}. One round after the other, each with all that has changed
 * meanwhile, so that a topic that changes often costs one write a round.
 *
 * <p>What the store does not take, as while the disk is full, is tried again after a while, unless something newer has come: each
 * topic waits once. What it can never take is told, and what it has of that topic ends, for newcomers shall not hear an older one.
 */
public final class StoredRetained implements RetainedRecords {
    /** How a message becomes a record; its key is the topic. */
    public static final KeyedType<Message> TYPE = new KeyedType<>() {
        private static final MessageBytes BYTES = new MessageBytes(BytesLimits.DEFAULT);

        @Override
        public String name() {
            return "retained";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public String key(Message message) {
            return message.topic().text();
        }

        @Override
        public byte[] write(Message message) {
            try {
                return BYTES.write(message);
            } catch (BytesException unsayable) {
                throw new IllegalArgumentException(unsayable.getMessage(), unsayable);
            }
        }

        @Override
        public Message read(int version, byte[] bytes) throws BytesException {
            return BYTES.read(bytes);
        }
    };

    /** So long after the store refused something it is tried again. */
    static final Duration AGAIN = Duration.ofSeconds(5);

    /** At most one problem is told in so much time. */
    static final Duration QUIET = Duration.ofMinutes(1);

    private static final int PAGE = 500;

    private final Records records;
    private final RecordTable<Message> table;
    private final StoreThread writer;
    private final Consumer<String> problems;
    private final Map<String, Optional<Message>> changed = new ConcurrentHashMap<>();
    private final AtomicBoolean posted = new AtomicBoolean();
    /** What the store did not take; the writer's, like the two below. */
    private final Map<String, Optional<Message>> refused = new HashMap<>();

    private boolean planned;
    private long quietUntil = Long.MIN_VALUE;

    /** One change on its way into the store. */
    private record Attempt(String topic, Optional<Message> last, CompletableFuture<RecordOutcome> done) {}

    /**
     * Nothing is read yet.
     *
     * @param writer may be held up by the disk
     * @param problems hears what could not be read or written, once a minute at most
     */
    public StoredRetained(Records records, StoreThread writer, Consumer<String> problems) {
        this.records = records;
        this.table = records.table(TYPE);
        this.writer = writer;
        this.problems = problems;
    }

    @Override
    public void load(Consumer<Message> each) {
        try {
            Optional<String> after = Optional.of("");
            while (after.isPresent()) {
                RecordPage<Message> page = table.list("", after.get(), PAGE).join();
                page.records().stream().map(StoredRecord::value).forEach(each);
                after = page.next();
            }
        } catch (CompletionException unreadable) {
            problems.accept("what was retained cannot be read: " + unreadable.getMessage());
        }
    }

    @Override
    public void put(Message message) {
        changed.put(message.topic().text(), Optional.of(message));
        write();
    }

    @Override
    public void remove(String topic) {
        changed.put(topic, Optional.empty());
        write();
    }

    private void write() {
        if (posted.compareAndSet(false, true)) {
            writer.executor().execute(this::round);
        }
    }

    // ---- the writer's

    private void round() {
        posted.set(false);
        List<Attempt> attempts = new ArrayList<>();
        changed.forEach((topic, last) -> {
            if (changed.remove(topic, last)) {
                refused.remove(topic);
                change(topic, last)
                        .ifPresent(change -> attempts.add(new Attempt(topic, last, records.commit(List.of(change)))));
            }
        });
        attempts.forEach(this::conclude);
        if (!refused.isEmpty() && !planned) {
            planned = true;
            writer.timer().accept(AGAIN, this::again);
        }
    }

    /** What the store has to do; nothing for a topic that it cannot have. */
    private Optional<RecordChange> change(String topic, Optional<Message> last) {
        try {
            if (last.isPresent()) {
                return Optional.of(table.toPut(last.get()));
            }
        } catch (IllegalArgumentException | StoreException never) {
            tell("what is retained of " + topic + " is not stored: " + never.getMessage());
        }
        try {
            return Optional.of(table.toRemove(topic));
        } catch (StoreException unknown) {
            return Optional.empty();
        }
    }

    private void conclude(Attempt attempt) {
        try {
            attempt.done().join();
        } catch (CompletionException failed) {
            refused.put(attempt.topic(), attempt.last());
            String why = failed.getCause() == null
                    ? failed.getMessage()
                    : failed.getCause().getMessage();
            tell("what is retained of " + attempt.topic() + " could not be stored and is tried again: " + why);
        }
    }

    private void again() {
        planned = false;
        refused.forEach(changed::putIfAbsent);
        refused.clear();
        write();
    }

    private void tell(String problem) {
        if (writer.now() >= quietUntil) {
            quietUntil = writer.now() + QUIET.toMillis();
            problems.accept(problem);
        }
    }
}
