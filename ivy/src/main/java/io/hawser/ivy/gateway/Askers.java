package io.hawser.ivy.gateway;

import io.hawser.core.message.ReplyTo;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who waits for an answer of one agent. Ivy has no replies: a direct message of the agent to the hub answers the oldest question
 * that was put to it under the same number. Owner: the mesh's loop.
 */
final class Askers {
    private static final int MOST = 1_000;

    private final Map<Integer, Deque<ReplyTo>> waiting = new HashMap<>();
    private int size;

    /** {@code asker} waits; false if too many do. */
    boolean add(int number, ReplyTo asker, long now) {
        if (size >= MOST) {
            waiting.values().forEach(queue -> forget(queue, now));
        }
        if (size >= MOST) {
            return false;
        }
        waiting.computeIfAbsent(number, key -> new ArrayDeque<>()).add(asker);
        size++;
        return true;
    }

    /** Who was first to ask under {@code number}, of those who still wait. */
    Optional<ReplyTo> next(int number, long now) {
        Deque<ReplyTo> queue = waiting.getOrDefault(number, new ArrayDeque<>());
        forget(queue, now);
        Optional<ReplyTo> first = Optional.ofNullable(queue.poll());
        size -= first.isPresent() ? 1 : 0;
        if (queue.isEmpty()) {
            waiting.remove(number);
        }
        return first;
    }

    private void forget(Deque<ReplyTo> queue, long now) {
        int before = queue.size();
        queue.removeIf(asker -> asker.until() <= now);
        size -= before - queue.size();
    }

    /** All of them, who wait no more. */
    List<ReplyTo> end() {
        List<ReplyTo> all = new ArrayList<>();
        waiting.values().forEach(all::addAll);
        waiting.clear();
        size = 0;
        return all;
    }
}
