package io.hawser.store.rack;

import io.hawser.core.store.shelf.Shelf;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The families of sorted bytes that an engine keeps, changed by batches. Owner: whoever opens the store, then the writer; every
 * method throws {@link io.hawser.core.store.StoreException} when the engine fails.
 */
public interface Rack extends AutoCloseable {
    /** What a {@link Batch} knows {@code family} by; never changes. */
    int number(Family family);

    /** What is under {@code key}, empty if nothing is. */
    Optional<byte[]> get(Family family, byte[] key);

    /** Shows every key of {@code family} with its value, in order. */
    void scan(Family family, BiConsumer<byte[], byte[]> visitor);

    /** Shows the keys of {@code family} from {@code from} on with their values, in order, until {@code visitor} has enough. */
    void walk(Family family, byte[] from, Shelf.Visitor visitor);

    /** Changes all of {@code batch} or nothing; on stable storage it is with the next {@link #sync}. */
    void write(Batch batch);

    /** What was written before this was called is on stable storage when it returns. On any thread, beside the owner. */
    void sync();

    /** The room of what lay under the keys from {@code first} to before {@code last} may be given back: nobody needs it. */
    void drop(Family family, byte[] first, byte[] last);

    /** Lets go of everything. */
    @Override
    void close();
}
