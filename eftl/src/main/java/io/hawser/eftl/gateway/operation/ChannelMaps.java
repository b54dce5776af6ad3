package io.hawser.eftl.gateway.operation;

import io.hawser.core.access.Action;
import io.hawser.core.access.Coverage;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.route.Bus;
import io.hawser.core.store.map.MapEntry;
import io.hawser.core.store.map.MapName;
import io.hawser.core.store.map.Maps;
import io.hawser.eftl.gateway.channel.EftlChannel;
import io.hawser.eftl.gateway.channel.EftlClient;
import io.hawser.eftl.gateway.channel.EftlMapping;
import io.hawser.eftl.wire.Body;
import io.hawser.eftl.wire.EftlCodec;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.eftl.wire.ServerFrame.Refusal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The key-value maps of one channel, as one client may use them ({@code specs/eftl.md} 1.13): made by the first value that is
 * set, values are messages, and a key that is not there has none.
 */
final class ChannelMaps {
    private final Bus bus;
    private final EftlCodec codec;
    private final EftlChannel channel;
    private final EftlClient client;

    /** What became of one operation: neither part is there if it was done with nothing to tell. */
    record Outcome(Optional<Body> value, Optional<Refusal> refusal) {
        static final Outcome DONE = new Outcome(Optional.empty(), Optional.empty());

        static Outcome refused(EftlError error, String reason) {
            return new Outcome(Optional.empty(), Optional.of(new Refusal(error.code(), reason)));
        }
    }

    ChannelMaps(Bus bus, EftlCodec codec, EftlChannel channel, EftlClient client) {
        this.bus = bus;
        this.codec = codec;
        this.channel = channel;
        this.client = client;
    }

    CompletableFuture<Outcome> set(String map, String key, Body value) {
        return allowed(Action.KV_WRITE, map + "/" + key, maps -> maps.set(name(map), key, value.fields())
                .thenApply(revision -> Outcome.DONE));
    }

    CompletableFuture<Outcome> get(String map, String key) {
        return allowed(Action.KV_READ, map + "/" + key, maps -> maps.get(name(map), key)
                .thenApply(this::value));
    }

    CompletableFuture<Outcome> remove(String map, String key) {
        return allowed(Action.KV_WRITE, map + "/" + key, maps -> maps.remove(name(map), key)
                .thenApply(revision -> Outcome.DONE));
    }

    CompletableFuture<Outcome> destroy(String map) {
        TopicPattern keys = keys(map);
        boolean all = bus.access().coverage(client.principal(), Action.KV_WRITE, keys) == Coverage.ALL;
        return allowed(all, Action.KV_WRITE, keys.toString(), maps -> maps.drop(name(map))
                .thenApply(dropped -> Outcome.DONE));
    }

    /** All keys of {@code map}; of a name that no pattern can say, those of all maps. */
    private static TopicPattern keys(String map) {
        try {
            return TopicPattern.parse(map + "/" + TopicPattern.REST);
        } catch (IllegalArgumentException unsayable) {
            return TopicPattern.parse(TopicPattern.REST);
        }
    }

    private MapName name(String map) {
        return new MapName(EftlMapping.PROTOCOL + "/" + channel.name(), map);
    }

    private Outcome value(Optional<MapEntry> entry) {
        try {
            return entry.isEmpty()
                    ? Outcome.DONE
                    : new Outcome(Optional.of(codec.bodies().encode(entry.get().value())), Optional.empty());
        } catch (ProtocolException unsayable) {
            return Outcome.refused(EftlError.MAP_REQUEST_FAILED, "eFTL cannot say the value: " + unsayable.reason());
        }
    }

    private CompletableFuture<Outcome> allowed(
            Action action, String topic, Function<Maps, CompletableFuture<Outcome>> operation) {
        return allowed(bus.access().allows(client.principal(), action, topic), action, topic, operation);
    }

    private CompletableFuture<Outcome> allowed(
            boolean allowed, Action action, String topic, Function<Maps, CompletableFuture<Outcome>> operation) {
        if (!channel.persistent()) {
            String reason = "channel /" + channel.name() + " is not persistent: no maps";
            return CompletableFuture.completedFuture(Outcome.refused(EftlError.MAP_REQUEST_FAILED, reason));
        }
        if (!allowed) {
            String reason = client.principal().name() + " may not " + action.label() + " " + topic;
            return CompletableFuture.completedFuture(Outcome.refused(EftlError.MAP_REQUEST_DISALLOWED, reason));
        }
        return operation.apply(bus.store().maps());
    }
}
