package io.hawser.eftl.gateway.kept;

import io.hawser.core.route.DurableSubscription;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** The place of one subscription among those that share a durable. Callable from any thread. */
public final class DurableSeat {
    private final SharedDurables durables;
    private final CompletableFuture<DurableSubscription> taken;
    private final AtomicBoolean left = new AtomicBoolean();

    DurableSeat(SharedDurables durables, CompletableFuture<DurableSubscription> taken) {
        this.durables = durables;
        this.taken = taken;
    }

    /**
     * Completes when the durable is in the store and in the snapshot, on the conductor's thread or the owner that asked;
     * exceptionally, with a {@link DurableRefusedException} if it is another than it was asked for.
     */
    public CompletableFuture<DurableSubscription> taken() {
        return taken;
    }

    /** Gives the place up, once; with {@code delete} the durable goes with its messages if nobody else has a place. */
    public void leave(boolean delete) {
        if (left.compareAndSet(false, true)) {
            taken.thenAccept(durable -> durables.leave(durable, delete));
        }
    }

    /**
     * Gives the place up, and completes with whether the durable is deleted with its messages: not if somebody else has a
     * place, or this one was given up before.
     */
    public CompletableFuture<Boolean> delete() {
        return left.compareAndSet(false, true)
                ? taken.thenCompose(durables::delete)
                : CompletableFuture.completedFuture(false);
    }
}
