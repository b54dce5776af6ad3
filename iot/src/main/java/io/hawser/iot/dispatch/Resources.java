package io.hawser.iot.dispatch;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.dispatch.request.Answer;
import io.hawser.iot.dispatch.request.RequestDispatcher;
import io.hawser.iot.dispatch.request.RequestHandler;
import io.hawser.iot.wire.DevicePath;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.IotMessage.ResourcesReport;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The five resources that each dispatcher has ({@code specs/iot.md} 1.7.3): who answers, and the report that tells of them. */
final class Resources {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_ALLOWED = 405;

    private static final String GET = "GET";
    private static final String PUT = "PUT";
    private static final Json JSON = new Json(IotLimits.DEFAULT);

    private final Map<String, Map<String, RequestHandler>> handlers = new LinkedHashMap<>();

    /** The resources of {@code dispatcher}; {@code info} is what it tells of its device. */
    Resources(MessageDispatcher dispatcher, RequestHandler info, RequestHandler testState, RequestHandler testChange) {
        add(
                "message_dispatcher",
                "counters",
                Map.of(GET, request -> Answer.json(OK, dispatcher.counters().toFields())));
        add("message_dispatcher", "reset", Map.of(PUT, request -> {
            dispatcher.resetCounters();
            return Answer.of(OK);
        }));
        add(
                "message_dispatcher",
                "pollingInterval",
                Map.of(
                        GET,
                        request -> Answer.json(
                                OK,
                                Fields.of(
                                        "value",
                                        Value.of(dispatcher.pollingInterval().toMillis()))),
                        PUT,
                        request -> setInterval(dispatcher, request)));
        add("diagnostics", "info", Map.of(GET, info));
        add("diagnostics", "testConnectivity", Map.of(GET, testState, PUT, testChange));
    }

    /** Lets them answer for {@code endpointId}. */
    void register(RequestDispatcher requests, String endpointId) {
        handlers.forEach((path, methods) -> requests.register(endpointId, path, request -> {
            RequestHandler handler = methods.get(request.method());
            return handler == null
                    ? Answer.text(NOT_ALLOWED, path + " knows " + methods(methods) + " only")
                    : handler.handle(request);
        }));
    }

    /** What tells the server of them. */
    IotMessage report(IotHead head) {
        String endpointId = head.source();
        List<ResourcesReport.Resource> resources = handlers.entrySet().stream()
                .map(each -> new ResourcesReport.Resource(
                        endpointId,
                        each.getKey(),
                        each.getKey(),
                        ResourcesReport.Status.ADDED,
                        methods(each.getValue())))
                .toList();
        return new ResourcesReport(head, ResourcesReport.Change.UPDATE, endpointId, Optional.empty(), resources);
    }

    /** The object that the body of {@code request} says; none if it is empty. */
    static Fields body(IotMessage.Request request) throws ProtocolException {
        byte[] bytes = request.body().bytes();
        return bytes.length == 0 ? Fields.EMPTY : JSON.object(bytes);
    }

    private static Answer setInterval(MessageDispatcher dispatcher, IotMessage.Request request) {
        try {
            Value value = body(request).find("value");
            double millis = value instanceof Value.Int whole
                    ? whole.value()
                    : value instanceof Value.Real real ? real.value() : -1;
            if (millis < 0 || millis > Integer.MAX_VALUE) {
                return Answer.text(
                        BAD_REQUEST, "value must be a number of milliseconds from 0 to " + Integer.MAX_VALUE);
            }
            dispatcher.pollingInterval(Duration.ofMillis((long) millis));
            return Answer.of(OK);
        } catch (ProtocolException wrong) {
            return Answer.text(BAD_REQUEST, wrong.reason());
        }
    }

    private void add(String capability, String name, Map<String, RequestHandler> methods) {
        handlers.put(DevicePath.capability(capability, name).url(), methods);
    }

    private static List<String> methods(Map<String, RequestHandler> methods) {
        return methods.keySet().stream().sorted().toList();
    }
}
