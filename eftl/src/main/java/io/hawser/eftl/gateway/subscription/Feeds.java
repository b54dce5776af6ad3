package io.hawser.eftl.gateway.subscription;

import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
import io.hawser.core.access.Coverage;
import io.hawser.core.access.Principal;
import io.hawser.core.match.Regexp;
import io.hawser.core.route.Interest;
import io.hawser.core.store.map.MapInfo;
import io.hawser.core.store.map.MapStart;
import io.hawser.eftl.gateway.channel.EftlChannel;
import io.hawser.eftl.gateway.channel.Wish;
import io.hawser.eftl.gateway.party.Output;
import io.hawser.eftl.gateway.party.Party;
import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.eftl.wire.ServerFrame;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
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
    private final Consumer<Regexp> onTrouble;
    /** By subscription; one that is being opened is not here yet. */
    private final Map<String, Feed> open = new HashMap<>();
    /** The number of the newest request for each subscription, open or about to be. */
    private final Map<String, Long> asked = new HashMap<>();

    private long last;

    /** None yet; {@code onTrouble} is told when a regexp turns out to be costly. */
    Feeds(Party party, Consumer<Regexp> onTrouble) {
        this.party = party;
        this.output = party.output();
        this.channel = party.mapping().channel();
        this.onTrouble = onTrouble;
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
        Optional<String> objection = channel.objectionToSubscribe(party.client().principal());
        if (objection.isPresent()) {
            refuse(frame, EftlError.SUBSCRIPTION_DISALLOWED, objection.get());
        } else if (map.isPresent()) {
            openMap(frame, feed, map.get());
        } else {
            openHistory(frame, feed.since().orElse(0));
        }
    }

    private void openHistory(ClientFrame.Subscribe frame, long since) {
        if (channel.history().isEmpty() || frame.durable().isPresent()) {
            String reason = channel.history().isEmpty()
                    ? "channel /" + channel.name() + " keeps no history"
                    : "history is read without a durable";
            refuse(frame, EftlError.SUBSCRIPTION_INVALID, reason);
            return;
        }
        if (since < -NewestOfHistory.MOST) {
            refuse(
                    frame,
                    EftlError.SUBSCRIPTION_INVALID,
                    "at most the newest " + NewestOfHistory.MOST + " messages can be asked for, or all: 0");
            return;
        }
        try {
            Wish wish = party.mapping().wish(frame, party.client(), onTrouble);
            if (wish.group().isPresent()) {
                throw new IllegalArgumentException("a queue has no history");
            }
            Principal principal = party.client().principal();
            Optional<Interest> heard =
                    wish.interest().heardBy(principal, party.bus().access());
            if (heard.isPresent() && since < 0) {
                readNewest(frame, heard.get(), (int) -since);
            } else if (heard.isPresent()) {
                ask(frame.id());
                readHistory(frame, heard.get(), since);
            } else {
                String reason = principal.name() + " may not subscribe to "
                        + wish.interest().topic();
                refuse(frame, EftlError.SUBSCRIPTION_DISALLOWED, reason);
            }
        } catch (ProtocolException | IllegalArgumentException invalid) {
            refuse(frame, EftlError.SUBSCRIPTION_INVALID, String.valueOf(invalid.getMessage()));
        }
    }

    /** The client is told where it begins, so that it goes on from there when it comes back. */
    private void readNewest(ClientFrame.Subscribe frame, Interest interest, int count) {
        long number = ask(frame.id());
        NewestOfHistory.start(party, interest, count).whenComplete((start, failure) -> {
            if (!isNewest(frame.id(), number)) {
                return;
            }
            if (start == null || failure != null) {
                asked.remove(frame.id());
                refuse(frame, EftlError.SUBSCRIPTION_FAILED, failure == null ? "" : Output.reason(failure));
            } else {
                readHistory(frame, interest, start);
            }
        });
    }

    private void readHistory(ClientFrame.Subscribe frame, Interest interest, long since) {
        String id = frame.id();
        open.put(id, new HistoryFeed(party, id, interest, since, () -> forget(id)));
        output.send(new ServerFrame.Subscribed(id, OptionalLong.of(since)));
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
        long number = ask(frame.id());
        if (feed.since().isPresent()) {
            begin(frame, feed, map, feed.since().getAsLong());
            return;
        }
        CompletableFuture<Long> newest = party.bus()
                .store()
                .maps()
                .info(channel.map(map))
                .thenApply(info -> info.map(MapInfo::revision).orElse(0L));
        newest.whenCompleteAsync(
                (revision, failure) -> {
                    if (isNewest(frame.id(), number)) {
                        beginNow(frame, feed, map, revision, failure);
                    }
                },
                party.owner());
    }

    private long ask(String id) {
        asked.put(id, ++last);
        return last;
    }

    private boolean isNewest(String id, long number) {
        Long newest = asked.get(id);
        return newest != null && newest == number;
    }

    /** The client must know where it begins, so that it misses nothing when it comes back. */
    private void beginNow(
            ClientFrame.Subscribe frame,
            ClientFrame.Feed feed,
            String map,
            @Nullable Long revision,
            @Nullable Throwable failure) {
        if (revision == null || failure != null) {
            asked.remove(frame.id());
            refuse(frame, EftlError.SUBSCRIPTION_FAILED, failure == null ? "" : Output.reason(failure));
        } else {
            begin(frame, feed, map, revision);
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
