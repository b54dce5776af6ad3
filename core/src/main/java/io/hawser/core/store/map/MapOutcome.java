package io.hawser.core.store.map;

/**
 * What became of a change that was asked for under a condition.
 *
 * @param done whether it was made
 * @param revision if it was made, its revision; else the revision that the key has instead, 0 if there is no such entry
 */
public record MapOutcome(boolean done, long revision) {}
