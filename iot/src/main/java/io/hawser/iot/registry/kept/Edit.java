package io.hawser.iot.registry.kept;

import io.hawser.core.store.record.RecordChange;

/**
 * One change of a table: made by an {@link Image}, done by {@link Keeper#commit}.
 *
 * @param change what the store is told
 * @param made what happens in memory when the store has it; run on the owner
 */
public record Edit(RecordChange change, Runnable made) {}
