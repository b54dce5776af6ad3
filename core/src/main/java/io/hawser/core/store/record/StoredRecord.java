package io.hawser.core.store.record;

/**
 * A record as its table has it.
 *
 * @param revision positive; grows with every change of any table of the store
 * @param value the record
 * @param <T> its type
 */
public record StoredRecord<T>(long revision, T value) {}
