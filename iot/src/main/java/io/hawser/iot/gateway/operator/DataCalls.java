package io.hawser.iot.gateway.operator;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.call.IotCall;
import io.hawser.iot.gateway.call.Operator;
import io.hawser.iot.registry.Application;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.history.History;
import io.hawser.iot.registry.history.KeptMessage;
import io.hawser.iot.registry.history.KnownValue;
import io.hawser.iot.registry.history.LastKnown;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What is known of devices now ({@code specs/iot.md} 1.9): the original libraries ask again and again, each time from where the answer
 * before ended, so that nothing is missed and nothing told twice. Owner: the gateway's loop.
 */
final class DataCalls {
    private static final Json JSON = new Json(IotLimits.DEFAULT);

    private final OperatorDesk desk;

    DataCalls(OperatorDesk desk) {
        this.desk = desk;
    }

    /**
     * What is asked for.
     *
     * @param since what came later than this; everything if below 0
     * @param formatSince messages in formats of their own that came later than this
     * @param formatLimit at most so many of each format
     */
    private record Window(long since, long formatSince, int formatLimit) {
        static Window of(Listing listing) throws ProtocolException {
            long since = listing.number("since", -1, Long.MAX_VALUE);
            return new Window(since, Math.max(since, listing.number("formatSince", -1, Long.MAX_VALUE)), (int)
                    listing.number("formatLimit", LastKnown.NEWEST, Integer.MAX_VALUE));
        }
    }

    /** {@code POST /apps/APP/devices/data}: by device the models that are asked for. */
    void data(IotCall call, Operator operator) {
        Application own = desk.application(operator, call.request().parameter("app"));
        ApplicationCalls.answered(call, listing -> {
            Window window = Window.of(listing);
            call.body(JSON::object, wanted -> {
                long until = desk.registry().history().told();
                call.after(
                        all(operator, own, wanted, window),
                        data -> call.answer(Listing.answer(
                                200,
                                Fields.builder()
                                        .put("until", until)
                                        .put("data", new Value.Nested(data))
                                        .build())));
            });
        });
    }

    /** {@code GET .../attributes}: the last value of each. */
    void attributes(IotCall call, Operator operator) {
        List<Fields> values = new ArrayList<>();
        known(call, operator)
                .ifPresent(known -> known.attributes().forEach((name, value) -> values.add(attribute(name, value))));
        ApplicationCalls.answered(call, listing -> call.answer(listing.page(values)));
    }

    /** {@code GET .../attributes/NAME}: its last value; without one there is no {@code value}. */
    void attribute(IotCall call, Operator operator) {
        String name = call.request().parameter("name");
        Fields answer = known(call, operator)
                .map(known -> known.attributes().get(name))
                .map(value -> attribute(name, value))
                .orElse(Fields.of("name", Value.of(name)));
        call.answer(Listing.answer(200, answer));
    }

    private static Fields attribute(String name, KnownValue value) {
        return Fields.builder()
                .put("name", name)
                .put("value", value.value())
                .put("eventTime", value.eventTime())
                .put("receivedTime", value.received())
                .build();
    }

    private Optional<LastKnown> known(IotCall call, Operator operator) {
        Application own = desk.application(operator, call.request().parameter("app"));
        Device device = desk.device(operator, own, call.request().parameter("device"));
        return desk.registry().history().known(device.id(), call.request().parameter("urn"));
    }

    private CompletableFuture<Fields> all(Operator operator, Application own, Fields wanted, Window window)
            throws ProtocolException {
        CompletableFuture<Fields.Builder> all = CompletableFuture.completedFuture(Fields.builder());
        for (int i = 0; i < wanted.size(); i++) {
            String id = wanted.name(i);
            List<String> urns = urns(id, wanted.value(i));
            Optional<Device> device = desk.registry()
                    .devices()
                    .get(id)
                    .filter(each -> each.application().equals(own.id()) && desk.sees(operator, each));
            if (device.isPresent()) {
                all = all.thenCombine(of(id, urns, window), (data, models) -> {
                    if (!models.isEmpty()) {
                        data.put(id, new Value.Nested(models));
                    }
                    return data;
                });
            }
        }
        return all.thenApply(Fields.Builder::build);
    }

    private CompletableFuture<Fields> of(String device, List<String> urns, Window window) {
        CompletableFuture<Fields.Builder> all = CompletableFuture.completedFuture(Fields.builder());
        for (String urn : urns) {
            all = all.thenCombine(of(device, urn, window), (models, model) -> {
                model.ifPresent(fields -> models.put(urn, new Value.Nested(fields)));
                return models;
            });
        }
        return all.thenApply(Fields.Builder::build);
    }

    /** What is known by one model; nothing if nothing is new. */
    private CompletableFuture<Optional<Fields>> of(String device, String urn, Window window) {
        History history = desk.registry().history();
        Optional<LastKnown> known = history.known(device, urn);
        Fields.Builder attributes = Fields.builder();
        CompletableFuture<Fields.Builder> formats = CompletableFuture.completedFuture(Fields.builder());
        if (known.isPresent()) {
            for (Map.Entry<String, KnownValue> each : known.get().attributes().entrySet()) {
                if (each.getValue().received() > window.since()) {
                    attributes.put(each.getKey(), each.getValue().value());
                }
            }
            for (String format : known.get().formats().keySet()) {
                formats = formats.thenCombine(
                        history.newest(device, urn, format, window.formatLimit()), (found, newest) -> {
                            List<Value> messages = messages(newest, window.formatSince());
                            return messages.isEmpty() ? found : found.put(format, new Value.Sequence(messages));
                        });
            }
        }
        Fields values = attributes.build();
        return formats.thenApply(found -> {
            Fields messages = found.build();
            if (window.since() >= 0 && values.isEmpty() && messages.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(Fields.builder()
                    .put("attributes", new Value.Nested(values))
                    .put("formats", new Value.Nested(messages))
                    .build());
        });
    }

    /** The oldest first. */
    private static List<Value> messages(List<KeptMessage> newest, long since) {
        List<Value> messages = new ArrayList<>();
        for (KeptMessage kept : newest) {
            if (kept.received() > since) {
                Fields.Builder message =
                        Fields.builder().put("eventTime", kept.message().eventTime());
                if (!kept.message().severity().isEmpty()) {
                    message.put("severity", kept.message().severity());
                }
                message.put("fields", new Value.Nested(kept.message().data()));
                messages.add(new Value.Nested(message.build()));
            }
        }
        Collections.reverse(messages);
        return messages;
    }

    private static List<String> urns(String device, Value value) throws ProtocolException {
        List<String> urns = new ArrayList<>();
        if (value instanceof Value.Sequence list) {
            for (Value each : list.values()) {
                if (each instanceof Value.Str urn) {
                    urns.add(urn.value());
                }
            }
            if (urns.size() == list.values().size()) {
                return urns;
            }
        }
        throw ProtocolException.of(ProtocolException.shown(device) + " is no array of URNs");
    }
}
