package io.hawser.eftl.gateway;

import java.time.Duration;
import java.util.List;

/**
 * How the eFTL gateway listens and what it allows.
 *
 * @param host the interface to listen on
 * @param port the TCP port, 0 for any that is free
 * @param channels the names of the channels, without the slash; the first one is the open bus, each other a world of its own
 * @param maxMessageBytes the largest frame, told to clients as {@code max_size}
 * @param heartbeat how often the server shows that it is there
 * @param clientTimeout how long a client that answers heartbeats may stay silent
 * @param loginTimeout how long a connection may stay without a login
 * @param maxPendingAcks how many events of a durable may wait for the client's acknowledgement
 * @param maxSubscriptions how many subscriptions one client may have
 */
public record EftlSettings(
        String host,
        int port,
        List<String> channels,
        int maxMessageBytes,
        Duration heartbeat,
        Duration clientTimeout,
        Duration loginTimeout,
        int maxPendingAcks,
        int maxSubscriptions) {
    /** Loopback, the channel {@code /channel}, and the limits of {@code specs/eftl.md} 4 where ours need not differ. */
    public static final EftlSettings DEFAULT = new EftlSettings(
            "127.0.0.1",
            9191,
            List.of("channel"),
            1 << 20,
            Duration.ofSeconds(240),
            Duration.ofSeconds(600),
            Duration.ofSeconds(10),
            100,
            1_000);

    /** Settings with a copy of {@code channels}. */
    public EftlSettings {
        channels = List.copyOf(channels);
    }

    /** These settings on another port. */
    public EftlSettings withPort(int other) {
        return new EftlSettings(
                host,
                other,
                channels,
                maxMessageBytes,
                heartbeat,
                clientTimeout,
                loginTimeout,
                maxPendingAcks,
                maxSubscriptions);
    }

    /** True if {@code channel} is the open bus. */
    boolean isDefault(String channel) {
        return channels.indexOf(channel) == 0;
    }
}
