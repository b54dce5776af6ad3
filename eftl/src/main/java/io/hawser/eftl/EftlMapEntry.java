package io.hawser.eftl;

/**
 * One key of a map.
 *
 * @param key the key
 * @param revision of the change that set the value; positive, growing with every change of any map of the server
 * @param value the message under it
 */
public record EftlMapEntry(String key, long revision, EftlMessage value) {}
