package io.hawser.eftl.gateway.subscription;

import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
import io.hawser.core.access.Coverage;
import io.hawser.core.access.Principal;
import io.hawser.core.store.map.MapInfo;
import io.hawser.core.store.map.MapStart;
import io.hawser.eftl.gateway.channel.EftlChannel;
import io.hawser.eftl.gateway.party.Output;
import io.hawser.eftl.gateway.party.Party;
import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ServerFrame;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one of our own clients reads of what the store keeps. Owner: the session's.
 *
 * <p>A feed needs no acknowledgement and waits for nobody: it lives as long as the connection, and a client that comes back
 * asks for it again from where it was. Whoever reads slowly is held at its place, which takes no memory.
 */
final class Feeds {
    /** How many changes or messages may be on their way to one subscription. */
    static final int CREDIT = 100;

    private final Party party;
    private final Output output;
    private final EftlChannel channel;
    /** By subscription; one that is being opened is not here yet. */
    private final Map<String, Feed> open = new HashMap<>();
    /** Which request for a subscription is the newest. */
    private final Map<String, ClientFrame.Subscribe> asked = new HashMap<>();

    Feeds(Party party) {
        this.party = party;
        this.output = party.output();
        this.channel = party.mapping().channel();
    }

    int size() {
        return asked.size();
    }

    boolean has(String id) {
        return asked.containsKey(id);
    }

    /** Opens what {@code frame} asks for, or refuses. */
    void open(ClientFrame.Subscribe frame, ClientFrame.Feed feed) {
        close(frame.id());
        Optional<String> map = feed.map();
        if (map.isPresent()) {
            openMap(frame, feed, map.get());
        } else {
            refuse(frame, EftlError.SUBSCRIPTION_INVALID, "channel /" + channel.name() + " keeps no history");
        }
    }

    private void openMap(ClientFrame.Subscribe frame, ClientFrame.Feed feed, String map) {
        if (!channel.persistent()) {
            refuse(frame, EftlError.SUBSCRIPTION_INVALID, "channel /" + channel.name() + " is not persistent: no maps");
            return;
        }
        Principal principal = party.client().principal();
        Access access = party.bus().access();
        if (access.coverage(principal, Action.KV_READ, channel.keys(map)) == Coverage.NONE) {
            refuse(frame, EftlError.SUBSCRIPTION_DISALLOWED, principal.name() + " may not kv.read " + map);
            return;
        }
        asked.put(frame.id(), frame);
        if (feed.since().isPresent()) {
            begin(frame, feed, map, feed.since().getAsLong());
            return;
        }
        party.bus()
                .store()
                .maps()
                .info(channel.map(map))
                .whenCompleteAsync((info, failure) -> beginNow(frame, feed, map, info, failure), party.owner());
    }

    /** The client must know where it begins, so that it misses nothing when it comes back. */
    private void beginNow(
            ClientFrame.Subscribe frame,
            ClientFrame.Feed feed,
            String map,
            @Nullable Optional<MapInfo> info,
            @Nullable Throwable failure) {
        if (asked.get(frame.id()) != frame) {
            return;
        }
        if (info == null || failure != null) {
            asked.remove(frame.id());
            String reason = failure == null ? "" : Output.reason(failure);
            refuse(frame, EftlError.SUBSCRIPTION_FAILED, reason);
        } else {
            begin(frame, feed, map, info.map(MapInfo::revision).orElse(0L));
        }
    }

    private void begin(ClientFrame.Subscribe frame, ClientFrame.Feed feed, String map, long since) {
        String id = frame.id();
        open.put(id, new MapFeed(party, id, map, feed.prefix(), MapStart.after(since), () -> forget(id)));
        output.send(new ServerFrame.Subscribed(id, OptionalLong.of(since)));
    }

    private void forget(String id) {
        open.remove(id);
        asked.remove(id);
    }

    private void refuse(ClientFrame.Subscribe frame, EftlError error, String reason) {
        output.unsubscribed(frame.id(), error, reason);
    }

    /** True if there was a feed for the subscription {@code id}, which is closed now. */
    boolean close(String id) {
        Feed feed = open.remove(id);
        if (feed != null) {
            feed.close();
        }
        return asked.remove(id) != null;
    }

    /** The client reads on. */
    void pump() {
        open.values().forEach(Feed::pump);
    }

    /** The connection is gone. */
    void closeAll() {
        open.values().forEach(Feed::close);
        open.clear();
        asked.clear();
    }
}
