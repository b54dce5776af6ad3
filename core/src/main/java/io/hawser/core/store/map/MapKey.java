package io.hawser.core.store.map;

/**
 * One key as a page shows it.
 *
 * @param key the key
 * @param revision of its value, as {@link MapEntry#revision}
 * @param time when that was set, milliseconds since the epoch
 * @param bytes of the value, as it is kept
 */
public record MapKey(String key, long revision, long time, int bytes) {}
