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
 * @param limits how much of everything
 * @param times how long it waits for whom
 * @param signature what publications say of who made them
 * @param groups whom it is for
 * @param compress whether messages are compressed for clients that offer it
 * @param history how much is kept of what is published, for clients that ask for what was; empty: nothing
 */
public record EftlChannel(
        String name,
        boolean persistent,
        Limits limits,
        Times times,
        Signature signature,
        Groups groups,
        boolean compress,
        Optional<DurableSettings> history) {
    /** What no client counts when it measures a message. */
    private static final int ENVELOPE = 1_024;

    /** The channel {@code /channel} with the limits of {@code specs/eftl.md} 4 where ours need not differ. */
    public static final EftlChannel DEFAULT = new EftlChannel(
            "channel", true, Limits.DEFAULT, Times.DEFAULT, Signature.NONE, Groups.EVERYBODY, false, Optional.empty());

    /**
     * How much of everything.
     *
     * @param maxMessageBytes the largest frame, told to clients as {@code max_size}
     * @param maxPendingAcks how many events that a client acknowledges by hand may be open, and how many of one durable
     * @param maxQueue how many live events wait for one client that reads slowly or is away, and for one subscription that is
     *     stopped or not acknowledged; beyond it the oldest is dropped and counted
     * @param maxAway how many sessions of lost connections are kept; beyond it the one that lost it first ends
     */
    public record Limits(int maxMessageBytes, int maxPendingAcks, int maxQueue, int maxAway) {
        /** Those of the default channel. */
        public static final Limits DEFAULT = new Limits(1 << 20, 100, 10_000, 1_000);
    }

    /**
     * How long a channel waits for whom.
     *
     * @param reconnect how long the session of a lost connection is kept for its client; zero: not at all
     * @param heartbeat how often the server shows that it is there
     * @param client how long a client that answers heartbeats may stay silent
     */
    public record Times(Duration reconnect, Duration heartbeat, Duration client) {
        /** Those of the default channel. */
        public static final Times DEFAULT =
                new Times(Duration.ofSeconds(60), Duration.ofSeconds(240), Duration.ofSeconds(600));
    }

    /**
     * What publications say of who made them.
     *
     * @param client whether they say their client's id in the field {@code _client_id}
     * @param user whether they say their user in the field {@code _user}
     */
    public record Signature(boolean client, boolean user) {
        /** Nothing. */
        public static final Signature NONE = new Signature(false, false);
    }

    /**
     * The groups that a channel is for; none: whom the rules let.
     *
     * @param publish the group one must be in to publish, ask or change a map
     * @param subscribe the group one must be in to subscribe or read a map
     */
    public record Groups(Optional<String> publish, Optional<String> subscribe) {
        /** Whom the rules let. */
        public static final Groups EVERYBODY = new Groups(Optional.empty(), Optional.empty());
    }

    /** This channel with other times. */
    public EftlChannel withTimes(Times other) {
        return new EftlChannel(name, persistent, limits, other, signature, groups, compress, history);
    }

    /** This channel with another history. */
    public EftlChannel withHistory(Optional<DurableSettings> other) {
        return new EftlChannel(name, persistent, limits, times, signature, groups, compress, other);
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
     * UTF-8 ({@code specs/eftl.md} 1.6). What is longer than {@link Limits#maxMessageBytes} is refused then, and the client stays.
     */
    public int maxFrameBytes() {
        return 3 * limits.maxMessageBytes() + ENVELOPE;
    }

    /** Why {@code who} may not publish here, whatever the rules say; empty if nothing is against it. */
    public Optional<String> objectionToPublish(Principal who) {
        return objection(groups.publish(), who, "publish");
    }

    /** Why {@code who} may not subscribe here, whatever the rules say; empty if nothing is against it. */
    public Optional<String> objectionToSubscribe(Principal who) {
        return objection(groups.subscribe(), who, "subscribe");
    }

    private Optional<String> objection(Optional<String> group, Principal who, String what) {
        return group.filter(needed -> !who.groups().contains(needed))
                .map(needed -> who.name() + " may not " + what + " on /" + name + ": it is not in group " + needed);
    }
}
