package io.hawser.iot.gateway.operator;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.call.IotCall;
import io.hawser.iot.gateway.call.Operator;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.history.DeviceMessage;
import io.hawser.iot.registry.history.HistoryQuery;
import io.hawser.iot.registry.history.KeptMessage;
import io.hawser.iot.registry.history.MessageKind;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.operator.Page;
import io.hawser.iot.wire.operator.Page.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** What devices said ({@code specs/iot.md} 1.9): ten messages a call unless more are asked for, at most 200. Owner: the gateway's loop. */
final class HistoryCalls {
    private static final int LIMIT = 10;

    private final OperatorDesk desk;

    HistoryCalls(OperatorDesk desk) {
        this.desk = desk;
    }

    /** {@code GET /messages} and {@code GET /apps/APP/messages}. */
    void messages(IotCall call, Operator operator) {
        Predicate<Device> asked = asked(call, operator);
        ApplicationCalls.answered(call, listing -> {
            HistoryQuery query = query(asked, listing);
            call.after(desk.registry().history().read(query), found -> {
                List<Fields> items =
                        found.messages().stream().map(HistoryCalls::json).toList();
                int end = query.offset() + items.size();
                boolean more = !items.isEmpty() && end < found.total();
                List<Link> links = new ArrayList<>(List.of(new Link("self", listing.url(query.offset()))));
                if (more) {
                    links.add(new Link("next", listing.url(end)));
                }
                OptionalLong total =
                        listing.flag("totalResults") ? OptionalLong.of(found.total()) : OptionalLong.empty();
                call.answer(Listing.answer(200, new Page(items, more, query.offset(), total, links).fields()));
            });
        });
    }

    /** {@code GET /messages/count} and {@code GET /apps/APP/messages/count}. */
    void count(IotCall call, Operator operator) {
        Predicate<Device> asked = asked(call, operator);
        ApplicationCalls.answered(
                call,
                listing -> call.answer(Listing.count(desk.registry().history().count(query(asked, listing)))));
    }

    /** Of one application, if the path names one. */
    private Predicate<Device> asked(IotCall call, Operator operator) {
        if (call.request().parameters().containsKey("app")) {
            String own =
                    desk.application(operator, call.request().parameter("app")).id();
            return device -> device.application().equals(own) && desk.sees(operator, device);
        }
        return device -> desk.sees(operator, device);
    }

    private HistoryQuery query(Predicate<Device> asked, Listing listing) throws ProtocolException {
        String order = listing.request().query("orderBy").orElse("deliveredTime:desc");
        if (!order.matches("(deliveredTime|receivedTime|eventTime):(asc|desc)")) {
            throw ProtocolException.of("orderBy is neither deliveredTime:asc nor deliveredTime:desc");
        }
        return new HistoryQuery(
                listing.request().query("device"),
                id -> desk.registry().devices().get(id).filter(asked).isPresent(),
                kind(listing.request().query("type")),
                listing.number("since", -1, Long.MAX_VALUE),
                listing.number("until", Long.MAX_VALUE, Long.MAX_VALUE),
                (int) listing.number("offset", 0, Integer.MAX_VALUE),
                listing.limit(LIMIT),
                order.endsWith(":desc"));
    }

    private static Optional<MessageKind> kind(Optional<String> type) throws ProtocolException {
        if (type.isEmpty()) {
            return Optional.empty();
        }
        for (MessageKind kind : MessageKind.values()) {
            if (kind.name().equals(type.get())) {
                return Optional.of(kind);
            }
        }
        throw ProtocolException.of(
                "type is none of " + Arrays.toString(MessageKind.values()) + "; nothing else is kept");
    }

    private static Fields json(KeptMessage kept) {
        DeviceMessage said = kept.message();
        Fields.Builder payload = Fields.builder().put("format", said.format());
        if (said.kind() == MessageKind.ALERT) {
            payload.put("severity", said.severity()).put("description", said.description());
        }
        payload.put("data", new Value.Nested(said.data()));
        return Fields.builder()
                .put("id", kept.id())
                .put("clientId", said.clientId())
                .put("source", said.device())
                .put("destination", "")
                .put("sender", "")
                .put("priority", said.priority())
                .put("reliability", said.reliability())
                .put("eventTime", said.eventTime())
                .put("type", said.kind().name())
                .put("direction", "FROM_DEVICE")
                .put("receivedTime", kept.received())
                .put("payload", new Value.Nested(payload.build()))
                .build();
    }
}
