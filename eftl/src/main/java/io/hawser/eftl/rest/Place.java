package io.hawser.eftl.rest;

import io.hawser.core.store.durable.DurableName;
import io.hawser.eftl.gateway.kept.DurableSeat;
import io.hawser.eftl.wire.ClientFrame.DurableType;
import java.util.Optional;

/**
 * A durable that is there and that a caller may read.
 *
 * @param name the durable
 * @param type what it is
 * @param seat the caller's place among those that share it
 */
record Place(DurableName name, DurableType type, Optional<DurableSeat> seat) {
    /** The caller is done with it; it stays. */
    void leave() {
        seat.ifPresent(taken -> taken.leave(false));
    }
}
