package io.hawser.core.store.record;

/**
 * What became of a commit.
 *
 * @param done whether all of it was made; else nothing was
 * @param revision if it was made, the revision of every record it wrote; else the revision that a record has instead of the
 *     one that was expected, 0 if there is no such record
 * @param at if it was not made, which of the changes met that record, from 0
 */
public record RecordOutcome(boolean done, long revision, int at) {}
