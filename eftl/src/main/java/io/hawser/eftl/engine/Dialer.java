package io.hawser.eftl.engine;

import io.hawser.net.WebSocketHandler;
import java.net.URI;
import java.util.Map;

/**
 * Opens WebSockets for an engine: over the network, or in a test to a server that plays a script. Whatever concerns TLS is
 * behind it.
 */
@FunctionalInterface
public interface Dialer {
    /**
     * Begins to open one; {@code handler} hears of it on the engine's loop. Called there.
     *
     * @param headers sent with the handshake
     * @throws IllegalArgumentException if {@code uri} cannot be connected to
     */
    void dial(URI uri, Map<String, String> headers, WebSocketHandler handler);
}
