package io.hawser.iot.gateway.call;

import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.iot.registry.kept.RegistryException;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is not kept of devices for want of room. Callable from any thread.
 *
 * @param counters counts
 */
public record Refusals(Counters counters) {
    /** Somebody wanted more than the limit {@code name} allows. */
    public void limit(String name) {
        counters.limit(name).reached();
    }

    /** Something has failed for {@code failure}; nothing has if that is null. */
    public void seen(@Nullable Throwable failure) {
        if (failure != null
                && RegistryException.cause(failure) instanceof RegistryException refused
                && refused.reason() == RegistryException.Reason.LIMIT) {
            counters.add(Counter.REGISTRY_FULL);
        }
    }
}
