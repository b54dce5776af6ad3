package io.hawser.iot.registry.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The heads of all chunks, by number and by device. Owner: the registry's. */
final class HistoryIndex {
    /** The chunks of one device. */
    private static final class Shelf {
        final TreeMap<Long, ChunkHead> chunks = new TreeMap<>();
        int messages;
    }

    private final TreeMap<Long, ChunkHead> all = new TreeMap<>();
    private final Map<String, Shelf> byDevice = new HashMap<>();
    private long bytes;

    void add(ChunkHead head) {
        all.put(head.number(), head);
        Shelf shelf = byDevice.computeIfAbsent(head.device(), device -> new Shelf());
        shelf.chunks.put(head.number(), head);
        shelf.messages += head.count();
        bytes += head.bytes();
    }

    void remove(ChunkHead head) {
        if (all.remove(head.number()) == null) {
            return;
        }
        bytes -= head.bytes();
        byDevice.computeIfPresent(head.device(), (device, shelf) -> {
            shelf.chunks.remove(head.number());
            shelf.messages -= head.count();
            return shelf.chunks.isEmpty() ? null : shelf;
        });
    }

    Optional<ChunkHead> get(long number) {
        return Optional.ofNullable(all.get(number));
    }

    /** The highest number, and the newest time: of the last chunk. */
    Optional<ChunkHead> last() {
        return Optional.ofNullable(all.lastEntry()).map(Map.Entry::getValue);
    }

    /** Those of {@code device}, or all, in the order in which they came. */
    NavigableMap<Long, ChunkHead> chunks(Optional<String> device) {
        return device.map(id -> Optional.ofNullable(byDevice.get(id))
                        .map(shelf -> shelf.chunks)
                        .orElseGet(TreeMap::new))
                .orElse(all);
    }

    /** Of whom there are messages; a copy. */
    List<String> devices() {
        return List.copyOf(byDevice.keySet());
    }

    /** The oldest of {@code device}, as long as {@code messages} are left without them. */
    List<ChunkHead> beyond(String device, int messages) {
        List<ChunkHead> beyond = new ArrayList<>();
        Optional.ofNullable(byDevice.get(device)).ifPresent(shelf -> {
            int left = shelf.messages;
            for (ChunkHead head : shelf.chunks.values()) {
                left -= head.count();
                if (left < messages) {
                    return;
                }
                beyond.add(head);
            }
        });
        return beyond;
    }

    /** The oldest of all, as long as there are more than {@code chunks} or {@code maxBytes}, or they came before {@code time}. */
    List<ChunkHead> beyond(int chunks, long maxBytes, long time, int most) {
        List<ChunkHead> beyond = new ArrayList<>();
        int count = all.size();
        long left = bytes;
        for (ChunkHead head : all.values()) {
            boolean over = count > chunks || left > maxBytes || head.received() < time;
            if (!over || beyond.size() == most) {
                return beyond;
            }
            beyond.add(head);
            count--;
            left -= head.bytes();
        }
        return beyond;
    }
}
