package io.hawser.clever;

import io.hawser.core.value.Value;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** Writes down what a peer is told, a line each. */
final class Notebook implements CleverListener {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Handlers that write down some actions, and answer some requests. */
    CleverHandlers handlers() {
        return new CleverHandlers()
                .onAction("test_command", this::note)
                .onAction("land", this::note)
                .onAction("fail", call -> {
                    throw new IllegalStateException("it cannot");
                })
                .onRequest(
                        "echo",
                        call -> new Value.Sequence(
                                List.of(new Value.Sequence(call.args()), new Value.Nested(call.kwargs()))))
                .onRequest("id", call -> Value.of("copter-1"))
                .onRequest("none", call -> Value.Null.NULL)
                .onRequest("fail", call -> {
                    throw new IllegalStateException("no answer");
                });
    }

    void note(CleverCall call) {
        lines.add(call.name() + " " + call.args() + " " + call.kwargs());
    }

    void note(String line) {
        lines.add(line);
    }

    void awaits(String line) {
        Awaitility.await(line).until(() -> lines.contains(line));
    }

    @Override
    public void connected(CleverPeer peer) {
        lines.add("connected");
    }

    @Override
    public void disconnected(CleverPeer peer, String reason) {
        lines.add("disconnected: " + reason);
    }

    @Override
    public void unreachable(CleverPeer peer, String reason) {
        lines.add("unreachable");
    }

    @Override
    public void fileReceived(CleverPeer peer, String path, long bytes) {
        lines.add("file " + path + " " + bytes);
    }

    @Override
    public void problem(CleverPeer peer, String reason) {
        lines.add("problem: " + reason);
    }
}
