package io.hawser.app.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.eftl.gateway.channel.EftlChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the channels of the section {@code eftl}: any number of named ones, each on top of what stands there for all. */
final class EftlChannels {
    private static final List<String> KEYS = List.of(
            "persistent",
            "max-message",
            "max-pending-acks",
            "max-queue",
            "client-reconnect-timeout",
            "max-away",
            "heartbeat",
            "client-timeout",
            "publish-client",
            "publish-user",
            "compress",
            "history-messages",
            "history-bytes",
            "history-age",
            "publish-group",
            "subscribe-group");

    private final Settings eftl;
    private final Set<String> groups;

    /** For the section {@code eftl}; {@code groups} are those that users are in. */
    EftlChannels(Settings eftl, Set<String> groups) {
        this.eftl = eftl;
        this.groups = groups;
    }

    /** Which keys each channel has, out of {@code defaults} of the section. */
    static ConfigObject template(Config defaults) {
        ConfigObject template = defaults.root();
        for (String key : defaults.root().keySet()) {
            template = KEYS.contains(key) ? template : template.withoutKey(key);
        }
        return template;
    }

    /** The channels, the open one first. */
    List<EftlChannel> read() {
        List<EftlChannel> channels = new ArrayList<>();
        String open = eftl.text("open-channel");
        Settings named = eftl.section("channels");
        if (wrong(open)) {
            eftl.problem("open-channel", "must be a path without its first '/'");
        }
        if (!named.names().contains(open)) {
            channels.add(channel(open, eftl));
        }
        for (String name : named.names()) {
            if (wrong(name)) {
                named.problem(name, "the name must be a path without its first '/'");
            }
            channels.add(name.equals(open) ? 0 : channels.size(), channel(name, eftl.variant("channels", name)));
        }
        return channels;
    }

    private static boolean wrong(String name) {
        return !name.matches("[^/\\s]\\S*");
    }

    private EftlChannel channel(String name, Settings channel) {
        return new EftlChannel(
                name,
                channel.yes("persistent"),
                new EftlChannel.Limits(
                        (int) channel.bytes("max-message", 1L << 10, 1L << 26),
                        channel.count("max-pending-acks", 1, 1_000_000),
                        channel.count("max-queue", 1, 100_000_000),
                        channel.count("max-away", 1, 1_000_000)),
                times(channel),
                new EftlChannel.Signature(channel.yes("publish-client"), channel.yes("publish-user")),
                new EftlChannel.Groups(group(channel, "publish-group"), group(channel, "subscribe-group")),
                channel.yes("compress"),
                history(channel));
    }

    private static EftlChannel.Times times(Settings channel) {
        EftlChannel.Times times = new EftlChannel.Times(
                channel.duration("client-reconnect-timeout", Duration.ZERO, Duration.ofDays(7)),
                channel.duration("heartbeat", Duration.ofSeconds(1), Duration.ofHours(1)),
                channel.duration("client-timeout", Duration.ofSeconds(1), Duration.ofHours(4)));
        if (times.client().compareTo(times.heartbeat()) <= 0) {
            channel.problem("client-timeout", "must be longer than " + channel.path("heartbeat"));
        }
        return times;
    }

    private static Optional<DurableSettings> history(Settings channel) {
        int messages = channel.count("history-messages", 0, 100_000_000);
        long bytes = channel.bytes("history-bytes", 1L << 10, 1L << 40);
        Duration age = channel.duration("history-age", Duration.ZERO, Duration.ofDays(36_500));
        if (messages == 0) {
            return Optional.empty();
        }
        if (!channel.yes("persistent")) {
            channel.problem("history-messages", "needs " + channel.path("persistent") + " = true");
        }
        if (bytes < 2 * channel.bytes("max-message", 1L << 10, 1L << 26)) {
            channel.problem("history-bytes", "must be at least twice " + channel.path("max-message"));
        }
        return Optional.of(DurableSettings.DEFAULT
                .withRoom(messages, bytes, DurableSettings.WhenFull.DROP_OLDEST)
                .withMessageTtl(age)
                .withDurableTtl(Duration.ZERO));
    }

    private Optional<String> group(Settings channel, String name) {
        Optional<String> group = channel.textIfAny(name);
        if (group.isPresent() && !groups.contains(group.get())) {
            channel.problem(name, "must be a group that a user is in");
        }
        return group;
    }
}
