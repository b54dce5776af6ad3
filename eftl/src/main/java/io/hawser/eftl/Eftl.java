package io.hawser.eftl;

import io.hawser.eftl.engine.NetDialer;
import io.hawser.eftl.engine.ServerAddress;
import io.hawser.net.Loop;
import io.hawser.net.Loops;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * The way in:
 *
 * <pre>{@code
 * EftlConnection connection = Eftl.connect("ws://127.0.0.1:9191/channel", EftlOptions.defaults()).join();
 * connection.subscribe(SubscribeOptions.matching("{\"type\":\"hello\"}"), message -> System.out.println(message));
 * connection.publish(EftlMessage.builder().setString("type", "hello").build());
 * }</pre>
 */
public final class Eftl {
    private static final String UNPACKAGED = "(unpackaged)";

    private Eftl() {}

    /** All connections of this JVM share one event loop; it starts with the first of them. */
    private static final class Shared {
        static final Loops LOOPS = Loops.start(1, "hawser-eftl");
    }

    /** The version of this library, as its jar says it. */
    public static String version() {
        return Objects.requireNonNullElse(Eftl.class.getPackage().getImplementationVersion(), UNPACKAGED);
    }

    /**
     * Connects and logs in. Of several addresses each is tried once, in random order, until one takes the login.
     *
     * @param urls {@code ws[s]://[user[:password]@]host[:port]/channel[?clientId=id]}, or several of these separated by
     *     {@code |}
     * @return completes with the connection, or exceptionally with an {@link EftlConnectException}
     * @throws IllegalArgumentException if one of {@code urls} is none that can be connected to
     */
    public static CompletableFuture<EftlConnection> connect(String urls, EftlOptions options) {
        List<ServerAddress> servers = ServerAddress.list(urls);
        Loop loop = Shared.LOOPS.next();
        return EftlConnection.open(
                servers, options, loop, new NetDialer(loop, options.handshakeTimeout(), options.trust()), new Random());
    }
}
