package io.hawser.core.store.record;

/**
 * A record as its log has it.
 *
 * @param id 1 for the first of its log, one more each time
 * @param value the record
 * @param <T> its type
 */
public record LoggedRecord<T>(long id, T value) {}
