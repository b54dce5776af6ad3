package io.hawser.iot.registry.history;

/**
 * Where a message is.
 *
 * @param chunk the number of its chunk
 * @param index 0 for the first message of the chunk
 */
public record Place(long chunk, int index) {}
