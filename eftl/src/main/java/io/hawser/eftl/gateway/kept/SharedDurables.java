package io.hawser.eftl.gateway.kept;

import io.hawser.core.bytes.BytesException;
import io.hawser.core.route.Bus;
import io.hawser.core.route.DurableSubscription;
import io.hawser.core.route.Interest;
import io.hawser.core.route.InterestBytes;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableInfo;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.eftl.wire.EftlError;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shared and last-value durables of all channels ({@code specs/eftl.md} 4). Whoever subscribes first makes the durable;
 * later ones get it as it is, or are refused. Callable from any thread.
 *
 * <p>Concurrency: the store is asked for a durable, or to delete it, in the same atomic step in which its subscriptions are
 * counted, so that no durable is deleted that somebody has just asked for.
 */
public final class SharedDurables {
    private static final Logger LOG = LoggerFactory.getLogger(SharedDurables.class);

    private final Bus bus;
    private final Map<DurableName, Integer> subscriptions = new ConcurrentHashMap<>();

    /** Durables in the store of {@code bus}, with nobody there yet. */
    public SharedDurables(Bus bus) {
        this.bus = bus;
    }

    /**
     * Takes a place at the durable that {@code wish} names.
     *
     * @param owner looks whether the durable is what is wanted
     */
    public DurableSeat subscribe(DurableWish wish, Executor owner) {
        AtomicReference<CompletableFuture<Optional<DurableInfo>>> asked = new AtomicReference<>();
        byte[] definition = InterestBytes.write(wish.interest());
        subscriptions.compute(wish.name(), (name, count) -> {
            asked.set(ask(wish, definition));
            return count == null ? 1 : count + 1;
        });
        CompletableFuture<DurableSubscription> taken = Objects.requireNonNull(asked.get())
                .thenApplyAsync(found -> new DurableSubscription(wish.name(), agreed(wish, found)), owner)
                .thenCompose(durable -> {
                    DurableSubscription one = standing(durable);
                    return bus.conductor().add(one).thenApply(done -> one);
                });
        taken.whenComplete((done, failure) -> {
            if (failure != null) {
                subscriptions.computeIfPresent(wish.name(), (name, count) -> less(count));
            }
        });
        return new DurableSeat(this, taken);
    }

    /** A last-value durable cannot be made without a matcher, but joined. */
    private CompletableFuture<Optional<DurableInfo>> ask(DurableWish wish, byte[] definition) {
        if (wish.open() && wish.settings().kind() == DurableSettings.Kind.LAST_VALUE) {
            return bus.store().durables().find(wish.name());
        }
        return bus.store()
                .durables()
                .obtain(wish.name(), wish.settings(), definition, false)
                .thenApply(Optional::of);
    }

    private Interest agreed(DurableWish wish, Optional<DurableInfo> found) {
        String name = "durable " + wish.name().name();
        DurableInfo durable = found.orElseThrow(() -> invalid(name + " is not there yet, and needs a matcher with a "
                + "string for " + wish.settings().key().orElse("its key")));
        DurableSettings is = durable.settings();
        if (!is.sameKind(wish.settings())) {
            String kind = is.kind() == DurableSettings.Kind.SHARED ? "shared" : "last-value";
            throw invalid(
                    name + " is " + kind + is.key().map(key -> " by " + key).orElse("")
                            + "; use it as that, delete it first, or choose another name");
        }
        Interest interest = read(durable);
        if (!wish.open() && !wish.agrees(interest)) {
            throw invalid(name + " has another matcher; use the one it was made with, or none");
        }
        if (!interest.sharedWith(wish.principal(), bus.access())) {
            throw new DurableRefusedException(
                    EftlError.SUBSCRIPTION_DISALLOWED,
                    wish.principal().name() + " may not hear all that " + name + " keeps");
        }
        return interest;
    }

    private static DurableRefusedException invalid(String reason) {
        return new DurableRefusedException(EftlError.SUBSCRIPTION_INVALID, reason);
    }

    private static Interest read(DurableInfo durable) {
        try {
            return InterestBytes.read(durable.definition().bytes());
        } catch (BytesException damaged) {
            throw new StoreException("the definition of durable " + durable.name() + " is damaged", damaged);
        }
    }

    /** The one that is in the snapshot, if it asks for the same: regexps are the same only to themselves. */
    private DurableSubscription standing(DurableSubscription durable) {
        byte[] definition = InterestBytes.write(durable.interest());
        return bus.conductor()
                .interests()
                .durable(durable.name())
                .filter(other -> Arrays.equals(InterestBytes.write(other.interest()), definition))
                .orElse(durable);
    }

    void leave(DurableSubscription durable, boolean delete) {
        if (!delete) {
            subscriptions.computeIfPresent(durable.name(), (name, count) -> less(count));
            return;
        }
        delete(durable).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.error("durable {} is not deleted", durable.name(), failure);
            }
        });
    }

    /** Gives one place up; completes with true when the durable is gone, with false if somebody else has a place. */
    CompletableFuture<Boolean> delete(DurableSubscription durable) {
        AtomicReference<CompletableFuture<Boolean>> gone =
                new AtomicReference<>(CompletableFuture.completedFuture(false));
        subscriptions.computeIfPresent(durable.name(), (name, count) -> {
            if (count == 1) {
                gone.set(CompletableFuture.allOf(
                                bus.store().durables().delete(name),
                                bus.conductor().remove(durable))
                        .thenApply(done -> true));
            }
            return less(count);
        });
        return Objects.requireNonNull(gone.get());
    }

    private static @Nullable Integer less(int count) {
        return count == 1 ? null : count - 1;
    }
}
