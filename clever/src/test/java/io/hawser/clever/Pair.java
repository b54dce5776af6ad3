package io.hawser.clever;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** A server of ours and a peer that has connected to it, each with a notebook. */
final class Pair implements AutoCloseable {
    final Notebook serverNotes = new Notebook();
    final Notebook clientNotes = new Notebook();
    final CleverServer server;
    final CleverPeer client;

    Pair() {
        this(options -> options, options -> options);
    }

    Pair(UnaryOperator<CleverOptions> ofServer, UnaryOperator<CleverOptions> ofClient) {
        server = CleverServer.listen("127.0.0.1:0", ofServer.apply(options(serverNotes)));
        client = CleverPeer.connect(address(server), ofClient.apply(options(clientNotes)));
        client.connected().join();
        serverNotes.awaits("connected");
    }

    static CleverOptions options(Notebook notes) {
        return CleverOptions.defaults()
                .handlers(notes.handlers())
                .listener(notes)
                .requestTimeout(Duration.ofSeconds(20))
                .reconnectDelays(Duration.ofMillis(20), Duration.ofMillis(100));
    }

    static String address(CleverServer server) {
        return address(server.address());
    }

    static String address(InetSocketAddress at) {
        return "127.0.0.1:" + at.getPort();
    }

    /** The server's end of the connection. */
    CleverPeer accepted() {
        return accepted(server);
    }

    /** The first peer that has come to {@code server}. */
    static CleverPeer accepted(CleverServer server) {
        Awaitility.await().until(() -> !server.peers().isEmpty());
        return server.peers().get(0);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
