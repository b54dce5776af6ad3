package io.hawser.eftl.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.access.AccessException;
import io.hawser.core.access.Admission;
import io.hawser.core.access.Credentials;
import io.hawser.core.access.Principal;
import io.hawser.core.count.Counter;
import io.hawser.core.event.EventCode;
import io.hawser.eftl.gateway.channel.EftlClient;
import io.hawser.eftl.gateway.channel.EftlMapping;
import io.hawser.eftl.gateway.party.Output;
import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.EftlClose;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.net.Handshake;
import io.hawser.net.Loop;
import io.hawser.net.WebSocket;
import io.hawser.net.WebSocketHandler;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from its handshake to its end: waits for the login, finds out who that is, hands the frames to the
 * {@link EftlSession} that it was welcomed to, and is the one place that turns what cannot be understood into the protocol's errors. Owner: the
 * connection's loop, which owns the session too as long as the connection has it.
 */
final class EftlLink implements WebSocketHandler {
    private static final String BASIC = "Basic ";
    private static final Logger LOG = LoggerFactory.getLogger(EftlLink.class);

    private final EftlGateway gateway;
    private final EftlMapping mapping;
    /** Until the login has come. */
    private @Nullable Handshake handshake;

    private @Nullable WebSocket socket;
    private Loop.@Nullable Timer loginTimer;
    private @Nullable EftlClient client;
    private @Nullable Admission admission;
    private @Nullable EftlSession session;
    private boolean ended;
    private long malformed;

    EftlLink(EftlGateway gateway, EftlMapping mapping, Handshake handshake) {
        this.gateway = gateway;
        this.mapping = mapping;
        this.handshake = handshake;
    }

    @Override
    public void opened(WebSocket newSocket) {
        socket = newSocket;
        loginTimer = newSocket.loop().schedule(gateway.settings().loginTimeout(), this::late);
    }

    private void late() {
        limit("eftl.login-timeout");
        if (handshake != null) {
            end(EftlClose.PROTOCOL, "no login came; the first message must be a login (op 1)");
        } else {
            end(EftlClose.RESTART, "the login could not be checked in time; come back");
        }
    }

    @Override
    public void text(byte[] message) {
        if (ended) {
            return;
        }
        int limit = mapping.channel().limits().maxMessageBytes();
        if (message.length > (session == null ? limit : mapping.channel().maxFrameBytes())) {
            limit("eftl.max-message");
            end(EftlClose.MESSAGE_TOO_LARGE, tooLong(message.length, limit));
            return;
        }
        try {
            if (message.length > limit) {
                limit("eftl.max-message");
                throw gateway.codec().refusal(message, tooLong(message.length, limit));
            }
            ClientFrame frame = gateway.codec().readClient(message);
            if (session != null) {
                if (!gateway.draining() || isLastWord(frame)) {
                    session.take(frame);
                }
            } else if (handshake != null && frame instanceof ClientFrame.Login login) {
                login(login, handshake);
            } else {
                end(
                        EftlClose.PROTOCOL,
                        "the first message must be a login (op 1), and then wait for the welcome (op 2)");
            }
        } catch (ProtocolException refused) {
            refuse(refused);
        }
    }

    private void limit(String name) {
        gateway.bus().counters().limit(name).reached();
    }

    private static String tooLong(int bytes, int limit) {
        return "a message of " + bytes + " bytes; the limit here is " + limit;
    }

    @Override
    public void binary(byte[] message) {
        end(EftlClose.BAD_DATA, "eFTL frames are text, this one was binary");
    }

    @Override
    public void writable() {
        if (session != null && !ended) {
            session.writable();
        }
    }

    @Override
    public void closed(int code, String reason) {
        if (!ended) {
            LOG.info("eftl[{}] connection ended: {} {}", name(), code, reason, EventCode.PARTY_LEFT);
            finish();
            if (session != null && code == EftlClose.SHUTDOWN.code()) {
                session.left(this);
            } else if (session != null) {
                session.lost(this);
            }
        }
    }

    /** The answer may come on any thread, and when the connection has ended. */
    private void login(ClientFrame.Login login, Handshake shaken) {
        handshake = null;
        gateway.bus().authenticator().authenticate(credentials(login, shaken)).whenComplete((who, failure) -> {
            if (loop().inLoop()) {
                authenticated(login, who, failure);
            } else {
                loop().execute(() -> authenticated(login, who, failure));
            }
        });
    }

    /** Those of the login; if it has none, those of the handshake ({@code specs/eftl.md} 1.1). */
    private static Credentials credentials(ClientFrame.Login login, Handshake shaken) {
        String from = shaken.remote().getHostString();
        String basic = shaken.header("authorization").orElse("");
        if (login.user().isEmpty()
                && login.password().isEmpty()
                && basic.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return decoded(basic.substring(BASIC.length()).strip(), from, shaken.certificate());
        }
        return new Credentials(login.user(), login.password(), from, shaken.certificate());
    }

    private static Credentials decoded(String basic, String from, Optional<X509Certificate> certificate) {
        try {
            String[] pair = new String(Base64.getDecoder().decode(basic), UTF_8).split(":", 2);
            return new Credentials(pair[0], pair.length > 1 ? pair[1] : "", from, certificate);
        } catch (IllegalArgumentException unreadable) {
            return new Credentials("", "", from, certificate);
        }
    }

    private void authenticated(ClientFrame.Login login, @Nullable Admission admitted, @Nullable Throwable failure) {
        if (ended) {
            return;
        }
        if (loginTimer != null) {
            loginTimer.cancel();
        }
        if (admitted != null) {
            Principal who = admitted.principal();
            Optional<String> stranger = mapping.channel()
                    .objectionToSubscribe(who)
                    .filter(no -> mapping.channel().objectionToPublish(who).isPresent());
            if (stranger.isPresent()) {
                LOG.warn("eftl[{}] not let in: {}", remote(), stranger.get(), EventCode.LOGIN_REFUSED);
                end(EftlClose.POLICY_VIOLATION, stranger.get() + ", nor may it publish");
                return;
            }
            EftlClient entering =
                    EftlClient.of(mapping.channel().name(), login, gateway.newClientId(), who, admitted.proven());
            Optional<String> noLink = LinkedHub.objection(entering, mapping, gateway.bus());
            if (noLink.isPresent()) {
                LOG.warn("eftl[{}] not linked: {}", remote(), noLink.get(), EventCode.LINK_REFUSED);
                end(EftlClose.POLICY_VIOLATION, noLink.get());
                return;
            }
            client = entering;
            admission = admitted;
            gateway.enter(this, entering, login);
            return;
        }
        String why = Output.reason(Objects.requireNonNull(failure, "an answer or a failure"));
        LOG.warn("eftl[{}] login refused: {}", remote(), why, EventCode.LOGIN_REFUSED);
        gateway.refused(mapping.channel(), remote() + ": " + why);
        boolean wrong = failure instanceof AccessException || failure.getCause() instanceof AccessException;
        end(wrong ? EftlClose.NOT_AUTHENTICATED : EftlClose.RESTART, why);
    }

    /** Answers the one request that {@code refused} is about, or ends the connection. */
    private void refuse(ProtocolException refused) {
        gateway.bus().counters().add(Counter.MALFORMED);
        malformed++;
        if (Long.bitCount(malformed) == 1) {
            LOG.warn("eftl[{}] malformed frame {}: {}", name(), malformed, refused.reason(), EventCode.MALFORMED);
        }
        if (session == null) {
            end(EftlClose.PROTOCOL, refused.reason());
        } else {
            session.refuse(refused);
        }
    }

    /** It was welcomed to {@code newSession}. */
    void attach(EftlSession newSession) {
        session = newSession;
    }

    /** Ends the connection because of something the session knows. */
    void cut(EftlClose code, String reason) {
        if (!ended) {
            finish();
            socket().close(code.code(), reason);
        }
    }

    /** Ends the connection without a Close frame. */
    void drop() {
        finish();
        socket().drop();
    }

    /** Ends the connection because of what came on it; its session has no connection then. */
    private void end(EftlClose code, String reason) {
        if (!ended) {
            cut(code, reason);
            if (session != null) {
                session.lost(this);
            }
        }
    }

    /** True for what is heard from a client even while the hub stops: that it lives, has done something, or goes. */
    private static boolean isLastWord(ClientFrame frame) {
        return frame instanceof ClientFrame.Acknowledge
                || frame instanceof ClientFrame.Heartbeat
                || frame instanceof ClientFrame.Disconnect;
    }

    private void finish() {
        ended = true;
        if (loginTimer != null) {
            loginTimer.cancel();
        }
    }

    boolean ended() {
        return ended;
    }

    /** Why its client was let in. */
    Admission admission() {
        return Objects.requireNonNull(admission, "it logged in");
    }

    /** What the connection speaks for. */
    EftlMapping mapping() {
        return mapping;
    }

    private String name() {
        return client == null ? String.valueOf(remote()) : client.id();
    }

    SocketAddress remote() {
        return socket().remote();
    }

    /** The loop that owns this connection. */
    Loop loop() {
        return socket().loop();
    }

    WebSocket socket() {
        return Objects.requireNonNull(socket, "opened comes first");
    }
}
