package io.hawser.eftl.engine;

import io.hawser.eftl.wire.EftlClose;
import io.hawser.eftl.wire.EftlCodec;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.net.Loop;
import io.hawser.net.WebSocket;
import io.hawser.net.WebSocketHandler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One try to be connected: a socket from before it is open until it has ended, and the two timers that end it, for a welcome
 * that does not come and for a server that has fallen silent. Owner: the loop.
 */
final class ServerLink implements WebSocketHandler {
    private final Connector connector;
    private final ClientEngine engine;
    private final Loop loop;
    private final EftlCodec codec;
    private final byte[] login;
    private final Duration loginTimeout;
    private @Nullable WebSocket socket;
    private Loop.@Nullable Timer timer;
    private long lastHeard;
    private boolean reading = true;
    private boolean abandoned;
    private @Nullable Failure verdict;

    ServerLink(
            Connector connector, ClientEngine engine, Loop loop, EftlCodec codec, byte[] login, Duration loginTimeout) {
        this.connector = connector;
        this.engine = engine;
        this.loop = loop;
        this.codec = codec;
        this.login = login;
        this.loginTimeout = loginTimeout;
    }

    @Override
    public void opened(WebSocket opened) {
        if (abandoned) {
            opened.drop();
            return;
        }
        socket = opened;
        opened.sendText(login);
        timer = loop.schedule(loginTimeout, () -> lose("no welcome came within " + loginTimeout));
    }

    @Override
    public void text(byte[] message) {
        lastHeard = loop.nanoTime();
        if (abandoned) {
            return;
        }
        try {
            codec.readServer(message).to(engine);
        } catch (ProtocolException malformed) {
            engine.malformed(malformed);
        }
    }

    @Override
    public void binary(byte[] message) {
        close(EftlClose.BAD_DATA.code(), "the server sent a binary frame");
    }

    @Override
    public void closed(int code, String reason) {
        cancelTimer();
        socket = null;
        if (!abandoned) {
            String why = reason.isEmpty() ? "the connection was closed" : reason;
            connector.closed(this, verdict != null ? verdict : Failure.closed(code, why));
        }
    }

    /** The server has accepted the login; from now on it must show itself ({@code specs/eftl.md} 1.9). */
    void welcomed(Duration timeout) {
        cancelTimer();
        lastHeard = loop.nanoTime();
        if (!timeout.isZero()) {
            watch(timeout, timeout);
        }
    }

    private void watch(Duration timeout, Duration rest) {
        timer = loop.schedule(rest, () -> {
            Duration silent = Duration.ofNanos(loop.nanoTime() - lastHeard);
            if (!reading) {
                watch(timeout, timeout);
            } else if (silent.compareTo(timeout) < 0) {
                watch(timeout, timeout.minus(silent));
            } else {
                lose("nothing came from the server for " + timeout);
            }
        });
    }

    void send(byte[] frame) {
        if (socket != null) {
            socket.sendText(frame);
        }
    }

    /** Stops or resumes reading. A server that is not read is not silent. */
    void reading(boolean on) {
        if (socket != null && reading != on) {
            reading = on;
            lastHeard = loop.nanoTime();
            socket.reading(on);
        }
    }

    /** Ends it as if TCP had been lost. */
    void lose(String why) {
        fail(EftlClose.CONNECTION_ERROR.code(), why);
    }

    /** Ends it at once, for a reason of ours. */
    void fail(int code, String why) {
        verdict = Failure.closed(code, why);
        if (socket != null) {
            socket.drop();
        }
    }

    /** Ends it in good order. */
    void close(int code, String reason) {
        cancelTimer();
        if (socket != null) {
            reading(true);
            socket.close(code, reason);
        }
    }

    /** Nobody wants to hear of it any more. */
    void abandon() {
        abandoned = true;
        cancelTimer();
        if (socket != null) {
            socket.drop();
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
