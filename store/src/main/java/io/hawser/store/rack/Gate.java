package io.hawser.store.rack;

import io.hawser.core.store.StoreException;
import java.util.Optional;

/** Whether an engine can take more, asked before it is given something. It is the last part of each turn. Owner: the writer. */
public interface Gate extends Part {
    /** Why nothing is taken that makes the data grow; empty if it is. On any thread. */
    Optional<StoreException> refusal();

    /** As {@link #refusal}, for what is refused before it has its turn, because turns wait. On any thread. */
    Optional<StoreException> outage();

    /** So much is about to be written beside the rack. On any thread; true if the writer had better have a turn. */
    boolean beside(long bytes);
}
