package io.hawser.eftl.gateway;

import io.hawser.core.route.Bus;
import io.hawser.eftl.wire.EftlClose;
import io.hawser.eftl.wire.EftlCodec;
import io.hawser.eftl.wire.EftlLimits;
import io.hawser.net.Handshake;
import io.hawser.net.Listener;
import io.hawser.net.Loops;
import io.hawser.net.NetLimits;
import io.hawser.net.WebSocketServer;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The eFTL server: listens, answers handshakes, and knows which connection has which client id.
 *
 * <p>The table of client ids is the only state shared between loops: a connection enters it with its login and leaves it
 * with its end, each one atomic step. {@code listener} belongs to whoever starts and closes the gateway.
 */
public final class EftlGateway implements AutoCloseable {
    /** The sub-protocol that most clients offer ({@code specs/eftl.md} 1.1). */
    static final String SUBPROTOCOL = "v1.eftl.tibco.com";

    private final EftlSettings settings;
    private final Bus bus;
    private final Loops loops;
    private final EftlCodec codec = new EftlCodec(EftlLimits.DEFAULT);
    private final Map<String, EftlLink> links = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private @Nullable Listener listener;

    /** A gateway that joins {@code bus} when it is started. */
    public EftlGateway(EftlSettings settings, Bus bus, Loops loops) {
        this.settings = settings;
        this.bus = bus;
        this.loops = loops;
    }

    /** Starts to listen and returns where. */
    public InetSocketAddress start() {
        listener = WebSocketServer.bind(
                loops,
                new InetSocketAddress(settings.host(), settings.port()),
                NetLimits.defaults().withMaxMessageBytes(settings.maxMessageBytes()),
                this::answer);
        return listener.address();
    }

    /** Ends every connection, telling clients that the server shuts down, and frees the port. */
    @Override
    public void close() {
        links.values().forEach(link -> link.evict(EftlClose.SHUTDOWN, "the server shuts down", () -> {}));
        if (listener != null) {
            listener.close();
        }
    }

    /** Which channel a client may have. */
    Handshake.Answer answer(Handshake handshake) {
        String path = handshake.path();
        String channel = path.startsWith("/") ? path.substring(1) : "";
        if (!settings.channels().contains(channel)) {
            return new Handshake.Refuse(
                    404, "no channel " + path + "; there is /" + String.join(", /", settings.channels()));
        }
        EftlMapping mapping = new EftlMapping(channel, codec, settings.isDefault(channel));
        Optional<String> subprotocol =
                handshake.subprotocols().contains(SUBPROTOCOL) ? Optional.of(SUBPROTOCOL) : Optional.empty();
        return new Handshake.Accept(subprotocol, new EftlLink(this, mapping));
    }

    EftlSettings settings() {
        return settings;
    }

    Bus bus() {
        return bus;
    }

    EftlCodec codec() {
        return codec;
    }

    /** A name for a client that chose none. */
    String newClientId() {
        return "client-" + random(6);
    }

    /** A new token of 128 random bits. */
    String newToken() {
        return random(16);
    }

    private String random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Gives the client id {@code key} to {@code link}, on whose loop this is called. Whoever had it is closed with 4000
     * first; {@code then} runs on the link's loop when nobody else has it any more: at once if nobody has.
     */
    void enter(String key, EftlLink link, Runnable then) {
        EftlLink older = links.put(key, link);
        if (older == null) {
            then.run();
        } else {
            older.evict(EftlClose.FORCE_CLOSE, "another client logged in with this client id", () -> link.loop()
                    .execute(then));
        }
    }

    /** Takes the client id {@code key} back, if {@code link} still has it. */
    void leave(String key, EftlLink link) {
        links.remove(key, link);
    }
}
