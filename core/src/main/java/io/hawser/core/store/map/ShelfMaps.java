package io.hawser.core.store.map;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.shelf.Desk;
import io.hawser.core.store.shelf.Turn;
import io.hawser.core.value.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/** The maps of an engine that has a shelf: turns each call into work for the store's thread. */
public final class ShelfMaps implements Maps {
    private final Desk desk;
    private final MapBook book;

    /** The maps of {@code book}, which belongs to the thread behind {@code desk}. */
    public ShelfMaps(Desk desk, MapBook book) {
        this.desk = desk;
        this.book = book;
    }

    @Override
    public CompletableFuture<Void> define(MapName name, MapSettings settings) {
        try {
            book.limits().checkHistory(settings.history());
        } catch (StoreException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
        return desk.ask(0, turn -> book.define(turn, name, settings)).thenApply(map -> null);
    }

    @Override
    public CompletableFuture<Map<MapName, MapSettings>> list() {
        return desk.ask(0, turn -> book.list());
    }

    @Override
    public CompletableFuture<Void> drop(MapName name) {
        return desk.ask(0, turn -> book.drop(turn, name)).thenApply(was -> null);
    }

    @Override
    public CompletableFuture<Optional<MapInfo>> info(MapName name) {
        return desk.ask(0, turn -> Optional.ofNullable(book.find(name)).map(KeptMap::info));
    }

    @Override
    public CompletableFuture<Optional<MapEntry>> get(MapName name, String key) {
        return onKey(key, (turn, bytes) -> {
            KeptMap map = book.find(name);
            return map == null ? Optional.empty() : map.get(turn, bytes);
        });
    }

    @Override
    public CompletableFuture<MapPage> keys(MapName name, String prefix, String after, int limit) {
        byte[] start;
        byte[] behind;
        try {
            start = book.limits().prefix(prefix);
            behind = book.limits().prefix(after);
            book.limits().checkPage(limit);
        } catch (StoreException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
        return desk.ask(0, turn -> {
            KeptMap map = book.find(name);
            return map == null ? new MapPage(List.of(), Optional.empty()) : map.keys(turn, start, behind, limit);
        });
    }

    @Override
    public CompletableFuture<List<MapEntry>> history(MapName name, String key) {
        return onKey(key, (turn, bytes) -> {
            KeptMap map = book.find(name);
            return map == null ? List.of() : map.history(turn, bytes);
        });
    }

    @Override
    public CompletableFuture<Long> set(MapName name, String key, Fields value) {
        return change(name, key, KeptMap.ANY, value).thenApply(MapOutcome::revision);
    }

    @Override
    public CompletableFuture<MapOutcome> compareAndSet(MapName name, String key, long revision, Fields value) {
        return change(name, key, Math.max(0, revision), value);
    }

    private CompletableFuture<MapOutcome> change(MapName name, String key, long expected, Fields value) {
        byte[] body;
        byte[] bytes;
        try {
            body = Leaf.body(value);
            book.limits().checkValue(body.length);
            bytes = book.limits().key(key);
        } catch (StoreException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
        return desk.askMore(bytes.length + body.length, turn -> {
            boolean hopeless = expected > 0 && book.find(name) == null;
            return hopeless ? new MapOutcome(false, 0) : book.make(turn, name).set(turn, bytes, expected, body);
        });
    }

    @Override
    public CompletableFuture<Long> remove(MapName name, String key) {
        return take(name, key, KeptMap.ANY).thenApply(MapOutcome::revision);
    }

    @Override
    public CompletableFuture<MapOutcome> remove(MapName name, String key, long revision) {
        return take(name, key, Math.max(0, revision));
    }

    private CompletableFuture<MapOutcome> take(MapName name, String key, long expected) {
        return onKey(key, (turn, bytes) -> {
            KeptMap map = book.find(name);
            return map == null ? new MapOutcome(expected <= 0, 0) : map.remove(turn, bytes, expected);
        });
    }

    @Override
    public MapWatch watch(MapName name, String prefix, MapStart start, Executor owner, MapWatch.Listener listener) {
        Watch watch = new Watch(desk, book, name, prefix, owner, listener);
        desk.later(turn -> book.watch(turn, watch, start));
        return watch;
    }

    private <T> CompletableFuture<T> onKey(String key, BiFunction<Turn, byte[], T> work) {
        byte[] bytes;
        try {
            bytes = book.limits().key(key);
        } catch (StoreException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
        return desk.ask(bytes.length, turn -> work.apply(turn, bytes));
    }
}
