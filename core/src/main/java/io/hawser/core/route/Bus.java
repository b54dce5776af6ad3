package io.hawser.core.route;

import io.hawser.core.access.Access;
import io.hawser.core.access.Authenticator;
import io.hawser.core.count.Counters;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.engine.Store;
import java.time.InstantSource;

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
        DurableSettings durable) {}
