package io.hawser.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** Writes down all that a WebSocket says, as one line each. */
class Recorder implements WebSocketHandler {
    final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicReference<WebSocket> socket = new AtomicReference<>();

    @Override
    public void opened(WebSocket opened) {
        socket.set(opened);
        told.add("opened");
    }

    @Override
    public void text(byte[] message) {
        told.add(message.length < 100 ? "text " + new String(message, UTF_8) : "text of " + message.length);
    }

    @Override
    public void binary(byte[] message) {
        told.add("binary of " + message.length);
    }

    @Override
    public void writable() {
        told.add("writable");
    }

    @Override
    public void closed(int code, String reason) {
        told.add("closed " + code + " " + reason);
    }

    WebSocket socket() {
        return Awaitility.await().until(socket::get, opened -> opened != null);
    }

    /** Runs {@code task} on the socket's loop. */
    void onLoop(Consumer<WebSocket> task) {
        WebSocket opened = socket();
        opened.loop().execute(() -> task.accept(opened));
    }

    void awaits(String line) {
        Awaitility.await(line).until(() -> told.contains(line));
    }

    /** The last word, once it is said. */
    String end() {
        Awaitility.await("closed").until(() -> told.stream().anyMatch(line -> line.startsWith("closed")));
        return told.get(told.size() - 1);
    }
}
