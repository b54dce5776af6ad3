package io.hawser.eftl.engine;

import io.hawser.net.Loop;
import io.hawser.net.NetLimits;
import io.hawser.net.WebSocketClient;
import io.hawser.net.WebSocketHandler;
import io.hawser.net.tls.TlsTrust;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Opens WebSockets over the network. The one place that knows whom to trust. */
public final class NetDialer implements Dialer {
    private static final String SUBPROTOCOL = "v1.eftl.tibco.com";

    /** The longest frame that a server may send. */
    private static final int MAX_MESSAGE_BYTES = 64 << 20;

    private final Loop loop;
    private final NetLimits limits;
    private final TlsTrust trust;

    /** On {@code loop}; connecting may take {@code patience}, and the handshake as long again. */
    public NetDialer(Loop loop, Duration patience, TlsTrust trust) {
        this.trust = trust;
        this.loop = loop;
        this.limits = NetLimits.defaults()
                .withTimeouts(patience, patience, NetLimits.defaults().closeTimeout())
                .withMaxMessageBytes(MAX_MESSAGE_BYTES);
    }

    @Override
    public void dial(URI uri, Map<String, String> headers, WebSocketHandler handler) {
        WebSocketClient.connect(
                loop, uri, new WebSocketClient.Options(List.of(SUBPROTOCOL), headers, trust, limits), handler);
    }
}
