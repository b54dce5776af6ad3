package io.hawser.examples;

import io.hawser.clever.CleverCommand;
import io.hawser.clever.CleverHandlers;
import io.hawser.clever.CleverListener;
import io.hawser.clever.CleverOptions;
import io.hawser.clever.CleverPeer;
import io.hawser.clever.CleverServer;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** An operator's server and a copter, in one program: the server asks who has come, and lets it land. */
public final class CleverHello {
    private CleverHello() {}

    /** Takes nothing. */
    public static void main(String[] args) {
        CompletableFuture<Void> landed = new CompletableFuture<>();
        CleverHandlers ofCopter = new CleverHandlers()
                .onRequest("id", call -> Value.of("copter-1"))
                .onAction("land", call -> landed.complete(null));
        CleverHandlers ofServer =
                new CleverHandlers().onAction("telemetry", call -> System.out.println("telemetry " + call.kwargs()));
        CleverListener greeting = new CleverListener() {
            @Override
            public void connected(CleverPeer copter) {
                copter.request("id").thenAccept(id -> {
                    System.out.println(id + " has come from " + copter);
                    copter.send(CleverCommand.of("land").urgent().expiresAfter(Duration.ofSeconds(2)));
                });
            }
        };
        try (CleverServer server = CleverServer.listen(
                        "127.0.0.1:0",
                        CleverOptions.defaults().handlers(ofServer).listener(greeting));
                CleverPeer copter = CleverPeer.connect(
                        "127.0.0.1:" + server.address().getPort(),
                        CleverOptions.defaults().handlers(ofCopter))) {
            Fields telemetry = Fields.of("battery", Value.of(Double.NaN));
            copter.send(CleverCommand.of("telemetry").with("value", new Value.Nested(telemetry)));
            landed.join();
            System.out.println("landed");
        }
    }
}
