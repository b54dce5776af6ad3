package io.hawser.eftl.gateway.channel;

import io.hawser.core.access.Principal;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.map.MapName;
import java.time.Duration;
import java.util.Optional;

/**
 * What one channel allows; each has settings of its own ({@code specs/eftl.md} 4).
 *
 * @param name the path without its first slash
 * @param persistent whether it has durables and maps
 * @param maxMessageBytes the largest frame, told to clients as {@code max_size}
 * @param maxPendingAcks how many events that a client acknowledges by hand may be open, and how many of one durable
 * @param maxQueue how many live events wait for one client that reads slowly or is away, and for one subscription that is
 *     stopped or not acknowledged; beyond it the oldest is dropped and counted
 * @param reconnectTimeout how long the session of a lost connection is kept for its client; zero: not at all
 * @param maxAway how many sessions of lost connections are kept; beyond it the one that lost it first ends
 * @param heartbeat how often the server shows that it is there
 * @param clientTimeout how long a client that answers heartbeats may stay silent
 * @param tellClient whether publications say their client's id in the field {@code _client_id}
 * @param tellUser whether publications say their user in the field {@code _user}
 * @param publishGroup the group one must be in to publish, ask or change a map here; empty: whom the rules let
 * @param subscribeGroup the group one must be in to subscribe or read a map here; empty: whom the rules let
 * @param compress whether messages are compressed for clients that offer it
 * @param history how much is kept of what is published, for clients that ask for what was; empty: nothing
 */
public record EftlChannel(
        String name,
        boolean persistent,
        int maxMessageBytes,
        int maxPendingAcks,
        int maxQueue,
        Duration reconnectTimeout,
        int maxAway,
        Duration heartbeat,
        Duration clientTimeout,
        boolean tellClient,
        boolean tellUser,
        Optional<String> publishGroup,
        Optional<String> subscribeGroup,
        boolean compress,
        Optional<DurableSettings> history) {
    /** What no client counts when it measures a message. */
    private static final int ENVELOPE = 1_024;

    /** The channel {@code /channel} with the limits of {@code specs/eftl.md} 4 where ours need not differ. */
    public static final EftlChannel DEFAULT = new EftlChannel(
            "channel",
            true,
            1 << 20,
            100,
            10_000,
            Duration.ofSeconds(60),
            1_000,
            Duration.ofSeconds(240),
            Duration.ofSeconds(600),
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty());

    /** This channel with other times. */
    public EftlChannel withTimes(Duration otherReconnectTimeout, Duration otherHeartbeat, Duration otherClientTimeout) {
        return new EftlChannel(
                name,
                persistent,
                maxMessageBytes,
                maxPendingAcks,
                maxQueue,
                otherReconnectTimeout,
                maxAway,
                otherHeartbeat,
                otherClientTimeout,
                tellClient,
                tellUser,
                publishGroup,
                subscribeGroup,
                compress,
                history);
    }

    /** This channel with another history. */
    public EftlChannel withHistory(Optional<DurableSettings> other) {
        return new EftlChannel(
                name,
                persistent,
                maxMessageBytes,
                maxPendingAcks,
                maxQueue,
                reconnectTimeout,
                maxAway,
                heartbeat,
                clientTimeout,
                tellClient,
                tellUser,
                publishGroup,
                subscribeGroup,
                compress,
                other);
    }

    /** What the store calls the map {@code map}. */
    public MapName map(String map) {
        return new MapName(EftlMapping.PROTOCOL + "/" + name, map);
    }

    /** All keys of the map {@code map}, as access rules name them; of a name that no pattern can say, those of all maps. */
    public TopicPattern keys(String map) {
        try {
            return TopicPattern.parse(map + "/" + TopicPattern.REST);
        } catch (IllegalArgumentException unsayable) {
            return TopicPattern.parse(TopicPattern.REST);
        }
    }

    /**
     * The longest frame that is read, in bytes: some clients measure in characters, which take up to three bytes each in
     * UTF-8 ({@code specs/eftl.md} 1.6). What is longer than {@link #maxMessageBytes} is refused then, and the client stays.
     */
    public int maxFrameBytes() {
        return 3 * maxMessageBytes + ENVELOPE;
    }

    /** Why {@code who} may not publish here, whatever the rules say; empty if nothing is against it. */
    public Optional<String> objectionToPublish(Principal who) {
        return objection(publishGroup, who, "publish");
    }

    /** Why {@code who} may not subscribe here, whatever the rules say; empty if nothing is against it. */
    public Optional<String> objectionToSubscribe(Principal who) {
        return objection(subscribeGroup, who, "subscribe");
    }

    private Optional<String> objection(Optional<String> group, Principal who, String what) {
        return group.filter(needed -> !who.groups().contains(needed))
                .map(needed -> who.name() + " may not " + what + " on /" + name + ": it is not in group " + needed);
    }
}
