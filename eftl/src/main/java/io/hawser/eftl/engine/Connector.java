package io.hawser.eftl.engine;

import io.hawser.eftl.engine.ClientEvents.Cause;
import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.EftlClose;
import io.hawser.eftl.wire.EftlCodec;
import io.hawser.eftl.wire.ServerFrame.Welcome;
import io.hawser.net.Backoff;
import io.hawser.net.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * How an engine's connections come and go: which server is tried when, with which login, and what follows when one is lost
 * ({@code specs/eftl.md} 1.10 and 1.15). Owner: the loop.
 *
 * <pre>
 * DISCONNECTED -> CONNECTING    every server once, at once; then DISCONNECTED with the most telling failure
 * CONNECTED    -> RECONNECTING  lost or 1012: the next server at once, and when all were tried a wait, and all again
 * CONNECTED    -> DISCONNECTED  any other close code
 * CONNECTED    -> DISCONNECTING the program leaves; then DISCONNECTED
 * </pre>
 */
final class Connector {
    private static final int PROTOCOL = 1;

    private final ClientEngine engine;
    private final Loop loop;
    private final ClientSettings settings;
    private final Dialer dialer;
    private final EftlCodec codec;
    private final ClientEvents events;
    private final Route route;
    private final Backoff backoff;
    private final Random random;
    private final List<Runnable> whenGone = new ArrayList<>();
    private EftlState state = EftlState.DISCONNECTED;
    private Cause cause = Cause.CONNECT;
    private Failure failure = lost("there is no server to try");
    private @Nullable ServerLink link;
    private Loop.@Nullable Timer timer;
    private String clientId = "";
    private String token = "";
    /** Tells this connection from any other with its client id. */
    private final String program;

    private long attempts;
    private int waits;
    private boolean saidBye;

    Connector(
            ClientEngine engine,
            Loop loop,
            ClientSettings settings,
            List<ServerAddress> servers,
            Dialer dialer,
            EftlCodec codec,
            Random random,
            ClientEvents events) {
        this.engine = engine;
        this.loop = loop;
        this.settings = settings;
        this.dialer = dialer;
        this.codec = codec;
        this.events = events;
        this.route = new Route(servers, random);
        this.random = random;
        this.program = Long.toHexString(random.nextLong());
        this.backoff = backoff(settings.reconnectMaxDelay());
    }

    EftlState state() {
        return state;
    }

    Failure failure() {
        return failure;
    }

    /** True if frames reach a server that has accepted the login. */
    boolean isConnected() {
        return state == EftlState.CONNECTED || state == EftlState.DISCONNECTING;
    }

    /** True if a welcome is awaited. */
    boolean isLoggingIn() {
        return link != null && (state == EftlState.CONNECTING || state == EftlState.RECONNECTING);
    }

    /** Starts the way to a connection. Only when the state is DISCONNECTED. */
    void begin(Cause why) {
        if (state != EftlState.DISCONNECTED) {
            throw new IllegalStateException("already " + state);
        }
        cause = why;
        failure = lost("there is no server to try");
        saidBye = false;
        become(EftlState.CONNECTING);
        tryAll();
    }

    /** Says goodbye when the engine is done, or when the time for that is over. */
    void leave(Runnable gone) {
        if (state == EftlState.DISCONNECTED) {
            gone.run();
            return;
        }
        whenGone.add(gone);
        if (state == EftlState.CONNECTED) {
            become(EftlState.DISCONNECTING);
            timer = loop.schedule(settings.drainTimeout(), this::bye);
        } else if (state != EftlState.DISCONNECTING) {
            end(Failure.closed(EftlClose.NORMAL.code(), "closed by the program"));
        }
    }

    /** Ends the server's session, once. */
    void bye() {
        cancelTimer();
        if (link != null && !saidBye) {
            saidBye = true;
            send(codec.write(new ClientFrame.Disconnect("closed by the program")));
            link.close(EftlClose.NORMAL.code(), "");
        }
    }

    private void tryAll() {
        route.again();
        tryNext();
    }

    private void tryNext() {
        Optional<ServerAddress> address = route.next();
        if (address.isPresent()) {
            dial(address.get());
        } else if (state == EftlState.CONNECTING) {
            end(failure);
        } else {
            tryLater();
        }
    }

    private void tryLater() {
        if (waits >= settings.reconnectAttempts()) {
            end(Failure.closed(failure.code(), "gave up coming back: " + failure.reason()));
            return;
        }
        waits++;
        timer = loop.schedule(backoff.after(waits, random::nextDouble), this::tryAll);
    }

    /** 1 s, 2 s, 4 s, ..., each times 0.5 to 1.5, and never more than {@code limit} ({@code specs/eftl.md} 1.15). */
    private static Backoff backoff(Duration limit) {
        Duration longestFirst = Duration.ofMillis(1_500);
        return new Backoff(longestFirst.compareTo(limit) < 0 ? longestFirst : limit, limit, 2.0 / 3);
    }

    private void dial(ServerAddress address) {
        Credentials credentials = settings.credentials().at(address);
        String id = clientId.isEmpty() ? idAt(address) : clientId;
        ServerLink trying =
                new ServerLink(this, engine, loop, codec, codec.write(login(credentials, id)), settings.loginTimeout());
        link = trying;
        try {
            dialer.dial(address.request(id), credentials.headers(), trying);
        } catch (IllegalArgumentException impossible) {
            loop.execute(() -> closed(trying, lost(String.valueOf(impossible.getMessage()))));
        }
    }

    private String idAt(ServerAddress address) {
        return address.clientId().isEmpty() ? settings.clientId() : address.clientId();
    }

    private ClientFrame.Login login(Credentials credentials, String id) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("_qos", "true");
        if (cause == Cause.AUTOMATIC) {
            options.put("_resume", "true");
        }
        options.put("_hawser", "1");
        options.put("_attempt", program + "-" + ++attempts);
        settings.hub().ifPresent(hub -> options.put("_hub", hub));
        return new ClientFrame.Login(
                PROTOCOL,
                "java",
                "hawser",
                credentials.user(),
                credentials.secret(),
                id,
                token,
                settings.maxPendingAcks(),
                options);
    }

    /** The login was accepted; the engine has said what it has to say first. */
    void welcomed(Welcome welcome) {
        clientId = welcome.clientId();
        token = welcome.idToken();
        waits = 0;
        if (link != null) {
            link.welcomed(Duration.ofSeconds(welcome.timeoutSeconds()));
        }
        become(EftlState.CONNECTED);
        events.connected(cause, welcome);
    }

    /** Op 10 or 12 in place of a welcome, or instead of a Close frame. */
    void refused(int code, String reason) {
        if (link != null) {
            link.fail(code, "the server refused the login: " + reason);
        }
    }

    /** {@code from} has ended, or never came to be. */
    void closed(ServerLink from, Failure why) {
        if (from != link) {
            return;
        }
        link = null;
        switch (state) {
            case CONNECTED -> {
                if (comesBack(why) && settings.reconnectAttempts() > 0) {
                    cause = Cause.AUTOMATIC;
                    failure = why;
                    become(EftlState.RECONNECTING);
                    tryNext();
                } else {
                    end(why);
                }
            }
            case CONNECTING -> {
                failure = failure.code() == EftlClose.CONNECTION_ERROR.code() ? why : failure;
                tryNext();
            }
            case RECONNECTING -> {
                failure = why;
                if (comesBack(why)) {
                    tryNext();
                } else {
                    end(why);
                }
            }
            default -> end(why);
        }
    }

    /** All originals come back after these two and after no other ({@code specs/eftl.md} 1.10). */
    private static boolean comesBack(Failure why) {
        return why.code() == EftlClose.CONNECTION_ERROR.code() || why.code() == EftlClose.RESTART.code();
    }

    private static Failure lost(String reason) {
        return Failure.closed(EftlClose.CONNECTION_ERROR.code(), reason);
    }

    private void end(Failure why) {
        cancelTimer();
        if (link != null) {
            link.abandon();
            link = null;
        }
        waits = 0;
        become(EftlState.DISCONNECTED);
        engine.ended(why);
        events.disconnected(why.code(), why.reason());
        List.copyOf(whenGone).forEach(Runnable::run);
        whenGone.clear();
    }

    private void become(EftlState next) {
        state = next;
        events.stateChanged(next);
    }

    void send(byte[] frame) {
        if (link != null) {
            link.send(frame);
        }
    }

    void reading(boolean on) {
        if (link != null) {
            link.reading(on);
        }
    }

    /** The server says that it ends the connection. */
    void close(String reason) {
        if (link != null) {
            link.close(EftlClose.NORMAL.code(), reason);
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
