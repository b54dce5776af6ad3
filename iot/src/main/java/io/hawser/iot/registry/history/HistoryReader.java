package io.hawser.iot.registry.history;

import io.hawser.core.bytes.BytesException;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.record.RecordTable;
import io.hawser.core.store.record.StoredRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Finds messages by the heads in memory, and reads them from the store. Owner: the registry's. */
final class HistoryReader {
    /** A part of a chunk: of the messages that are wanted, {@code skip} are passed over. */
    private record Slice(ChunkHead head, int skip, int take) {}

    private final RecordTable<Chunk> table;
    private final HistoryIndex index;
    private final Executor owner;

    HistoryReader(RecordTable<Chunk> table, HistoryIndex index, Executor owner) {
        this.table = table;
        this.index = index;
        this.owner = owner;
    }

    int count(HistoryQuery query) {
        return index.chunks(query.device()).values().stream()
                .mapToInt(query::count)
                .sum();
    }

    CompletableFuture<HistoryPage> read(HistoryQuery query) {
        NavigableMap<Long, ChunkHead> chunks = index.chunks(query.device());
        List<Slice> slices = new ArrayList<>();
        int passed = 0;
        int left = query.limit();
        for (ChunkHead head : (query.newestFirst() ? chunks.descendingMap() : chunks).values()) {
            int count = query.count(head);
            int skip = Math.min(count, Math.max(0, query.offset() - passed));
            int take = Math.min(left, count - skip);
            if (take > 0) {
                slices.add(new Slice(head, skip, take));
            }
            left -= take;
            passed += count;
        }
        int total = passed;
        List<CompletableFuture<List<KeptMessage>>> parts =
                slices.stream().map(slice -> read(slice, query)).toList();
        return all(parts).thenApply(messages -> new HistoryPage(messages, total));
    }

    private CompletableFuture<List<KeptMessage>> read(Slice slice, HistoryQuery query) {
        return messages(slice.head()).thenApply(messages -> {
            List<KeptMessage> wanted = new ArrayList<>(messages.stream()
                    .filter(each -> query.wants(each.message()))
                    .toList());
            if (query.newestFirst()) {
                Collections.reverse(wanted);
            }
            return wanted.stream().skip(slice.skip()).limit(slice.take()).toList();
        });
    }

    /** Those at {@code places} that are still kept. */
    CompletableFuture<List<KeptMessage>> read(List<Place> places) {
        return all(places.stream()
                .map(place -> index.get(place.chunk())
                        .map(head -> messages(head).thenApply(messages -> messages.stream()
                                .filter(each -> each.place().equals(place))
                                .toList()))
                        .orElseGet(() -> CompletableFuture.completedFuture(List.of())))
                .toList());
    }

    /** All of a chunk; none if it has just gone. */
    private CompletableFuture<List<KeptMessage>> messages(ChunkHead head) {
        return table.get(Chunk.key(head.device(), head.number())).thenApply(found -> found.map(StoredRecord::value)
                .map(HistoryReader::decode)
                .orElse(List.of()));
    }

    private static List<KeptMessage> decode(Chunk chunk) {
        try {
            List<DeviceMessage> messages = MessageBytes.read(chunk.device(), chunk.messages());
            List<KeptMessage> kept = new ArrayList<>();
            for (int i = 0; i < messages.size(); i++) {
                kept.add(new KeptMessage(new Place(chunk.number(), i), chunk.received(), messages.get(i)));
            }
            return kept;
        } catch (BytesException damaged) {
            throw new StoreException(
                    "messages of device " + chunk.device() + " are damaged: " + damaged.getMessage(), damaged);
        }
    }

    /** All of them one after the other; completes on the owner. */
    private CompletableFuture<List<KeptMessage>> all(List<CompletableFuture<List<KeptMessage>>> parts) {
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApplyAsync(
                        done -> parts.stream()
                                .flatMap(part -> part.join().stream())
                                .toList(),
                        owner);
    }
}
