package io.hawser.eftl.gateway;

import io.hawser.core.count.Counter;
import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.EftlClose;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.eftl.wire.ServerFrame;
import io.hawser.net.Loop;
import io.hawser.net.WebSocket;
import io.hawser.net.WebSocketHandler;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection from its handshake to its end: waits for the login, hands the frames to the {@link EftlSession},
 * and is the one place that turns what cannot be understood into the protocol's errors. Owner: the connection's loop.
 *
 * <pre>
 *   NEW --login--> ENTERING --the client id is free--> ACTIVE --disconnect, loss, eviction--> ENDED
 * </pre>
 */
final class EftlLink implements WebSocketHandler {
    private static final Logger LOG = LoggerFactory.getLogger(EftlLink.class);

    private final EftlGateway gateway;
    private final EftlMapping mapping;
    private @Nullable WebSocket socket;
    private @Nullable EftlOutput output;
    private Loop.@Nullable Timer loginTimer;
    private @Nullable EftlClient client;
    private @Nullable EftlSession session;
    private boolean entering;
    private boolean ended;
    /** What waits until this connection, evicted while it was entering, has seen its predecessor go. */
    private Runnable afterwards = () -> {};

    private long malformed;

    EftlLink(EftlGateway gateway, EftlMapping mapping) {
        this.gateway = gateway;
        this.mapping = mapping;
    }

    @Override
    public void opened(WebSocket newSocket) {
        socket = newSocket;
        output = new EftlOutput(newSocket, gateway.codec());
        loginTimer = newSocket
                .loop()
                .schedule(
                        gateway.settings().loginTimeout(),
                        () -> end(EftlClose.PROTOCOL, "no login came; the first message must be a login (op 1)"));
    }

    @Override
    public void text(byte[] message) {
        if (ended) {
            return;
        }
        try {
            ClientFrame frame = gateway.codec().readClient(message);
            if (session != null) {
                session.take(frame);
            } else if (client == null && frame instanceof ClientFrame.Login login) {
                login(login);
            } else {
                end(
                        EftlClose.PROTOCOL,
                        "the first message must be a login (op 1), and then wait for the welcome (op 2)");
            }
        } catch (ProtocolException refused) {
            refuse(refused);
        }
    }

    @Override
    public void binary(byte[] message) {
        end(EftlClose.BAD_DATA, "eFTL frames are text, this one was binary");
    }

    @Override
    public void writable() {
        if (session != null) {
            session.writable();
        }
    }

    @Override
    public void closed(int code, String reason) {
        if (!ended) {
            LOG.info("eftl[{}] connection ended: {} {}", name(), code, reason);
            finish();
        }
    }

    private void login(ClientFrame.Login login) {
        if (loginTimer != null) {
            loginTimer.cancel();
        }
        EftlClient newClient = EftlClient.of(mapping.channel(), login, gateway.newClientId());
        client = newClient;
        entering = true;
        gateway.enter(newClient.key(), this, () -> welcome(newClient));
    }

    private void welcome(EftlClient newClient) {
        entering = false;
        if (ended) {
            afterwards.run();
            return;
        }
        EftlOutput out = output();
        EftlSettings settings = gateway.settings();
        out.send(new ServerFrame.Welcome(
                newClient.id(),
                gateway.newToken(),
                settings.clientTimeout().toSeconds(),
                settings.heartbeat().toSeconds(),
                settings.maxMessageBytes(),
                newClient.acknowledges(),
                false,
                1,
                false));
        if (newClient.ours()) {
            out.tellOrigins();
        }
        session = new EftlSession(gateway, socket(), out, mapping, newClient, this::goodbye, this::lost);
        LOG.info("eftl[{}] logged in from {}", name(), socket().remote());
    }

    /** Answers the one request that {@code refused} is about, or ends the connection. */
    private void refuse(ProtocolException refused) {
        gateway.bus().counters().add(Counter.MALFORMED);
        malformed++;
        if (Long.bitCount(malformed) == 1) {
            LOG.warn("eftl[{}] malformed frame {}: {}", name(), malformed, refused.reason());
        }
        if (session == null) {
            end(EftlClose.PROTOCOL, refused.reason());
        } else if (refused.fatal()) {
            session.refuse(refused, EftlError.PUBLISH_FAILED.code());
        } else {
            session.refuse(refused, refused.code());
        }
    }

    /** Ends the connection because of something the gateway knows. Callable from any thread; {@code then} runs after it. */
    void evict(EftlClose code, String reason, Runnable then) {
        loop().execute(() -> {
            if (!ended) {
                LOG.info("eftl[{}] closed: {}", name(), reason);
            }
            end(code, reason);
            if (entering) {
                afterwards = then;
            } else {
                then.run();
            }
        });
    }

    private void goodbye(String reason) {
        LOG.info("eftl[{}] logged out: {}", name(), reason.isEmpty() ? "no reason given" : reason);
        end(EftlClose.NORMAL, reason);
    }

    /** Without a Close frame: to a client that still lives this is a lost connection, after which it comes back. */
    private void lost() {
        LOG.info("eftl[{}] lost: silent for {}", name(), gateway.settings().clientTimeout());
        finish();
        socket().drop();
    }

    private void end(EftlClose code, String reason) {
        if (!ended) {
            output().close(code, reason);
            finish();
        }
    }

    private void finish() {
        ended = true;
        if (loginTimer != null) {
            loginTimer.cancel();
        }
        if (session != null) {
            session.end();
        }
        if (client != null) {
            gateway.leave(client.key(), this);
        }
    }

    private String name() {
        return client == null ? String.valueOf(socket().remote()) : client.id();
    }

    /** The loop that owns this connection. */
    Loop loop() {
        return socket().loop();
    }

    private WebSocket socket() {
        return Objects.requireNonNull(socket, "opened comes first");
    }

    private EftlOutput output() {
        return Objects.requireNonNull(output, "opened comes first");
    }
}
