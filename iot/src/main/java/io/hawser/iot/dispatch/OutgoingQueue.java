package io.hawser.iot.dispatch;

import io.hawser.iot.wire.IotHead.Priority;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What waits to be sent: the more urgent first, then in the order of queueing. (The original puts the older event time and the
 * lesser reliability first within one priority, {@code specs/iot.md} 3.2; then a clock that is set back turns a device's history round.)
 * Owner: the dispatcher's loop.
 */
final class OutgoingQueue {
    private final Map<Priority, Deque<Outgoing>> waiting = new EnumMap<>(Priority.class);
    private final List<Priority> mostUrgentFirst;

    OutgoingQueue() {
        List<Priority> priorities = new ArrayList<>(List.of(Priority.values()));
        Collections.reverse(priorities);
        mostUrgentFirst = List.copyOf(priorities);
        priorities.forEach(each -> waiting.put(each, new ArrayDeque<>()));
    }

    /** Puts {@code entry} where its order says: behind all others if it is new, else where it was. */
    void put(Outgoing entry) {
        Deque<Outgoing> queue = at(entry.priority());
        Deque<Outgoing> before = new ArrayDeque<>();
        if (!queue.isEmpty() && queue.getLast().order() > entry.order()) {
            while (queue.getFirst().order() < entry.order()) {
                before.push(queue.removeFirst());
            }
            queue.addFirst(entry);
            before.forEach(queue::addFirst);
        } else {
            queue.addLast(entry);
        }
    }

    /** Puts back what was taken, in the same order. */
    void putBack(List<Outgoing> entries) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            put(entries.get(i));
        }
    }

    boolean isEmpty() {
        return waiting.values().stream().allMatch(Deque::isEmpty);
    }

    /**
     * Takes what goes next: at most {@code maxCount}, at least one, and no more than {@code maxBytes} unless it is one alone.
     *
     * @param wanted what may go at all
     * @param held what waits for its content. It stays, and with it what the same source has queued behind it at the same priority;
     *     but responses pass
     */
    List<Outgoing> take(int maxCount, long maxBytes, Predicate<Outgoing> wanted, Predicate<Outgoing> held) {
        List<Outgoing> taken = new ArrayList<>();
        long room = maxBytes;
        for (Priority priority : mostUrgentFirst) {
            Deque<Outgoing> queue = at(priority);
            Set<String> stopped = new HashSet<>();
            List<Outgoing> passed = new ArrayList<>();
            while (!queue.isEmpty() && taken.size() < maxCount) {
                Outgoing next = queue.getFirst();
                if (!wanted.test(next) || stays(next, held, stopped)) {
                    passed.add(queue.removeFirst());
                } else if (next.bytes() <= room || taken.isEmpty()) {
                    taken.add(queue.removeFirst());
                    room -= next.bytes();
                } else {
                    break;
                }
            }
            for (int i = passed.size() - 1; i >= 0; i--) {
                queue.addFirst(passed.get(i));
            }
        }
        return taken;
    }

    /** Takes everything that {@code wanted} says. */
    List<Outgoing> takeAll(Predicate<Outgoing> wanted) {
        return take(Integer.MAX_VALUE, Long.MAX_VALUE, wanted, entry -> false);
    }

    private static boolean stays(Outgoing entry, Predicate<Outgoing> held, Set<String> stopped) {
        if (entry.isResponse()) {
            return false;
        }
        String source = entry.message().head().source();
        if (held.test(entry)) {
            stopped.add(source);
            return true;
        }
        return stopped.contains(source);
    }

    private Deque<Outgoing> at(Priority priority) {
        return waiting.computeIfAbsent(priority, none -> new ArrayDeque<>());
    }
}
