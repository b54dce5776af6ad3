package io.hawser.eftl.gateway;

import io.hawser.core.message.Encoding;
import io.hawser.core.route.Bus;
import io.hawser.core.session.PartyEvent;
import io.hawser.core.store.StoreException;
import io.hawser.eftl.gateway.channel.EftlChannel;
import io.hawser.eftl.gateway.channel.EftlClient;
import io.hawser.eftl.gateway.channel.EftlMapping;
import io.hawser.eftl.gateway.channel.EventTail;
import io.hawser.eftl.gateway.channel.LinkMapping;
import io.hawser.eftl.gateway.kept.ChannelHistory;
import io.hawser.eftl.gateway.kept.EftlLineages;
import io.hawser.eftl.gateway.kept.SharedDurables;
import io.hawser.eftl.gateway.party.Output;
import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.EftlClose;
import io.hawser.eftl.wire.EftlCodec;
import io.hawser.eftl.wire.EftlLimits;
import io.hawser.net.Handshake;
import io.hawser.net.Listener;
import io.hawser.net.Loops;
import io.hawser.net.NetLimits;
import io.hawser.net.http.HttpLimits;
import io.hawser.net.http.HttpServer;
import io.hawser.net.http.Routes;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The eFTL server: listens, answers handshakes, and knows which session has which client id.
 *
 * <p>The table of sessions is the only state shared between loops: a session enters it with a login and leaves it with its
 * end, each one atomic step. {@code listener} belongs to whoever starts and closes the gateway.
 */
public final class EftlGateway implements AutoCloseable {
    /** What the scopes of this protocol's durables and maps begin with; '/' and a channel follow. */
    public static final String PROTOCOL = EftlMapping.PROTOCOL;

    /** The sub-protocol that most clients offer ({@code specs/eftl.md} 1.1). */
    static final String SUBPROTOCOL = "v1.eftl.tibco.com";

    /** The newest: what may change of them does, the rest is as it was at the start. */
    private volatile EftlSettings settings;

    private final Bus bus;
    private final Loops loops;
    private final SharedDurables shared;
    private final EftlLineages lineages;
    private final EftlCodec codec = new EftlCodec(EftlLimits.DEFAULT);
    private final Map<String, EftlMapping> channels = new LinkedHashMap<>();
    private final Map<String, Away> away = new HashMap<>();
    private final Map<String, EftlSession> sessions = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> histories;
    /** What hubs get that are linked to this one. */
    private final Encoding travelling;

    private final SecureRandom random = new SecureRandom();
    private @Nullable Listener listener;
    /** Nobody is let in any more. Written by whoever stops the hub. */
    private volatile boolean draining;

    /** A gateway that joins {@code bus} when it is started. */
    public EftlGateway(EftlSettings settings, Bus bus, Loops loops) {
        this.settings = settings;
        this.bus = bus;
        this.loops = loops;
        this.shared = new SharedDurables(bus);
        this.travelling = LinkMapping.tail(bus.linkage());
        this.lineages = new EftlLineages(bus.store().records(), bus.clock());
        for (EftlChannel channel : settings.channels()) {
            away.put(channel.name(), new Away(channel, bus.counters()));
            channels.put(channel.name(), new EftlMapping(channel, codec, channels.isEmpty()));
        }
        this.histories = new ChannelHistory(bus).keep(channels.values());
    }

    /**
     * Starts to listen, when every channel keeps what it has to, and returns where.
     *
     * @throws io.hawser.core.store.StoreException if the store does not keep it
     */
    public InetSocketAddress start() {
        return start(new Routes(List.of()));
    }

    /** The same, with more that the port answers to plain HTTP; each of {@code more} bounds the bodies that it takes. */
    public InetSocketAddress start(Routes more) {
        try {
            histories.join();
        } catch (CompletionException failed) {
            throw new StoreException("the history of a channel is not kept: " + Output.reason(failed), failed);
        }
        int largest = settings.channels().stream()
                .mapToInt(EftlChannel::maxFrameBytes)
                .max()
                .orElseThrow();
        InetSocketAddress at = new InetSocketAddress(settings.host(), settings.port());
        HttpServer.Options options = HttpServer.Options.of(
                        EftlPages.routes(channels.keySet()).and(more))
                .with(this::answer)
                .with(EftlPages.sites(at, settings.origins()))
                .with(
                        NetLimits.defaults().withMaxMessageBytes(largest),
                        HttpLimits.defaults().withMaxBodyBytes(Long.MAX_VALUE));
        listener = HttpServer.bind(loops, at, settings.tls().map(options::with).orElse(options));
        return listener.address();
    }

    /** Ends every connection, telling clients to come back or to stay away as the settings say, and frees the port. */
    @Override
    public void close() {
        EftlClose code = settings.comesBack() ? EftlClose.RESTART : EftlClose.SHUTDOWN;
        String reason = settings.comesBack() ? "the server restarts" : "the server shuts down";
        sessions.values().forEach(session -> session.stop(code, reason));
        if (listener != null) {
            listener.close();
        }
    }

    /**
     * Lets nobody in any more, and does nothing more that clients ask for: what is not answered they ask again where they come
     * next. What is on its way to them and what the store has still to answer goes on. Callable from any thread.
     */
    public void drain() {
        draining = true;
    }

    /** True if it is to stop. */
    boolean draining() {
        return draining;
    }

    /** Completes with true if nothing is on its way to a client, and none waits for the store. Callable from any thread. */
    public CompletableFuture<Boolean> quiet() {
        CompletableFuture<Boolean> quiet = CompletableFuture.completedFuture(true);
        for (EftlSession session : sessions.values()) {
            quiet = quiet.thenCombine(session.quiet(), Boolean::logicalAnd);
        }
        return quiet;
    }

    /**
     * Puts out every client that would not be let in as the same any more, its token having ended or its user being gone. Called
     * from time to time, and when the configuration has changed; callable from any thread.
     */
    public void review() {
        sessions.values().forEach(EftlSession::review);
    }

    /** Which channel a client may have. */
    Handshake.Answer answer(Handshake handshake) {
        String path = handshake.path();
        EftlMapping mapping = path.startsWith("/") ? channels.get(path.substring(1)) : null;
        if (mapping == null) {
            return new Handshake.Refuse(
                    404, "no channel " + path + "; there is /" + String.join(", /", channels.keySet()));
        }
        if (draining) {
            return new Handshake.Refuse(503, "the hub is about to stop, and lets nobody in any more");
        }
        Optional<String> subprotocol =
                handshake.subprotocols().contains(SUBPROTOCOL) ? Optional.of(SUBPROTOCOL) : Optional.empty();
        return new Handshake.Accept(
                subprotocol,
                new EftlLink(this, mapping, handshake),
                mapping.channel().compress());
    }

    /** How each client stands, sorted by channel and id. Callable from any thread. */
    public List<ClientStatus> statuses() {
        return new TreeMap<>(sessions)
                .values().stream().map(EftlSession::status).toList();
    }

    /** Ends the session of the client {@code key}, which is told {@code reason}; false if there is none. */
    public boolean expel(String key, String reason) {
        EftlSession session = sessions.get(key);
        if (session != null) {
            session.stop(EftlClose.FORCE_CLOSE, reason);
        }
        return session != null;
    }

    /** A login was refused. All are noted under one name, as anybody may try under any. */
    void refused(EftlChannel channel, String why) {
        bus.journal().note(PROTOCOL + '/' + channel.name() + "/(refused)", PartyEvent.DENIED, why);
    }

    /** Its channels, the open one first. */
    public List<EftlMapping> mappings() {
        return List.copyOf(channels.values());
    }

    EftlSettings settings() {
        return settings;
    }

    /** What it is joined to. */
    public Bus bus() {
        return bus;
    }

    /**
     * From now on new logins, requests and clients have the times and the number of subscriptions that {@code newer} says; all
     * else stays as it is. Callable from any thread, one at a time.
     */
    public void change(EftlSettings newer) {
        settings = settings.withLimits(newer.loginTimeout(), newer.requestTimeout(), newer.maxSubscriptions());
    }

    /** The durables that clients share. */
    public SharedDurables shared() {
        return shared;
    }

    EftlLineages lineages() {
        return lineages;
    }

    /** The sessions of {@code channel} that are away. */
    Away away(EftlChannel channel) {
        return Objects.requireNonNull(away.get(channel.name()), "of every channel");
    }

    /** How it reads and writes. */
    public EftlCodec codec() {
        return codec;
    }

    /** What events look like to {@code client}. */
    Encoding events(EftlClient client) {
        if (client.hub().isPresent()) {
            return travelling;
        }
        return client.ours() ? EventTail.WITH_ORIGIN : EventTail.PLAIN;
    }

    /** A name for a client that chose none. */
    String newClientId() {
        return "client-" + random(6);
    }

    /** A new token of 128 random bits. */
    public String newToken() {
        return random(16);
    }

    private String random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** {@code link}, which says that it is {@code client}, claims the session of that client. Callable from any thread. */
    void enter(EftlLink link, EftlClient client, ClientFrame.Login login) {
        sessions.computeIfAbsent(client.key(), key -> new EftlSession(this, link, link.mapping(), client))
                .claim(link, client, login);
    }

    /** Takes the client id {@code key} back, if {@code session} still has it. */
    void leave(String key, EftlSession session) {
        sessions.remove(key, session);
    }
}
