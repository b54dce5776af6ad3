package io.hawser.eftl.rest;

import io.hawser.core.message.Message;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.message.Source;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Receipt;
import io.hawser.eftl.gateway.EftlGateway;
import io.hawser.eftl.gateway.channel.EftlClient;
import io.hawser.eftl.gateway.channel.EftlMapping;
import io.hawser.eftl.wire.EftlCodec;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.Route;
import io.hawser.net.http.Routes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The eFTL server for those who speak plain HTTP ({@code specs/eftl.md} 4, REST).
 *
 * <pre>
 *   POST   /CHANNEL/v1/publish                body: the message       {"receivers":1}
 *   POST   /CHANNEL/v1/request?timeout=       body: the message       {"reply":{...}}
 *   POST   /CHANNEL/v1/subscribe/DURABLE      body: the matcher       {}
 *   GET    /CHANNEL/v1/subscribe/DURABLE                              {"messages":[...],"deliveries":[...]}
 *   DELETE /CHANNEL/v1/subscribe/DURABLE                              {}
 *   POST   /CHANNEL/v1/kvmap/MAP                                      {}
 *   DELETE /CHANNEL/v1/kvmap/MAP                                      {}
 *   POST   /CHANNEL/v1/kvmap/MAP/KEY          body: the value         {}
 *   GET    /CHANNEL/v1/kvmap/MAP/KEY                                  {"value":{...}}
 *   DELETE /CHANNEL/v1/kvmap/MAP/KEY                                  {}
 * </pre>
 *
 * <p>It has no sessions: what a caller leaves behind is in the store. Polls that wait are the only state.
 */
public final class EftlRest implements AutoCloseable {
    /** Long enough for a loop to hand out some thousand events. */
    private static final Duration MOMENT = Duration.ofMillis(1);

    /** Messages would be read that nobody gets. */
    private static final HttpResponse NO_HEAD =
            HttpResponse.error(405, "HEAD is not understood here").with("Allow", "GET, POST, DELETE");

    private final EftlGateway gateway;
    private final Bus bus;
    private final EftlCodec codec;
    private final RestDoor door;
    private final RestMaps maps;
    private final RestDurables durables;
    private final Polls polls;
    private final RestRequests requests;

    /** REST for the channels of {@code gateway}. */
    public EftlRest(EftlGateway gateway, RestLimits limits) {
        this.gateway = gateway;
        this.bus = gateway.bus();
        this.codec = gateway.codec();
        this.door = new RestDoor(bus.authenticator());
        this.maps = new RestMaps(bus, codec);
        this.durables = new RestDurables(bus, gateway.shared());
        this.polls = new Polls(bus, durables, limits);
        this.requests = new RestRequests(bus, limits, gateway::newToken);
    }

    /** What the gateway's port is to answer, for {@link EftlGateway#start(Routes)}. */
    public Routes routes() {
        List<Route> routes = new ArrayList<>();
        for (EftlMapping mapping : gateway.mappings()) {
            String channel = "/" + mapping.channel().name() + "/v1/";
            String durable = channel + "subscribe/{durable}";
            String map = channel + "kvmap/{map}";
            String key = map + "/{key}";
            routes.add(route("POST", channel + "publish", mapping, Asked.PUBLISH, this::publish));
            routes.add(route("POST", channel + "request", mapping, Asked.REQUEST, this::request));
            routes.add(route("POST", durable, mapping, Asked.SUBSCRIBE, durables::subscribe));
            routes.add(new Route("HEAD", durable, exchange -> exchange.answer(NO_HEAD)));
            routes.add(route("GET", durable, mapping, Asked.SUBSCRIBE, polls::poll));
            routes.add(route("DELETE", durable, mapping, Asked.SUBSCRIBE, durables::delete));
            routes.add(route("POST", map, mapping, Asked.MAP, maps::create));
            routes.add(route("DELETE", map, mapping, Asked.MAP, maps::destroy));
            routes.add(route("POST", key, mapping, Asked.MAP, maps::set));
            routes.add(route("GET", key, mapping, Asked.MAP, maps::get));
            routes.add(route("DELETE", key, mapping, Asked.MAP, maps::remove));
            for (String any : List.of(channel + "publish", channel + "request", durable, map, key)) {
                routes.add(
                        new Route("OPTIONS", any, exchange -> exchange.answer(Origins.preflight(exchange.request()))));
            }
        }
        return new Routes(routes);
    }

    private Route route(String method, String pattern, EftlMapping mapping, Asked asked, Consumer<RestCall> handler) {
        return new Route(method, pattern, door.to(mapping, asked, handler));
    }

    /** Answers every poll that waits; no other can begin. */
    @Override
    public void close() {
        polls.close();
    }

    private void publish(RestCall call) {
        call.body(body -> {
            Message message = message(call, body, Optional.empty());
            Receipt receipt = bus.router().publish(call.caller().principal(), message);
            if (receipt instanceof Receipt.Storing storing) {
                call.then(storing.stored(), id -> published(call, storing.receivers(), receipt.lagging()));
            } else if (receipt instanceof Receipt.Routed routed) {
                published(call, routed.receivers(), receipt.lagging());
            } else if (receipt instanceof Receipt.Refused refused) {
                throw new RefusedException(403, EftlError.PUBLISH_DISALLOWED, refused.reason());
            } else if (receipt instanceof Receipt.KeptOut kept) {
                throw new RefusedException(403, EftlError.PUBLISH_DISALLOWED, kept.reason());
            }
        });
    }

    private void request(RestCall call) {
        call.body(body -> requests.ask(call, address -> message(call, body, Optional.of(address))));
    }

    private Message message(RestCall call, byte[] body, Optional<ReplyTo> replyTo) throws ProtocolException {
        EftlClient caller = call.caller();
        Source source = new Source(EftlMapping.PROTOCOL, caller.id(), caller.origin());
        try {
            return call.mapping()
                    .message(
                            codec.bodies().decode(body),
                            caller,
                            source,
                            bus.clock().millis(),
                            replyTo);
        } catch (IllegalArgumentException noTopic) {
            throw call.invalid("_dest: " + noTopic.getMessage());
        }
    }

    /** A caller waits for its answer before it says more, so that a hub that lags is not told faster than it hands out. */
    private static void published(RestCall call, int receivers, boolean lagging) {
        HttpResponse answer = HttpResponse.json(200, "{\"receivers\":" + receivers + "}\n");
        if (lagging) {
            call.loop().schedule(MOMENT, () -> call.answer(answer));
        } else {
            call.answer(answer);
        }
    }
}
