package io.hawser.eftl.link;

import io.hawser.core.match.TopicPattern;
import io.hawser.eftl.engine.ClientSettings;
import io.hawser.eftl.engine.Credentials;
import io.hawser.eftl.engine.ServerAddress;
import io.hawser.net.tls.TlsTrust;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One link: where the other hub is, who we are there, and what crosses.
 *
 * @param name its name, 1 to 64 letters, digits, '-' and '_'
 * @param url the address of the other hub's open channel, more with {@code |} between them if it has several
 * @param token shown instead of the user and password of {@code url}; empty for none
 * @param trust who the other hub may be, for {@code wss://}
 * @param topicsIn what is taken from the other hub
 * @param topicsOut what is handed to it
 */
public record LinkSettings(
        String name,
        String url,
        String token,
        TlsTrust trust,
        List<TopicPattern> topicsIn,
        List<TopicPattern> topicsOut) {
    /** How long the other hub keeps what is on its way to a link that is lost, and this one what is on its way to it. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration LOGIN = Duration.ofSeconds(10);
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    /** So many messages that came may wait for the store, or for a hub that lags. */
    private static final int UNHANDLED = 32;

    private static final long UNHANDLED_BYTES = 8L << 20;

    /**
     * Settings with copies of the lists.
     *
     * @throws IllegalArgumentException with a text for the user if the name or the address is wrong
     */
    public LinkSettings {
        topicsIn = List.copyOf(topicsIn);
        topicsOut = List.copyOf(topicsOut);
        if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "the name of a link is its name in rules: 1 to 64 letters, digits, '-' and '_', not '" + name
                            + "'");
        }
        ServerAddress.list(url);
    }

    /** Where the other hub is. */
    List<ServerAddress> servers() {
        return ServerAddress.list(url);
    }

    /** The same without who we are there. */
    public List<URI> addresses() {
        return servers().stream().map(ServerAddress::uri).toList();
    }

    /** What is said to come from here, and who it is for access rules: {@code link/<name>}. */
    public String origin() {
        return "link/" + name;
    }

    /** How the client of the hub {@code hub} behaves. */
    ClientSettings client(String hub) {
        return new ClientSettings(
                new Credentials("", "", token),
                "hub-" + hub + "-" + name,
                0,
                LOGIN,
                GOODBYE,
                Integer.MAX_VALUE,
                LONGEST_WAIT,
                UNHANDLED,
                UNHANDLED_BYTES,
                Optional.of(hub));
    }

    /** Names no token and no password. */
    @Override
    public String toString() {
        return "LinkSettings[" + name + " to " + servers() + ", in " + topicsIn + ", out " + topicsOut + "]";
    }
}
