package io.hawser.ivy.gateway;

import io.hawser.core.event.EventCode;
import io.hawser.core.message.Message;
import io.hawser.core.route.Receipt;
import io.hawser.ivy.engine.IvyMesh;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is said in a domain onto the bus, and stops reading from the domain while the bus cannot take more: Ivy knows
 * no acknowledgement, so TCP is all that keeps agents from running ahead. Owner: the mesh's loop.
 */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /** From this many messages on that wait for the store, nothing more is read from the domain. */
    private static final int MAX_STORING = 4096;

    /** Long enough for a loop to hand out some thousand events. */
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final Domain domain;
    private final IvyMesh mesh;
    private final Seldom refusals = new Seldom();
    private boolean paused;
    private int storing;

    Intake(Domain domain, IvyMesh mesh) {
        this.domain = domain;
        this.mesh = mesh;
    }

    /** Brings {@code message} onto the bus if the rules let the domain's agents say it. */
    void take(Message message) {
        Receipt receipt = domain.bus().router().publish(domain.principal(), message);
        if (receipt.lagging() && !paused) {
            pause();
        }
        if (receipt instanceof Receipt.Storing waiting) {
            awaitStore(waiting);
        }
        if (receipt instanceof Receipt.Refused refused && refusals.now()) {
            LOG.warn(
                    "ivy[{}] refused so far {}: {}",
                    domain,
                    refusals.times(),
                    refused.reason(),
                    EventCode.MESSAGE_REFUSED);
        }
    }

    /** How many messages the rules refused. */
    long refused() {
        return refusals.times();
    }

    /** The hub cannot hand out as fast as the domain brings in: TCP carries that back to the agents. */
    private void pause() {
        paused = true;
        decide();
        domain.loop().schedule(MOMENT, () -> {
            paused = false;
            decide();
        });
    }

    private void awaitStore(Receipt.Storing receipt) {
        if (++storing == MAX_STORING) {
            decide();
        }
        receipt.stored()
                .whenCompleteAsync(
                        (id, failure) -> {
                            if (storing-- == MAX_STORING) {
                                decide();
                            }
                        },
                        domain.loop());
    }

    private void decide() {
        mesh.reading(!paused && storing < MAX_STORING);
    }
}
