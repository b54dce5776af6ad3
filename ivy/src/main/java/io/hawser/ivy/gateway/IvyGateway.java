package io.hawser.ivy.gateway;

import io.hawser.core.access.Principal;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Interests;
import io.hawser.core.route.Receipt;
import io.hawser.core.route.Scope;
import io.hawser.ivy.engine.IvyEvents;
import io.hawser.ivy.engine.IvyMesh;
import io.hawser.ivy.engine.IvyOptions;
import io.hawser.ivy.engine.IvyPeer;
import io.hawser.ivy.wire.IvyDomain;
import io.hawser.ivy.wire.IvyLimits;
import io.hawser.net.Loop;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Ivy domain on the bus: an ordinary agent that says to each of the others what the bus has for it, and brings what
 * they say. Owner: the mesh's loop.
 *
 * <p>Towards the domain it holds exactly one binding, to every text, and that only while somebody outside the domain can
 * take texts: in Ivy the sender matches, and what nobody takes should cost the agents nothing.
 */
public final class IvyGateway implements AutoCloseable, IvyEvents {
    private static final Logger LOG = LoggerFactory.getLogger(IvyGateway.class);
    private static final String EVERY_TEXT = "(.*)";

    /** From this many texts on that wait for the store, nothing more is read from the domain. */
    private static final int MAX_STORING = 4096;

    /** Long enough for a loop to hand out some thousand events. */
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final IvySettings settings;
    private final Bus bus;
    private final Loop loop;
    private final IvyMapping mapping;
    private final Principal principal;
    private final IvyMesh mesh;
    private final Map<IvyPeer, IvySession> sessions = new HashMap<>();
    private Optional<Integer> binding = Optional.empty();
    private boolean paused;
    private int storing;
    private long complaints;

    /** Takes our watch of the interests back. Touched by start and close only. */
    private Runnable unwatch = () -> {};

    /**
     * A gateway that joins {@code bus} and the domain when it is started.
     *
     * @param loop owns all of it
     * @param agentId unique in the domain, ASCII without spaces
     * @throws IllegalArgumentException if the settings' bus is no Ivy domain
     * @throws io.hawser.core.match.RegexpException if one of the settings' patterns is no regexp
     */
    public IvyGateway(IvySettings settings, Bus bus, Loop loop, String agentId) {
        this.settings = settings;
        this.bus = bus;
        this.loop = loop;
        this.mapping = new IvyMapping(settings.name(), settings.patterns());
        this.principal = new Principal(mapping.origin());
        this.mesh = new IvyMesh(loop, IvyOptions.of(settings.agent(), agentId, IvyDomain.parse(settings.bus())), this);
    }

    /** Joins the domain. Not for a loop. */
    public void start() {
        mesh.start();
        unwatch = bus.conductor().onChange(interests -> loop.execute(() -> bindAsWanted(interests)));
    }

    /** Says goodbye to the domain. Not for a loop. */
    @Override
    public void close() {
        unwatch.run();
        mesh.stop();
        loop.execute(() -> {
            sessions.values().forEach(IvySession::end);
            sessions.clear();
        });
    }

    /** The hub cannot hand out as fast as the domain brings in: TCP carries that back to the agents. */
    private void pause() {
        paused = true;
        decide();
        loop.schedule(MOMENT, () -> {
            paused = false;
            decide();
        });
    }

    /** Ivy knows no acknowledgement, so TCP is all that keeps agents from running ahead of the store. */
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
                        loop);
    }

    private void decide() {
        mesh.reading(!paused && storing < MAX_STORING);
    }

    private void bindAsWanted(Interests interests) {
        boolean wanted = interests.anyoneHears(mapping.origin(), mapping.texts());
        if (wanted && binding.isEmpty()) {
            binding = Optional.of(mesh.bind(EVERY_TEXT));
        } else if (!wanted && binding.isPresent()) {
            mesh.unbind(binding.get());
            binding = Optional.empty();
        }
    }

    @Override
    public void joined(IvyPeer peer) {
        LOG.info("ivy[{}] {} joined", settings.name(), peer);
        sessions.put(
                peer,
                new IvySession(
                        bus,
                        loop,
                        principal,
                        peer,
                        Scope.except(mapping.origin()),
                        IvyLimits.DEFAULT.maxRegexpChars()));
    }

    @Override
    public void ready(IvyPeer peer) {
        // its subscriptions are interests already
    }

    @Override
    public void left(IvyPeer peer, String reason) {
        LOG.info("ivy[{}] {} left: {}", settings.name(), peer, reason);
        session(peer).ifPresent(IvySession::end);
        sessions.remove(peer);
    }

    @Override
    public void subscribed(IvyPeer peer, int id, String regexp) {
        session(peer).ifPresent(session -> session.subscribe(id, regexp));
    }

    @Override
    public void unsubscribed(IvyPeer peer, int id) {
        session(peer).ifPresent(session -> session.unsubscribe(id));
    }

    @Override
    public void received(IvyPeer peer, int ours, List<String> captures) {
        if (binding.isEmpty() || binding.get() != ours || captures.isEmpty()) {
            return;
        }
        Receipt receipt = bus.router()
                .publish(
                        principal,
                        mapping.message(
                                peer.name(), captures.get(0), bus.clock().millis()));
        if (receipt.lagging() && !paused) {
            pause();
        }
        if (receipt instanceof Receipt.Storing waiting) {
            awaitStore(waiting);
        }
        if (receipt instanceof Receipt.Refused refused) {
            LOG.debug("ivy[{}] text of {} refused: {}", settings.name(), peer, refused.reason());
        }
    }

    @Override
    public void direct(IvyPeer peer, int number, String text) {
        LOG.debug("ivy[{}] {} says {} to the hub, which has no ear for it yet", settings.name(), peer, number);
    }

    @Override
    public void die(IvyPeer peer, int number, String reason) {
        if (isWorthALine()) {
            LOG.warn("ivy[{}] {} asks the hub to die, which is refused", settings.name(), peer);
        }
    }

    @Override
    public void problem(IvyPeer peer, int code, String reason) {
        if (isWorthALine()) {
            LOG.warn("ivy[{}] {} reports error {}: {}", settings.name(), peer, code, reason);
        }
    }

    @Override
    public void pong(IvyPeer peer, int id) {
        // the hub sends no pings
    }

    @Override
    public void writable(IvyPeer peer) {
        session(peer).ifPresent(IvySession::writable);
    }

    /** True for the 1st, 2nd, 4th, 8th, ... complaint: agents can complain faster than anybody reads. */
    private boolean isWorthALine() {
        return Long.bitCount(++complaints) == 1;
    }

    private Optional<IvySession> session(IvyPeer peer) {
        return Optional.ofNullable(sessions.get(peer));
    }
}
