package io.hawser.eftl.gateway;

import io.hawser.eftl.gateway.channel.EftlChannel;
import io.hawser.net.tls.TlsIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the eFTL gateway listens and what it allows.
 *
 * @param host the interface to listen on
 * @param port the TCP port, 0 for any that is free
 * @param channels the channels; the first one is the open bus, each other a world of its own
 * @param loginTimeout how long a connection may stay without a login
 * @param requestTimeout how long a request may wait for its reply
 * @param maxSubscriptions how many subscriptions one client may have
 * @param comesBack whether clients are told, when the gateway closes, to come back (1012) or to stay away (1001)
 * @param origins the web pages that may connect, beside the gateway's own: {@code https://app.example}, or
 *     {@code http://localhost:*} for any port; programs that are no browser are not asked
 * @param tls who the server is, for {@code wss://} and {@code https://}; empty: nothing is encrypted
 */
public record EftlSettings(
        String host,
        int port,
        List<EftlChannel> channels,
        Duration loginTimeout,
        Duration requestTimeout,
        int maxSubscriptions,
        boolean comesBack,
        Set<String> origins,
        Optional<TlsIdentity> tls) {
    /** Loopback and the channel {@code /channel}. */
    public static final EftlSettings DEFAULT = new EftlSettings(
            "127.0.0.1",
            9191,
            List.of(EftlChannel.DEFAULT),
            Duration.ofSeconds(10),
            Duration.ofSeconds(120),
            1_000,
            true,
            Set.of(),
            Optional.empty());

    /** Settings with copies of the collections. */
    public EftlSettings {
        channels = List.copyOf(channels);
        origins = Set.copyOf(origins);
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("a gateway needs a channel");
        }
    }

    /** These settings on another port. */
    public EftlSettings withPort(int other) {
        return new EftlSettings(
                host, other, channels, loginTimeout, requestTimeout, maxSubscriptions, comesBack, origins, tls);
    }

    /** These settings with other channels, the open one first. */
    public EftlSettings withChannels(List<EftlChannel> others) {
        return new EftlSettings(
                host, port, others, loginTimeout, requestTimeout, maxSubscriptions, comesBack, origins, tls);
    }

    /** These settings with other times, and another number of subscriptions of a client. */
    EftlSettings withLimits(Duration login, Duration request, int subscriptions) {
        return new EftlSettings(host, port, channels, login, request, subscriptions, comesBack, origins, tls);
    }

    /** These settings for other web pages. */
    public EftlSettings withOrigins(Set<String> others) {
        return new EftlSettings(
                host, port, channels, loginTimeout, requestTimeout, maxSubscriptions, comesBack, others, tls);
    }
}
