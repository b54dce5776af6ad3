package io.hawser.eftl.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.access.Principal;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.route.Bus;
import io.hawser.core.route.DurableSubscription;
import io.hawser.core.route.Interest;
import io.hawser.core.route.InterestBytes;
import io.hawser.core.route.Scope;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableInfo;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.durable.Durables;
import io.hawser.eftl.gateway.kept.DurableSeat;
import io.hawser.eftl.gateway.kept.DurableWish;
import io.hawser.eftl.gateway.kept.SharedDurables;
import io.hawser.eftl.wire.ClientFrame.DurableType;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ProtocolException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds, makes and deletes durables for callers: those of a client, and those that several share. A caller that does not say
 * which it means, means its own of that name, or if it has none the shared one. Callable from any loop.
 */
final class RestDurables {
    private final Bus bus;
    private final Durables durables;
    private final SharedDurables shared;

    RestDurables(Bus bus, SharedDurables shared) {
        this.bus = bus;
        this.durables = bus.store().durables();
        this.shared = shared;
    }

    /** Makes a durable, or gives it another matcher: the body. */
    void subscribe(RestCall call) {
        DurableAsk ask = DurableAsk.of(call);
        DurableAsk typed = ask.open() ? ask.as(DurableType.STANDARD, ask.key()) : ask;
        call.body(body -> call.then(place(call, typed.matching(new String(body, UTF_8))), place -> {
            place.leave();
            call.done();
        }));
    }

    /** Deletes a durable with its messages; one that is not there is not there afterwards either. */
    void delete(RestCall call) {
        DurableAsk ask = DurableAsk.of(call);
        DurableName own = call.caller().durable(DurableType.STANDARD, ask.name());
        call.then(durables.find(own), found -> {
            if (found.isPresent() && ask.mayBeOwn()) {
                call.then(remove(own), gone -> call.done());
            } else if (ask.type().equals(Optional.of(DurableType.STANDARD))) {
                call.done();
            } else {
                deleteShared(call, ask);
            }
        });
    }

    private CompletableFuture<Void> remove(DurableName name) {
        CompletableFuture<Void> forgotten = bus.conductor()
                .interests()
                .durable(name)
                .map(standing -> bus.conductor().remove(standing))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
        return CompletableFuture.allOf(durables.delete(name), forgotten);
    }

    private void deleteShared(RestCall call, DurableAsk ask) {
        call.then(durables.find(call.caller().durable(DurableType.SHARED, ask.name())), found -> {
            if (found.isEmpty()) {
                call.done();
                return;
            }
            DurableInfo durable = found.get();
            call.then(seat(call, like(ask, durable), durable.settings()).delete(), gone -> {
                if (!gone) {
                    throw new RefusedException(
                            409,
                            EftlError.SUBSCRIPTION_FAILED,
                            "durable " + ask.name()
                                    + " has other subscriptions; it can be deleted when they have ended");
                }
                call.done();
            });
        });
    }

    /** Completes, on the call's loop, with the durable that {@code ask} is about, made if it was not there. */
    CompletableFuture<Place> place(RestCall call, DurableAsk ask) {
        if (!call.mapping().channel().persistent()) {
            throw call.invalid("channel /" + call.mapping().channel().name() + " is not persistent: no durables");
        }
        DurableName own = call.caller().durable(DurableType.STANDARD, ask.name());
        if (!ask.mayBeOwn()) {
            return share(call, ask, settings(call, ask));
        }
        return durables.find(own)
                .thenComposeAsync(
                        found -> found.isPresent() || !ask.open() ? own(call, ask, own, found) : either(call, ask, own),
                        call.loop());
    }

    private CompletableFuture<Place> either(RestCall call, DurableAsk ask, DurableName own) {
        return durables.find(call.caller().durable(DurableType.SHARED, ask.name()))
                .thenComposeAsync(
                        found -> found.isPresent()
                                ? share(
                                        call,
                                        like(ask, found.get()),
                                        found.get().settings())
                                : own(call, ask, own, Optional.empty()),
                        call.loop());
    }

    /** It must be in the snapshot and in the store before the caller is told. */
    private CompletableFuture<Place> own(RestCall call, DurableAsk ask, DurableName name, Optional<DurableInfo> found) {
        Interest wanted = ask.matcher().isEmpty() && found.isPresent() ? kept(found.get()) : wanted(call, ask);
        Interest heard = heard(call, wanted);
        byte[] definition = InterestBytes.write(heard);
        Place place = new Place(name, DurableType.STANDARD, Optional.empty());
        if (found.filter(durable -> Arrays.equals(durable.definition().bytes(), definition))
                .isPresent()) {
            return CompletableFuture.completedFuture(place);
        }
        return CompletableFuture.allOf(
                        durables.obtain(name, bus.durable(), definition, true),
                        bus.conductor().add(new DurableSubscription(name, heard)))
                .thenApply(done -> place);
    }

    /** What the durable keeps, for whoever may hear it now. */
    private static Interest kept(DurableInfo durable) {
        try {
            Interest kept = InterestBytes.read(durable.definition().bytes());
            Scope scope = kept.scope();
            Scope whole = new Scope(scope.channel(), scope.everywhere(), scope.except(), Optional.empty());
            return new Interest(kept.topic(), kept.content(), kept.regexp(), whole);
        } catch (BytesException damaged) {
            throw new StoreException("the definition of durable " + durable.name() + " is damaged", damaged);
        }
    }

    private CompletableFuture<Place> share(RestCall call, DurableAsk ask, DurableSettings settings) {
        DurableSeat seat = seat(call, ask, settings);
        return seat.taken()
                .thenApply(
                        durable -> new Place(durable.name(), ask.type().orElse(DurableType.SHARED), Optional.of(seat)));
    }

    private DurableSeat seat(RestCall call, DurableAsk ask, DurableSettings settings) {
        Principal who = call.caller().principal();
        DurableName name = call.caller().durable(DurableType.SHARED, ask.name());
        Interest heard = heard(call, wanted(call, ask));
        return shared.subscribe(new DurableWish(name, settings, heard, who), call.loop());
    }

    /** What {@code ask} makes. */
    private DurableSettings settings(RestCall call, DurableAsk ask) {
        if (ask.type().equals(Optional.of(DurableType.SHARED))) {
            return bus.durable().shared();
        }
        return bus.durable().lastValue(ask.key().orElseThrow(() -> call.invalid("a last-value durable needs a key")));
    }

    /** {@code ask} about a durable that is there. */
    private static DurableAsk like(DurableAsk ask, DurableInfo durable) {
        boolean lastValue = durable.settings().kind() == DurableSettings.Kind.LAST_VALUE;
        return ask.as(
                lastValue ? DurableType.LAST_VALUE : DurableType.SHARED,
                durable.settings().key());
    }

    private static Interest wanted(RestCall call, DurableAsk ask) {
        try {
            return call.mapping().wish(ask.frame(), call.caller(), regexp -> {}).interest();
        } catch (ProtocolException | IllegalArgumentException invalid) {
            throw call.invalid(String.valueOf(invalid.getMessage()));
        }
    }

    private Interest heard(RestCall call, Interest wanted) {
        Principal who = call.caller().principal();
        return wanted.heardBy(who, bus.access())
                .orElseThrow(() -> new RefusedException(
                        403,
                        EftlError.SUBSCRIPTION_DISALLOWED,
                        who.name() + " may not subscribe to " + wanted.topic()));
    }
}
