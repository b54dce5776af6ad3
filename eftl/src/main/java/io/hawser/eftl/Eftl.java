package io.hawser.eftl;

import io.hawser.net.Loop;
import io.hawser.net.Loops;
import io.hawser.net.NetLimits;
import io.hawser.net.WebSocketClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The way in:
 *
 * <pre>{@code
 * EftlConnection connection = Eftl.connect("ws://127.0.0.1:9191/channel", EftlOptions.defaults()).join();
 * connection.subscribe(SubscribeOptions.matching("{\"type\":\"hello\"}"), message -> System.out.println(message));
 * connection.publish(EftlMessage.of(Fields.builder().put("type", "hello").build()));
 * }</pre>
 */
public final class Eftl {
    private static final String SUBPROTOCOL = "v1.eftl.tibco.com";

    /** The longest frame that a server may send. */
    private static final int MAX_MESSAGE_BYTES = 64 << 20;

    private Eftl() {}

    /** All connections of this JVM share one event loop; it starts with the first of them. */
    private static final class Shared {
        static final Loops LOOPS = Loops.start(1, "hawser-eftl");
    }

    /**
     * Connects and logs in.
     *
     * @param url {@code ws://host:port/channel}
     * @return completes with the connection, or exceptionally with an {@link EftlException}
     * @throws IllegalArgumentException if {@code url} is none that can be connected to
     */
    public static CompletableFuture<EftlConnection> connect(String url, EftlOptions options) {
        URI uri = URI.create(url);
        Loop loop = Shared.LOOPS.next();
        ClientEngine engine = new ClientEngine(options, loop);
        WebSocketClient.Options handshake = new WebSocketClient.Options(
                List.of(SUBPROTOCOL),
                Map.of(),
                NetLimits.defaults()
                        .withTimeouts(
                                options.timeout(),
                                options.timeout(),
                                NetLimits.defaults().closeTimeout())
                        .withMaxMessageBytes(MAX_MESSAGE_BYTES));
        WebSocketClient.connect(loop, uri, handshake, engine);
        return engine.connected();
    }
}
