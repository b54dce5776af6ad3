package io.hawser.eftl.gateway;

import io.hawser.net.Loop;
import io.hawser.net.WebSocket;
import io.hawser.net.WebSocketHandler;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A connection without a network: what the server says is told to a listener as lines of a transcript. */
final class TestSocket implements WebSocket {
    private final Loop loop;
    private final WebSocketHandler server;
    private final Consumer<String> said;
    private boolean writable = true;
    private long unsent;
    private boolean reading = true;
    private boolean closed;

    TestSocket(Loop loop, WebSocketHandler server, Consumer<String> said) {
        this.loop = loop;
        this.server = server;
        this.said = said;
    }

    /** The client sends {@code text}. */
    void client(String text) {
        server.text(text.getBytes(StandardCharsets.UTF_8));
    }

    /** TCP is lost. */
    void lose() {
        closed = true;
        server.closed(1006, "connection reset");
    }

    /** The client closes. */
    void leave(int code) {
        closed = true;
        server.closed(code, "");
    }

    void writable(boolean on) {
        writable = on;
        unsent = 0;
        if (on) {
            server.writable();
        }
    }

    @Override
    public void sendText(byte[] text) {
        sendText(text, text.length, new byte[0]);
    }

    @Override
    public void sendText(byte[] head, int headLength, byte[] body) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(head, 0, headLength);
        frame.writeBytes(body);
        if (!closed) {
            unsent += writable ? 0 : frame.size();
            said.accept("< " + frame.toString(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close(int code, String reason) {
        if (!closed) {
            closed = true;
            said.accept(" closed " + code + " " + reason);
            loop.execute(() -> server.closed(code, reason));
        }
    }

    @Override
    public void close() {
        close(1000, "");
    }

    @Override
    public void drop() {
        if (!closed) {
            closed = true;
            said.accept(" dropped");
            loop.execute(() -> server.closed(1006, ""));
        }
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public InetSocketAddress remote() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
    }

    @Override
    public InetSocketAddress local() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 9191);
    }

    @Override
    public boolean writable() {
        return writable;
    }

    @Override
    public long unsent() {
        return unsent;
    }

    @Override
    public void reading(boolean on) {
        if (on != reading) {
            reading = on;
            said.accept(on ? " reading" : " not reading");
        }
    }
}
