package io.hawser.eftl.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The servers of a client: shuffled once, then tried one after the other ({@code specs/eftl.md} 1.15). Owner: the loop. */
final class Route {
    private final List<ServerAddress> addresses;
    private int next;

    Route(List<ServerAddress> addresses, Random random) {
        List<ServerAddress> shuffled = new ArrayList<>(addresses);
        Collections.shuffle(shuffled, random);
        this.addresses = List.copyOf(shuffled);
    }

    /** The next server, empty if all were tried since the last {@link #again}. */
    Optional<ServerAddress> next() {
        return next < addresses.size() ? Optional.of(addresses.get(next++)) : Optional.empty();
    }

    /** Begins anew. */
    void again() {
        next = 0;
    }
}
