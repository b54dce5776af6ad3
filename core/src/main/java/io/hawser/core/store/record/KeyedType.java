package io.hawser.core.store.record;

/**
 * A kind of record that is found by a key.
 *
 * @param <T> the record, immutable
 */
public interface KeyedType<T> extends RecordType<T> {
    /** The key of {@code record}, unique in its table. */
    String key(T record);
}
