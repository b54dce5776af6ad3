package io.hawser.core.store.object;

/**
 * An object as an engine keeps it.
 *
 * @param info what everybody may know
 * @param number the number of its content
 */
public record ObjectManifest(ObjectInfo info, long number) {}
