package io.hawser.clever.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent: in order, but for what is urgent, which goes first and between the chunks of a file. Bounded; what
 * does not fit is refused. Owner: the party's loop.
 */
final class Outgoing {
    private final int maxParcels;
    private final long maxBytes;
    private final Deque<Parcel> urgent = new ArrayDeque<>();
    private final Deque<Parcel> others = new ArrayDeque<>();
    private int parcels;
    private long bytes;

    Outgoing(int maxParcels, long maxBytes) {
        this.maxParcels = maxParcels;
        this.maxBytes = maxBytes;
    }

    /** True if there was room for {@code parcel}. */
    boolean add(Parcel parcel) {
        if (parcels >= maxParcels || bytes + parcel.bytes() > maxBytes) {
            return false;
        }
        lane(parcel).addLast(parcel);
        count(parcel, 1);
        return true;
    }

    /** Puts {@code again} before all others, in their order: they had room before. */
    void putBack(List<Parcel> again) {
        for (int i = again.size() - 1; i >= 0; i--) {
            lane(again.get(i)).addFirst(again.get(i));
            count(again.get(i), 1);
        }
    }

    /** The next one, left where it is; null if there is none that may go now. */
    @Nullable
    Parcel peek(boolean urgentOnly) {
        Parcel next = first(urgent);
        return next == null && !urgentOnly ? first(others) : next;
    }

    void remove(Parcel parcel) {
        if (lane(parcel).remove(parcel)) {
            count(parcel, -1);
        }
    }

    /** Takes out all that {@code which} holds for, in order. */
    List<Parcel> take(Predicate<Parcel> which) {
        List<Parcel> taken = new ArrayList<>();
        urgent.stream().filter(which).forEach(taken::add);
        others.stream().filter(which).forEach(taken::add);
        taken.forEach(this::remove);
        return taken;
    }

    int size() {
        return parcels;
    }

    private @Nullable Parcel first(Deque<Parcel> lane) {
        Parcel next = lane.peekFirst();
        while (next != null && next.over()) {
            remove(next);
            next = lane.peekFirst();
        }
        return next;
    }

    private Deque<Parcel> lane(Parcel parcel) {
        return parcel.urgent() ? urgent : others;
    }

    private void count(Parcel parcel, int sign) {
        parcels += sign;
        bytes += (long) sign * parcel.bytes();
    }
}
