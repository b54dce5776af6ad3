package io.hawser.ivy.gateway;

import io.hawser.core.access.Action;
import io.hawser.core.event.EventCode;
import io.hawser.core.link.Breaker;
import io.hawser.core.message.Message;
import io.hawser.core.message.Passage;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Interests;
import io.hawser.ivy.engine.IvyCount;
import io.hawser.ivy.engine.IvyEvents;
import io.hawser.ivy.engine.IvyMesh;
import io.hawser.ivy.engine.IvyPeer;
import io.hawser.net.Loop;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Ivy domain on the bus: an ordinary agent that says to each of the others what the bus has for it, and brings what
 * they say. Owner: the mesh's loop.
 */
public final class IvyGateway implements AutoCloseable, IvyEvents {
    private static final Logger LOG = LoggerFactory.getLogger(IvyGateway.class);

    private final Domain domain;
    private final Executor departures;
    private final IvyMesh mesh;
    private final Listening listening;
    private final Intake intake;
    private final Map<IvyPeer, IvySession> sessions = new LinkedHashMap<>();
    private final Seldom complaints = new Seldom();
    private final Breaker breaker;
    private long circling;
    private Optional<String> left = Optional.empty();

    /** Takes our watch of the interests back. Guarded by this, like {@code closed}. */
    private Runnable unwatch = () -> {};

    private boolean closed;

    /**
     * A gateway that joins {@code bus} and the domain when it is started.
     *
     * @param loop owns all of it
     * @param agentId unique in the domain, ASCII without spaces
     * @param departures where the domain is left if one of its agents may ask for that; never a loop, because that waits
     * @throws IllegalArgumentException if the settings' bus is no Ivy domain
     * @throws io.hawser.core.match.RegexpException if one of the settings' patterns is no regexp
     */
    public IvyGateway(IvySettings settings, Bus bus, Loop loop, String agentId, Executor departures) {
        this.domain = Domain.of(settings, bus, loop);
        this.departures = departures;
        this.mesh = new IvyMesh(loop, settings.options(agentId), this);
        this.listening = new Listening(mesh, settings.listen());
        this.intake = new Intake(domain, mesh);
        this.breaker = bus.linkage().breaker(loop::nanoTime, this::storm);
    }

    /** Joins the domain, once. Not for a loop. */
    public synchronized void start() {
        domain.loop()
                .execute(() -> mesh.bind(HubMark.regexp(domain.bus().linkage().hub())));
        mesh.start();
        unwatch = domain.bus().conductor().onChange(interests -> domain.loop()
                .execute(() -> listening.wanted(someoneHears(interests))));
    }

    /** Says goodbye to the domain; closing twice is harmless. Not for a loop. */
    @Override
    public void close() {
        leave("the hub has stopped");
    }

    /**
     * From now on the agents are asked for these texts alone, as {@link IvySettings#listen()} says; what they are asked for
     * changes in one step, so that no text is missed or comes twice that both want. Callable from any thread.
     *
     * @throws IllegalArgumentException with a text for the user if a pattern is wrong; nothing has changed then
     */
    public void listen(List<String> patterns) {
        String regexp = Listening.regexp(patterns);
        domain.loop().execute(() -> listening.change(regexp));
    }

    /** Completes, on the loop, with how the domain is. Callable from any thread. */
    public CompletableFuture<DomainStatus> status() {
        return CompletableFuture.supplyAsync(this::now, domain.loop());
    }

    /** Completes, on the loop, with who is there, in the order of joining. Callable from any thread. */
    public CompletableFuture<List<AgentStatus>> agents() {
        return CompletableFuture.supplyAsync(
                () -> sessions.values().stream().map(IvySession::status).toList(), domain.loop());
    }

    private DomainStatus now() {
        IvySettings settings = domain.settings();
        return new DomainStatus(
                settings.name(),
                settings.bus(),
                settings.agent(),
                mesh.address(),
                left,
                listening.binding(),
                sessions.size(),
                intake.refused(),
                sessions.values().stream().mapToLong(IvySession::circling).sum() + circling,
                Arrays.stream(IvyCount.values()).collect(Collectors.toMap(Function.identity(), mesh::count)));
    }

    private boolean someoneHears(Interests interests) {
        return left.isEmpty()
                && domain.bus()
                        .router()
                        .anyoneHears(
                                interests,
                                domain.mapping().origin(),
                                domain.mapping().texts());
    }

    private synchronized void leave(String why) {
        if (closed) {
            return;
        }
        closed = true;
        unwatch.run();
        domain.loop().execute(() -> {
            left = Optional.of(why);
            listening.wanted(false);
            List.copyOf(sessions.keySet()).forEach(peer -> left(peer, why));
        });
        mesh.stop();
    }

    @Override
    public void joined(IvyPeer peer) {
        if (left.isPresent()) {
            return;
        }
        LOG.info("ivy[{}] {} joined", domain, peer, EventCode.PARTY_JOINED);
        boolean known = isThere(peer.name());
        Instant now = domain.bus().clock().instant();
        sessions.put(peer, new IvySession(domain, peer, now, this::isHere));
        if (!known) {
            String address = peer.address().getAddress().getHostAddress() + ":"
                    + peer.address().getPort();
            intake.take(domain.mapping().online(peer.name(), address, now.toEpochMilli()));
        }
    }

    @Override
    public void ready(IvyPeer peer) {
        // its subscriptions are interests already
    }

    @Override
    public void left(IvyPeer peer, String reason) {
        IvySession session = sessions.remove(peer);
        if (session == null) {
            return;
        }
        LOG.info("ivy[{}] {} left: {}", domain, peer, reason, EventCode.PARTY_LEFT);
        session.end();
        circling += session.circling();
        if (!isThere(peer.name())) {
            intake.take(domain.mapping().offline(peer.name(), reason, time()));
        }
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
        if (listening.asked(ours) && !captures.isEmpty()) {
            String text = captures.get(0);
            Message message = domain.mapping().message(peer.name(), passage(peer), text, time());
            boolean goesOn = !message.headers().travels() || breaker.passes(message, text);
            intake.take(goesOn ? message : domain.mapping().message(peer.name(), staying(), text, time()));
        }
    }

    @Override
    public void direct(IvyPeer peer, int number, String text) {
        intake.take(domain.mapping().said(peer.name(), passage(peer), number, text, time()));
        session(peer).ifPresent(session -> session.said(number, text));
    }

    /** The hub goes on, whatever an agent may do: it leaves this domain at most. */
    @Override
    public void die(IvyPeer peer, int number, String reason) {
        String topic = domain.mapping().agent(domain.settings().agent()).text();
        if (domain.bus().access().allows(domain.principal(), Action.IVY_DIE, topic)) {
            LOG.warn("ivy[{}] {} asks the hub to die: it leaves this domain", domain, peer, EventCode.DEATH_WISHED);
            departures.execute(() -> leave("the hub has left the domain, as " + peer + " asked"));
        } else if (complaints.now()) {
            LOG.warn("ivy[{}] {} asks the hub to die, which is refused", domain, peer, EventCode.DEATH_WISHED);
        }
    }

    @Override
    public void problem(IvyPeer peer, int code, String reason) {
        if (complaints.now()) {
            LOG.warn("ivy[{}] {} reports error {}: {}", domain, peer, code, reason);
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

    private long time() {
        return domain.bus().clock().millis();
    }

    private boolean isThere(String name) {
        return sessions.values().stream().anyMatch(session -> session.name().equals(name));
    }

    /** True if the hub {@code hub} is in the domain too, and says itself there what it has to say. */
    private boolean isHere(String hub) {
        return sessions.values().stream()
                .anyMatch(session -> session.hub().filter(hub::equals).isPresent());
    }

    /** How what {@code peer} says came here: from another hub it stays out of other domains, unless the settings let it go on. */
    private Optional<Passage> passage(IvyPeer peer) {
        return domain.settings().fromHubs()
                ? Optional.empty()
                : session(peer).flatMap(IvySession::hub).map(Passage::unnumbered);
    }

    /** While the same text comes again and again, what the domain says is heard on this hub alone, and a loop ends. */
    private Optional<Passage> staying() {
        return Optional.of(Passage.unnumbered(domain.bus().linkage().hub()));
    }

    /** Names the loop: what goes round, who said it last, and where it came. */
    private void storm(Message message) {
        Breaker.Limits limits = breaker.limits();
        domain.bus().counters().limit("link-limits.storm").reached();
        LOG.warn(
                "ivy[{}] storm: the same text of {} came more than {} times within {}; what is said in this domain goes into no"
                        + " other and over no link for {}: look for a program that carries texts from there back to here, {}",
                domain,
                message.headers().source().party(),
                limits.times(),
                limits.within(),
                limits.pause(),
                domain.settings().bus(),
                EventCode.STORM);
    }

    private Optional<IvySession> session(IvyPeer peer) {
        return Optional.ofNullable(sessions.get(peer));
    }
}
