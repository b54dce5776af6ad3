package io.hawser.core.store.map;

import io.hawser.core.value.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Key-value maps with revisions. Every method may be called from any thread and returns at once; the calls take effect in
 * their order, one after the other, so that every map is linearizable.
 *
 * <p>A change completes when it is kept, as safely as this engine keeps anything. A read goes through the same queue: it
 * sees every change that was asked for before it, and waits until those it sees are safe; a map that nobody changes at
 * the moment is read without waiting for its own turn to be written.
 *
 * <p>Futures complete on the store's own thread, exceptionally with a {@link io.hawser.core.store.StoreException}: whoever
 * waits continues on its owner ({@code whenCompleteAsync(..., owner)}), never there.
 */
public interface Maps {
    /** Completes when the map {@code name} exists with these settings; if it did before, its entries are kept. */
    CompletableFuture<Void> define(MapName name, MapSettings settings);

    /** Completes with every map and its settings. */
    CompletableFuture<Map<MapName, MapSettings>> list();

    /** Completes when the map {@code name} and its entries are gone. */
    CompletableFuture<Void> drop(MapName name);

    /** Completes with how the map is, empty if there is none. */
    CompletableFuture<Optional<MapInfo>> info(MapName name);

    /** Completes with the newest revision of {@code key}, empty if there is no such entry. */
    CompletableFuture<Optional<MapEntry>> get(MapName name, String key);

    /**
     * Completes with keys that begin with {@code prefix}.
     *
     * @param after the page begins behind this key, which need not be there; empty: at the first
     * @param limit the most keys
     */
    CompletableFuture<MapPage> keys(MapName name, String prefix, String after, int limit);

    /** Completes with what is kept of {@code key}, newest first, removals included. */
    CompletableFuture<List<MapEntry>> history(MapName name, String key);

    /** Sets {@code key}, in a map of {@link MapLimits#first} if there is none; completes with the revision. */
    CompletableFuture<Long> set(MapName name, String key, Fields value);

    /** Sets {@code key} if there is no such entry. */
    default CompletableFuture<MapOutcome> create(MapName name, String key, Fields value) {
        return compareAndSet(name, key, 0, value);
    }

    /** Sets {@code key} if {@code revision} is its newest, 0 for an entry that is not there. */
    CompletableFuture<MapOutcome> compareAndSet(MapName name, String key, long revision, Fields value);

    /** Removes {@code key}; completes with the revision of the removal, 0 if there was no such entry. */
    CompletableFuture<Long> remove(MapName name, String key);

    /** Removes {@code key} if {@code revision} is its newest. */
    CompletableFuture<MapOutcome> remove(MapName name, String key, long revision);

    /**
     * Tells {@code listener} what changes under keys that begin with {@code prefix}; the map need not be there yet. There are at
     * most {@link MapLimits#watches} at a time; what is asked for later is done after the watch has begun, or was refused.
     *
     * @param owner runs the listener's calls
     */
    MapWatch watch(MapName name, String prefix, MapStart start, Executor owner, MapWatch.Listener listener);
}
