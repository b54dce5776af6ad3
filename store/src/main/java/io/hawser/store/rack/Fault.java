package io.hawser.store.rack;

import io.hawser.core.store.StoreException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Why the rack is not touched any more, once it has failed. For any thread. */
final class Fault {
    private final AtomicReference<@Nullable StoreException> why = new AtomicReference<>();
    private final Consumer<StoreException> listener;

    /** None yet; {@code listener} is told once, on the thread that finds one. */
    Fault(Consumer<StoreException> listener) {
        this.listener = listener;
    }

    /** What was found first; null if nothing was. */
    @Nullable
    StoreException why() {
        return why.get();
    }

    void found(StoreException failed) {
        if (why.compareAndSet(null, failed)) {
            listener.accept(failed);
        }
    }
}
