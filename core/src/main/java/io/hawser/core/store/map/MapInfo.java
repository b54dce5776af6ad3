package io.hawser.core.store.map;

/**
 * How a map is.
 *
 * @param settings what it may keep
 * @param entries how many entries there are
 * @param bytes bytes of keys and newest values
 * @param revision its latest change, 0 if there was none
 */
public record MapInfo(MapSettings settings, long entries, long bytes, long revision) {}
