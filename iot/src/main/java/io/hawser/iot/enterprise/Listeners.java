package io.hawser.iot.enterprise;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who hears events of one kind: of all of them, or of one name. Set on any thread, told on the callback executor. */
final class Listeners<E> {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualDevice.class);

    private final Executor callbacks;
    private final Map<String, Consumer<E>> single = new ConcurrentHashMap<>();
    private volatile Optional<Consumer<E>> all = Optional.empty();

    Listeners(Executor callbacks) {
        this.callbacks = callbacks;
    }

    void all(Consumer<E> listener) {
        all = Optional.of(listener);
    }

    void one(String name, Consumer<E> listener) {
        single.put(name, listener);
    }

    /** Tells who listens for {@code name}. */
    void tell(String name, E event) {
        tell(Optional.ofNullable(single.get(name)), event);
    }

    /** Tells who listens for all. */
    void tell(E event) {
        tell(all, event);
    }

    private void tell(Optional<Consumer<E>> listener, E event) {
        listener.ifPresent(told -> callbacks.execute(() -> {
            try {
                told.accept(event);
            } catch (RuntimeException | Error broken) {
                LOG.error("iot: a callback failed", broken);
            }
        }));
    }
}
