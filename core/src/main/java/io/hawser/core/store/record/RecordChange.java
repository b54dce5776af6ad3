package io.hawser.core.store.record;

import org.jspecify.annotations.Nullable;

/** One change of a commit: made by a {@link RecordTable} or a {@link RecordLog}, done by {@link Records#commit}. Immutable. */
public final class RecordChange {
    /** What stands for "whatever its revision is". */
    static final long ANY = -1;

    private final RecordType<?> type;
    private final byte @Nullable [] key;
    private final byte @Nullable [] body;
    private final long expected;

    /**
     * A change.
     *
     * @param key the record's; null: it is appended to a log
     * @param body what is written; null: the record is removed
     * @param expected the revision that it must have, 0: it must not be there
     */
    RecordChange(RecordType<?> type, byte @Nullable [] key, byte @Nullable [] body, long expected) {
        this.type = type;
        this.key = key;
        this.body = body;
        this.expected = expected;
    }

    RecordType<?> type() {
        return type;
    }

    byte @Nullable [] key() {
        return key;
    }

    byte @Nullable [] body() {
        return body;
    }

    long expected() {
        return expected;
    }

    /** True if it makes the data grow. */
    boolean grows() {
        return body != null;
    }

    int size() {
        return (key == null ? 0 : key.length) + (body == null ? 0 : body.length);
    }
}
