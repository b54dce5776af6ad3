package io.hawser.core.route;

import io.hawser.core.access.Access;
import io.hawser.core.access.Authenticator;
import io.hawser.core.border.Border;
import io.hawser.core.border.Checkpoint;
import io.hawser.core.border.Crossing;
import io.hawser.core.count.Counters;
import io.hawser.core.link.LinkLimits;
import io.hawser.core.link.Linkage;
import io.hawser.core.session.Journal;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.engine.Store;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/**
 * What a gateway is given: the parts of the core that it joins its protocol to.
 *
 * @param router takes messages to everybody who wants them
 * @param conductor takes subscriptions
 * @param store keeps messages for durables
 * @param authenticator finds out who somebody is
 * @param access says who may do what
 * @param counters counts
 * @param clock stamps messages
 * @param outbox how much may wait for one party
 * @param durable what a durable is like whose party says nothing else
 * @param linkage what all links to other hubs share
 * @param journal what happened to parties
 */
public record Bus(
        Router router,
        Conductor conductor,
        Store store,
        Authenticator authenticator,
        Access access,
        Counters counters,
        InstantSource clock,
        OutboxLimits outbox,
        DurableSettings durable,
        Linkage linkage,
        Journal journal) {
    /** The parts of a hub in whose journal nothing stands yet. */
    public Bus(
            Router router,
            Conductor conductor,
            Store store,
            Authenticator authenticator,
            Access access,
            Counters counters,
            InstantSource clock,
            OutboxLimits outbox,
            DurableSettings durable,
            Linkage linkage) {
        this(
                router,
                conductor,
                store,
                authenticator,
                access,
                counters,
                clock,
                outbox,
                durable,
                linkage,
                new Journal(clock));
    }

    /** The parts of a hub that no other hub knows. */
    public Bus(
            Router router,
            Conductor conductor,
            Store store,
            Authenticator authenticator,
            Access access,
            Counters counters,
            InstantSource clock,
            OutboxLimits outbox,
            DurableSettings durable) {
        this(
                router,
                conductor,
                store,
                authenticator,
                access,
                counters,
                clock,
                outbox,
                durable,
                new Linkage("alone", LinkLimits.DEFAULT, 1, Runnable::run));
    }

    /**
     * This as a gateway sees it through {@code border}; this itself if that lets everything pass as it is.
     *
     * @param name of the gateway, for its user
     */
    public Bus behind(String name, Border border) {
        if (border.equals(Border.OPEN)) {
            return this;
        }
        Crossing in = border.in();
        Crossing out = border.out();
        return new Bus(
                in.isOpen() ? router : router.behind(new Checkpoint(name + ".in", in, clock, counters)),
                out.isOpen() ? conductor : conductor.behind(new Checkpoint(name + ".out", out, clock, counters)),
                store,
                authenticator,
                access,
                counters,
                clock,
                outbox,
                durable,
                linkage,
                journal);
    }

    /**
     * Puts {@code newcomer} into the interests, and offers it the last message of each topic that is retained and that it wants.
     * Those of a group hear only what comes from now on. Completes as {@link Conductor#add} does.
     */
    public CompletableFuture<Void> welcome(LiveSubscription<?> newcomer) {
        return router.welcome(conductor, newcomer);
    }
}
