package io.hawser.verify.mesh;

import io.hawser.clever.CleverCommand;
import io.hawser.clever.CleverHandlers;
import io.hawser.clever.CleverListener;
import io.hawser.clever.CleverOptions;
import io.hawser.clever.CleverPeer;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A copter in a process of its own that says and answers what an original does. It tells by lines what it was told, and when by a
 * clock that all processes of this system share.
 */
public final class CopterProgram {
    private CopterProgram() {}

    /** Runs until standard input ends: {@code ID HOST:PORT}. */
    public static void main(String[] arguments) throws Exception {
        CleverHandlers handlers = new CleverHandlers()
                .onRequest("id", call -> Value.of(arguments[0]))
                .onRequest("clover_dir", call -> Value.of("error"))
                .onRequest("time", call -> Value.of(Instant.now().toEpochMilli() / 1e3));
        for (String action : new String[] {"mark", "land"}) {
            handlers.onAction(
                    action,
                    call -> System.out.println(
                            "heard " + action + " " + call.kwargs().find("n") + " " + System.nanoTime()));
        }
        CleverOptions options = CleverOptions.defaults()
                .withoutExtras()
                .handlers(handlers)
                .listener(new CleverListener() {
                    @Override
                    public void disconnected(CleverPeer peer, String reason) {
                        System.out.println("lost: " + reason);
                    }
                });
        try (CleverPeer peer = CleverPeer.connect(arguments[1], options)) {
            var telemetry = CleverCommand.of("telemetry")
                    .with("value", new Value.Nested(Fields.of("mode", Value.of("MANUAL"))));
            var everySecond = Executors.newSingleThreadScheduledExecutor();
            everySecond.scheduleAtFixedRate(() -> peer.send(telemetry), 1, 1, TimeUnit.SECONDS);
            System.out.println("up");
            System.in.transferTo(System.err);
            everySecond.shutdownNow();
        }
    }
}
