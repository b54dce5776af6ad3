package io.hawser.eftl.gateway.operation;

import io.hawser.core.access.Action;
import io.hawser.core.access.Coverage;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.route.Bus;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.map.MapEntry;
import io.hawser.core.store.map.MapName;
import io.hawser.core.store.map.MapOutcome;
import io.hawser.core.store.map.MapPage;
import io.hawser.core.store.map.MapSettings;
import io.hawser.core.store.map.Maps;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.gateway.channel.EftlChannel;
import io.hawser.eftl.gateway.channel.EftlClient;
import io.hawser.eftl.wire.Body;
import io.hawser.eftl.wire.EftlCodec;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.eftl.wire.ServerFrame.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * The key-value maps of one channel, as one client may use them ({@code specs/eftl.md} 1.13): made by the first value that is
 * set, values are messages, and a key that is not there has none.
 */
public final class ChannelMaps {
    private final Bus bus;
    private final EftlCodec codec;
    private final EftlChannel channel;
    private final EftlClient client;

    /** How many keys one page has. */
    private static final int PAGE = 500;

    /**
     * What became of one operation: no part is there if it was done with nothing to tell.
     *
     * @param revision of the value, or of the change that was made; told to our own clients only
     */
    public record Outcome(Optional<Body> value, Optional<Refusal> refusal, OptionalLong revision) {
        static final Outcome DONE = new Outcome(Optional.empty(), Optional.empty(), OptionalLong.empty());

        static Outcome refused(EftlError error, String reason) {
            return new Outcome(Optional.empty(), Optional.of(new Refusal(error.code(), reason)), OptionalLong.empty());
        }
    }

    /** The maps of {@code channel} for {@code client}. */
    public ChannelMaps(Bus bus, EftlCodec codec, EftlChannel channel, EftlClient client) {
        this.bus = bus;
        this.codec = codec;
        this.channel = channel;
        this.client = client;
    }

    /** Sets {@code key}; with {@code revision} only if that is its newest. */
    public CompletableFuture<Outcome> set(String map, String key, Body value, OptionalLong revision) {
        return allowed(
                Action.KV_WRITE,
                map + "/" + key,
                maps -> ours(revision).isEmpty()
                        ? maps.set(name(map), key, value.fields()).thenApply(this::done)
                        : maps.compareAndSet(name(map), key, revision.getAsLong(), value.fields())
                                .thenApply(outcome -> conditional(key, outcome)));
    }

    /** Completes with the value of a key, if it has one. */
    public CompletableFuture<Outcome> get(String map, String key) {
        return allowed(Action.KV_READ, map + "/" + key, maps -> maps.get(name(map), key)
                .thenApply(this::value));
    }

    /** Removes {@code key}; with {@code revision} only if that is its newest. */
    public CompletableFuture<Outcome> remove(String map, String key, OptionalLong revision) {
        return allowed(
                Action.KV_WRITE,
                map + "/" + key,
                maps -> ours(revision).isEmpty()
                        ? maps.remove(name(map), key).thenApply(this::done)
                        : maps.remove(name(map), key, revision.getAsLong())
                                .thenApply(outcome -> conditional(key, outcome)));
    }

    private OptionalLong ours(OptionalLong told) {
        return client.ours() ? told : OptionalLong.empty();
    }

    private Outcome done(long revision) {
        return new Outcome(Optional.empty(), Optional.empty(), ours(OptionalLong.of(revision)));
    }

    private Outcome conditional(String key, MapOutcome outcome) {
        String now = outcome.revision() == 0 ? "is not there" : "has revision " + outcome.revision();
        return outcome.done()
                ? done(outcome.revision())
                : Outcome.refused(EftlError.MAP_CONFLICT, "key " + key + " " + now + "; read it again");
    }

    /** A page of the keys that begin with {@code prefix} and that the client may read. */
    CompletableFuture<Outcome> keys(String map, String prefix, String after) {
        boolean any = bus.access().coverage(client.principal(), Action.KV_READ, channel.keys(map)) != Coverage.NONE;
        return allowed(any, Action.KV_READ, map + "/" + prefix, maps -> maps.keys(name(map), prefix, after, PAGE)
                .thenApply(page -> page(map, page)));
    }

    private Outcome page(String map, MapPage page) {
        List<Value> keys = page.keys().stream()
                .filter(key -> bus.access().allows(client.principal(), Action.KV_READ, map + "/" + key))
                .map(Value::of)
                .toList();
        Fields.Builder fields = Fields.builder().put("keys", new Value.Sequence(keys));
        page.next().ifPresent(next -> fields.put("after", next));
        try {
            return new Outcome(
                    Optional.of(codec.bodies().encode(fields.build())), Optional.empty(), OptionalLong.empty());
        } catch (ProtocolException impossible) {
            throw new IllegalStateException("keys are texts, which eFTL can say", impossible);
        }
    }

    /** Makes a map without keys; one that is there stays as it is. */
    public CompletableFuture<Outcome> create(String map) {
        TopicPattern keys = channel.keys(map);
        boolean some = bus.access().coverage(client.principal(), Action.KV_WRITE, keys) != Coverage.NONE;
        return allowed(some, Action.KV_WRITE, keys.toString(), maps -> maps.info(name(map))
                .thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedFuture(Outcome.DONE)
                        : maps.define(name(map), MapSettings.DEFAULT).thenApply(defined -> Outcome.DONE)));
    }

    /** Removes a map with all its keys, if it is there. */
    public CompletableFuture<Outcome> destroy(String map) {
        TopicPattern keys = channel.keys(map);
        boolean all = bus.access().coverage(client.principal(), Action.KV_WRITE, keys) == Coverage.ALL;
        return allowed(all, Action.KV_WRITE, keys.toString(), maps -> maps.drop(name(map))
                .thenApply(dropped -> Outcome.DONE));
    }

    private MapName name(String map) {
        return channel.map(map);
    }

    private Outcome value(Optional<MapEntry> entry) {
        try {
            return entry.isEmpty()
                    ? Outcome.DONE
                    : new Outcome(
                            Optional.of(codec.bodies().encode(entry.get().value())),
                            Optional.empty(),
                            ours(OptionalLong.of(entry.get().revision())));
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
        Optional<String> objection = action == Action.KV_READ
                ? channel.objectionToSubscribe(client.principal())
                : channel.objectionToPublish(client.principal());
        if (objection.isPresent() || !allowed) {
            String reason = objection.orElse(client.principal().name() + " may not " + action.label() + " " + topic);
            return CompletableFuture.completedFuture(Outcome.refused(EftlError.MAP_REQUEST_DISALLOWED, reason));
        }
        return operation.apply(bus.store().maps()).whenComplete((outcome, failure) -> {
            if ((failure instanceof CompletionException ? failure.getCause() : failure)
                    instanceof StoreException refused) {
                refused.countIn(bus.counters());
            }
        });
    }
}
