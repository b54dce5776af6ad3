package io.hawser.core.store.record;

import io.hawser.core.bytes.BytesException;

/**
 * A kind of record: what its table is called and how it becomes bytes. Pure; called on any thread.
 *
 * @param <T> the record, immutable
 */
public interface RecordType<T> {
    /** The name of the table or log, such as {@code users}; never changes. */
    String name();

    /** The schema version of the bytes that {@link #write} makes: 1 or more, one more whenever they change. */
    int version();

    /** The bytes of {@code record}. */
    byte[] write(T record);

    /**
     * The record that {@code bytes} are.
     *
     * @param version the schema version they were written with, at most {@link #version()}
     * @throws BytesException if they are not what they should be
     */
    T read(int version, byte[] bytes) throws BytesException;
}
