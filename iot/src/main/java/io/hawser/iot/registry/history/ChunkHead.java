package io.hawser.iot.registry.history;

/**
 * What memory knows of a chunk.
 *
 * @param device whose it is
 * @param number grows with each chunk of the hub
 * @param received when its messages came
 * @param count how many messages it has
 * @param alerts how many of them are alerts
 * @param bytes how many bytes it takes
 */
record ChunkHead(String device, long number, long received, int count, int alerts, int bytes) {}
