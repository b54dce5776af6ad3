package io.hawser.eftl.link;

import io.hawser.core.event.EventCode;
import io.hawser.core.link.Breaker;
import io.hawser.core.message.Message;
import io.hawser.core.route.Bus;
import io.hawser.eftl.engine.ClientEngine;
import io.hawser.eftl.engine.ClientEvents;
import io.hawser.eftl.engine.EftlState;
import io.hawser.eftl.engine.NetDialer;
import io.hawser.eftl.wire.EftlClose;
import io.hawser.eftl.wire.EftlCodec;
import io.hawser.eftl.wire.EftlLimits;
import io.hawser.eftl.wire.ServerFrame.Welcome;
import io.hawser.net.Backoff;
import io.hawser.net.Loop;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This hub as a client of another one, for as long as it runs: what is said on either bus is heard on both, in the name of
 * whoever said it. Owner: the loop, which is also the owner of the hub's {@link io.hawser.core.link.Linkage}.
 *
 * <p>A link that is lost comes back to its session, and loses nothing that both sides have room for. After
 * {@link LinkSettings#PATIENCE} it is down: what waits is dropped, and from then on each attempt begins anew. Whoever refuses is asked again too,
 * for a wrong password or a missing rule can be put right over there.
 */
public final class Link implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 0.5);
    private static final Duration DIALING = Duration.ofSeconds(10);

    private final LinkSettings settings;
    private final Bus bus;
    private final Loop loop;
    private final Random random;
    private final String url;
    private final ClientEngine engine;
    private final LinkIn in;
    private final LinkOut out;
    private LinkState state = LinkState.CONNECTING;
    private Instant since;
    private String hub = "";
    private String failure = "";
    private int failures;
    private Loop.@Nullable Timer timer;
    private boolean strange;
    private boolean closed;

    /**
     * A link that does nothing yet.
     *
     * @param loop the owner of the bus's linkage
     * @param random spreads the attempts to come back
     */
    public Link(LinkSettings settings, Bus bus, Loop loop, Random random) {
        this.settings = settings;
        this.bus = bus;
        this.loop = loop;
        this.random = random;
        this.url = settings.servers().stream().map(String::valueOf).collect(Collectors.joining(" | "));
        this.since = bus.clock().instant();
        EftlCodec codec = new EftlCodec(EftlLimits.DEFAULT);
        this.engine = new ClientEngine(
                loop,
                settings.client(bus.linkage().hub()),
                settings.servers(),
                new NetDialer(loop, DIALING, settings.trust()),
                codec,
                random,
                new Events());
        Breaker coming = bus.linkage().breaker(loop::nanoTime, message -> storm(message, true));
        Breaker going = bus.linkage().breaker(loop::nanoTime, message -> storm(message, false));
        this.in = new LinkIn(settings, bus, loop, engine, codec, coming, this::trouble);
        this.out = new LinkOut(settings, bus, loop, engine, going, this::trouble);
    }

    /** Begins to connect. Callable from any thread, once. */
    public void start() {
        loop.execute(engine::connect);
    }

    /** Says goodbye. Callable from any thread; closing twice is harmless. */
    @Override
    public void close() {
        loop.execute(() -> {
            if (!closed) {
                closed = true;
                cancelTimer();
                out.end();
                engine.disconnect(() -> {});
            }
        });
    }

    /** Completes, on the loop, with how it stands. Callable from any thread. */
    public CompletableFuture<LinkStatus> status() {
        return CompletableFuture.supplyAsync(
                () -> new LinkStatus(
                        settings.name(),
                        url,
                        state,
                        since,
                        hub,
                        in.taken(),
                        out.said(),
                        out.waiting(),
                        out.dropped(),
                        in.denied() + out.denied(),
                        in.turnedBack(),
                        in.breaker().storms() + out.breaker().storms(),
                        in.breaker().held() + out.breaker().held(),
                        failure),
                loop);
    }

    private final class Events implements ClientEvents {
        @Override
        public void stateChanged(EftlState now) {
            if (now == EftlState.RECONNECTING && state == LinkState.UP) {
                lost();
            }
        }

        @Override
        public void connected(Cause cause, Welcome welcome) {
            cancelTimer();
            if (welcome.hub().isEmpty()) {
                strange = true;
                engine.disconnect(() -> {});
            } else {
                up(welcome.hub().get());
            }
        }

        @Override
        public void disconnected(int code, String reason) {
            cancelTimer();
            out.end();
            if (!closed) {
                down(code, reason);
            }
        }

        @Override
        public void error(int code, String reason) {
            trouble("the other hub reports error " + code + ": " + reason);
            engine.told();
        }
    }

    private void up(String other) {
        hub = other;
        failures = 0;
        become(LinkState.UP);
        LOG.info("link[{}] up: {} is the hub {}", settings.name(), url, hub, EventCode.LINK_UP);
        in.begin();
        out.begin();
    }

    /** The engine tries to come back, but not for ever. */
    private void lost() {
        failure = engine.failure().reason();
        become(LinkState.CONNECTING);
        LOG.warn("link[{}] lost: {}", settings.name(), failure, EventCode.LINK_LOST);
        out.pause();
        timer = loop.schedule(LinkSettings.PATIENCE, () -> {
            timer = null;
            LOG.warn(
                    "link[{}] down: {} messages that waited for it are lost",
                    settings.name(),
                    out.waiting(),
                    EventCode.LINK_DOWN);
            engine.disconnect(() -> {});
        });
    }

    /** It is asked again, whatever it said. */
    private void down(int code, String reason) {
        if (strange) {
            fail(
                    LinkState.REFUSED,
                    "there is an eFTL server that knows nothing of links: no Hawser hub, or an older one");
        } else if (code == EftlClose.CONNECTION_ERROR.code() || code == EftlClose.RESTART.code()) {
            fail(LinkState.CONNECTING, reason);
        } else if (code == EftlClose.NORMAL.code()) {
            become(LinkState.CONNECTING);
        } else {
            fail(LinkState.REFUSED, reason);
        }
        strange = false;
        timer = loop.schedule(BACKOFF.after(++failures, random::nextDouble), engine::reconnect);
    }

    private void fail(LinkState now, String why) {
        if (!why.equals(failure)) {
            LOG.warn(
                    "link[{}] {}: {}",
                    settings.name(),
                    now == LinkState.REFUSED ? "refused" : "not connected",
                    why,
                    EventCode.LINK_REFUSED);
        }
        failure = why;
        become(now);
    }

    private void become(LinkState now) {
        if (state != now) {
            state = now;
            since = bus.clock().instant();
        }
    }

    private void trouble(String what) {
        failure = what;
        LOG.warn("link[{}] {}", settings.name(), what);
    }

    /** Names the loop: what goes round, who said it last, and from where to where it came. */
    private void storm(Message message, boolean coming) {
        String here = "this hub " + bus.linkage().hub();
        String there = "hub " + hub + " at " + url;
        String from = coming ? there : here;
        String to = coming ? here : there;
        Breaker.Limits limits = in.breaker().limits();
        bus.counters().limit("link-limits.storm").reached();
        failure = "storm: the same message on " + message.topic() + ", last said by "
                + message.headers().source() + ", came more than " + limits.times() + " times within "
                + limits.within() + " from " + from + " to " + to + "; nothing goes this way for " + limits.pause()
                + ": look for a program that carries messages from " + to + " back to " + from;
        LOG.warn("link[{}] {}", settings.name(), failure, EventCode.STORM);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
