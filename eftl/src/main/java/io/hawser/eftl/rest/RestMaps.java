package io.hawser.eftl.rest;

import io.hawser.core.route.Bus;
import io.hawser.eftl.gateway.operation.ChannelMaps;
import io.hawser.eftl.wire.Body;
import io.hawser.eftl.wire.EftlCodec;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ServerFrame.Refusal;
import io.hawser.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** The key-value maps of the channels. Callable from any loop. */
final class RestMaps {
    private static final byte[] VALUE = "{\"value\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "}\n".getBytes(StandardCharsets.US_ASCII);

    private final Bus bus;
    private final EftlCodec codec;

    RestMaps(Bus bus, EftlCodec codec) {
        this.bus = bus;
        this.codec = codec;
    }

    void create(RestCall call) {
        done(call, maps(call).create(call.name("map")));
    }

    void destroy(RestCall call) {
        done(call, maps(call).destroy(call.name("map")));
    }

    void set(RestCall call) {
        String map = call.name("map");
        String key = call.name("key");
        call.body(body -> done(call, maps(call).set(map, key, codec.bodies().decode(body), OptionalLong.empty())));
    }

    void remove(RestCall call) {
        done(call, maps(call).remove(call.name("map"), call.name("key"), OptionalLong.empty()));
    }

    void get(RestCall call) {
        String map = call.name("map");
        String key = call.name("key");
        call.then(maps(call).get(map, key), outcome -> {
            check(outcome);
            Body value = outcome.value()
                    .orElseThrow(() -> new RefusedException(
                            404, EftlError.MAP_REQUEST_FAILED, "map " + map + " has no key " + key));
            call.answer(HttpResponse.of(200, "application/json", told(value)));
        });
    }

    private static byte[] told(Body value) {
        return ByteBuffer.allocate(VALUE.length + value.json().length + END.length)
                .put(VALUE)
                .put(value.json())
                .put(END)
                .array();
    }

    private ChannelMaps maps(RestCall call) {
        return new ChannelMaps(bus, codec, call.mapping().channel(), call.caller());
    }

    /** The answer leaves only when the store has said that a change is safe. */
    private static void done(RestCall call, CompletableFuture<ChannelMaps.Outcome> change) {
        call.then(change, outcome -> {
            check(outcome);
            call.done();
        });
    }

    private static void check(ChannelMaps.Outcome outcome) {
        if (outcome.refusal().isPresent()) {
            Refusal refusal = outcome.refusal().get();
            boolean forbidden = refusal.code() == EftlError.MAP_REQUEST_DISALLOWED.code();
            throw new RefusedException(
                    forbidden ? 403 : 400,
                    forbidden ? EftlError.MAP_REQUEST_DISALLOWED : EftlError.MAP_REQUEST_FAILED,
                    refusal.reason());
        }
    }
}
