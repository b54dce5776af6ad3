package io.hawser.core.route;

import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.message.Message;
import io.hawser.core.store.durable.MessageBytes;
import io.hawser.core.store.record.KeyedType;
import io.hawser.core.store.record.RecordPage;
import io.hawser.core.store.record.RecordTable;
import io.hawser.core.store.record.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Keeps in the store what is retained: the table {@code retained}. One round after the other, each with all that has changed
 * meanwhile, so that a topic that changes often costs one write a round. What cannot be written is told and left out.
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

    private static final int PAGE = 500;

    private final RecordTable<Message> table;
    private final Executor writer;
    private final Consumer<String> problems;
    private final Map<String, Optional<Message>> changed = new ConcurrentHashMap<>();
    private final AtomicBoolean posted = new AtomicBoolean();

    /**
     * Nothing is read yet.
     *
     * @param writer runs one task after the other, and may be held up by the disk
     * @param problems hears what could not be read or written
     */
    public StoredRetained(RecordTable<Message> table, Executor writer, Consumer<String> problems) {
        this.table = table;
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
            writer.execute(this::round);
        }
    }

    private void round() {
        posted.set(false);
        List<CompletableFuture<?>> writing = new ArrayList<>();
        changed.forEach((topic, last) -> {
            if (changed.remove(topic, last)) {
                writing.add(written(topic, last));
            }
        });
        CompletableFuture.allOf(writing.toArray(CompletableFuture[]::new)).join();
    }

    private CompletableFuture<?> written(String topic, Optional<Message> last) {
        CompletableFuture<?> done;
        try {
            done = last.isPresent() ? table.put(last.get()) : table.remove(topic);
        } catch (RuntimeException unsayable) {
            done = CompletableFuture.failedFuture(unsayable);
        }
        return done.handle((ok, failure) -> {
            if (failure != null) {
                problems.accept("what is retained of " + topic + " could not be stored: " + failure.getMessage());
            }
            return ok;
        });
    }
}
