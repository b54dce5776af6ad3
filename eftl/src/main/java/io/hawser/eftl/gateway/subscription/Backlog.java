package io.hawser.eftl.gateway.subscription;

import io.hawser.eftl.gateway.party.Event;
import io.hawser.eftl.wire.ClientFrame.AckMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events of one subscription that are not done with. Owner: the session's.
 *
 * <pre>
 *   waiting --next, sent--> sent --acknowledged--> done
 *      ^                     | |
 *      +-------- back -------+ +--replay--> again --next, sent--> sent
 * </pre>
 *
 * <p>What is sent keeps its number when the client comes back to its session, so that the client can tell what it had;
 * what the client says it did not look at waits again and gets a new one. When the {@link Room} is exceeded, live
 * events are forgotten, the oldest first; a durable's messages are, and the store must hand them out again.
 */
final class Backlog {
    private final Room room;
    private final AckMode ack;
    private final boolean durable;
    private final Deque<Event> again = new ArrayDeque<>();
    private final Deque<Event> waiting = new ArrayDeque<>();
    private final Deque<Event> sent = new ArrayDeque<>();

    Backlog(Room room, AckMode ack, boolean durable) {
        this.room = room;
        this.ack = ack;
        this.durable = durable;
    }

    boolean idle() {
        return again.isEmpty() && waiting.isEmpty();
    }

    /** {@code event} cannot be sent yet. Returns how many live events were dropped for it, the oldest first. */
    int hold(Event event) {
        waiting.addLast(event);
        room.keep(event);
        int dropped = 0;
        while (!durable && (waiting.size() > room.maxWaiting() || (room.exceeded() && waiting.size() > 1))) {
            room.release(waiting.removeFirst());
            dropped++;
        }
        return dropped;
    }

    /** The event that is to be sent next, null if none is. */
    @Nullable
    Event next() {
        Event next = again.isEmpty() ? waiting.poll() : again.poll();
        if (next != null) {
            room.release(next);
            if (next.seq() != 0) {
                pending(-1);
            }
        }
        return next;
    }

    /** {@code event} was sent; with somebody to acknowledge it, it is open. */
    void sent(Event event) {
        if (ack == AckMode.NONE) {
            return;
        }
        pending(1);
        if (durable && (sent.size() >= room.maxSent() || room.exceeded())) {
            sent.addLast(event.withoutMessage());
            return;
        }
        sent.addLast(event);
        room.keep(event);
        while (!durable && (sent.size() > room.maxSent() || room.exceeded()) && sent.size() > 1) {
            room.release(sent.removeFirst());
            pending(-1);
        }
    }

    /** The client is done with exactly the event {@code seq}. Returns what is done with. */
    List<Event> acknowledge(long seq) {
        for (Deque<Event> events : List.of(again, sent)) {
            Iterator<Event> each = events.iterator();
            while (each.hasNext()) {
                Event event = each.next();
                if (event.seq() == seq) {
                    each.remove();
                    return List.of(taken(event));
                }
            }
        }
        return List.of();
    }

    /** The client is done with every event up to {@code seq}. Returns what is done with. */
    List<Event> acknowledgeUpTo(long seq) {
        List<Event> done = new ArrayList<>();
        for (Deque<Event> events : List.of(again, sent)) {
            while (!events.isEmpty() && events.getFirst().seq() <= seq) {
                done.add(taken(events.removeFirst()));
            }
        }
        return done;
    }

    /** The store waits no more for those with these ids: they are forgotten. Returns how many there were. */
    int withdraw(Set<Long> storeIds) {
        int before = again.size() + waiting.size() + sent.size();
        for (Deque<Event> events : List.of(again, sent)) {
            List<Event> gone = events.stream()
                    .filter(event -> storeIds.contains(event.storeId()))
                    .toList();
            events.removeAll(gone);
            gone.forEach(this::taken);
        }
        List<Event> unsent = waiting.stream()
                .filter(event -> storeIds.contains(event.storeId()))
                .toList();
        waiting.removeAll(unsent);
        unsent.forEach(room::release);
        return before - again.size() - waiting.size() - sent.size();
    }

    private Event taken(Event event) {
        room.release(event);
        pending(-1);
        return event;
    }

    /** The client did not look at what came after the event {@code seq}: it waits again, before all that waits. */
    void back(long seq) {
        for (Deque<Event> events : List.of(sent, again)) {
            while (!events.isEmpty() && events.getLast().seq() > seq) {
                putBack(taken(events.removeLast()).numbered(0));
            }
        }
    }

    /** The client cannot tell what it has seen: all that was sent waits again. */
    void renumber() {
        for (Deque<Event> events : List.of(sent, again)) {
            while (!events.isEmpty()) {
                putBack(taken(events.removeLast()).recounted());
            }
        }
    }

    private void putBack(Event event) {
        waiting.addFirst(event);
        room.keep(event);
    }

    /** The client has come back and may not have got what was sent. */
    void replay() {
        while (!sent.isEmpty()) {
            again.addFirst(sent.removeLast());
        }
    }

    /** True if what is sent next is open already. */
    boolean replays() {
        return !again.isEmpty();
    }

    /** True if something that must be sent again is not kept any more. */
    boolean gaps() {
        for (Deque<Event> events : List.of(again, waiting, sent)) {
            for (Event event : events) {
                if (event.message() == null) {
                    return true;
                }
            }
        }
        return false;
    }

    void clear() {
        acknowledgeUpTo(Long.MAX_VALUE);
        waiting.forEach(room::release);
        waiting.clear();
    }

    private void pending(int change) {
        if (ack == AckMode.CLIENT) {
            room.pending(change);
        }
    }
}
