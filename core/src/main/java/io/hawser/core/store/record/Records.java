package io.hawser.core.store.record;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Small typed tables and logs. Every method, those of tables and logs too, may be called from any thread and returns at
 * once; calls take effect in their order, one after the other.
 *
 * <p>A change completes when it is kept, as safely as this engine keeps anything. A read sees every change that was asked
 * for before it, and waits until those it sees are safe. Futures complete on the store's own thread, exceptionally with a
 * {@link io.hawser.core.store.StoreException}: whoever waits continues on its owner, never there.
 */
public interface Records {
    /** The table of {@code type}, made by the first record. Records that a newer program wrote are refused, each call. */
    <T> RecordTable<T> table(KeyedType<T> type);

    /** The log of {@code type}, made by the first record; nothing is ever changed in it or removed from it. */
    <T> RecordLog<T> log(RecordType<T> type);

    /** Makes all of {@code changes} at once, or none: then the outcome says which record was not as expected. */
    CompletableFuture<RecordOutcome> commit(List<RecordChange> changes);
}
