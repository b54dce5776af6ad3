package io.hawser.iot.gateway;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.call.IotCall;
import io.hawser.iot.gateway.call.IotDoor;
import io.hawser.iot.gateway.call.Operator;
import io.hawser.iot.gateway.call.Rejection;
import io.hawser.iot.gateway.operator.OperatorDesk;
import io.hawser.iot.registry.Application;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.command.Command;
import io.hawser.iot.registry.command.CommandOrder;
import io.hawser.iot.wire.DevicePath;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.operator.RequestState;
import io.hawser.iot.wire.operator.RequestState.Status;
import io.hawser.net.http.HttpRequest;
import io.hawser.net.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator's program wants of a device ({@code specs/iot.md} 1.9): it becomes a command, and is answered with 202 once the store
 * has it. Owner: the gateway's loop.
 */
final class OperatorCommands {
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final String VALUE = "value";
    private static final List<String> METHODS = List.of("GET", "PUT", "POST", "PATCH", "DELETE");

    private final OperatorDesk desk;
    private final Orders orders;

    OperatorCommands(OperatorDesk desk, Orders orders) {
        this.desk = desk;
        this.orders = orders;
    }

    /** The routes below {@code root}. */
    List<Route> routes(String root, IotDoor door) {
        String device = root + "/apps/{app}/devices/{device}";
        String model = device + "/deviceModels/{urn}";
        List<Route> routes = new ArrayList<>(List.of(
                door.operators("PUT", model + "/attributes/{name}", this::write),
                door.operators("POST", model + "/attributes", this::writeAll),
                door.operators("PATCH", model + "/attributes", this::writeAll),
                door.operators("POST", model + "/actions/{name}", this::act),
                door.operators("GET", root + "/requests/{id}", this::state)));
        for (String method : METHODS) {
            routes.add(door.operators(method, device + "/resources/{path*}", this::resource));
        }
        return routes;
    }

    /** A body as an order. */
    private interface Ordering {
        CommandOrder of(Device device, String urn, Fields body) throws ProtocolException;
    }

    /** {@code PUT .../attributes/NAME}. */
    private void write(IotCall call, Operator operator) {
        String name = call.request().parameter("name");
        order(call, operator, (device, urn, body) -> {
            Value value = body.get(VALUE).orElseThrow(() -> ProtocolException.of("value is missing"));
            return orders.write(device, urn, name, value, operator.id());
        });
    }

    /** {@code PATCH .../attributes}, or POST that says it is one. */
    private void writeAll(IotCall call, Operator operator) {
        order(call, operator, (device, urn, body) -> {
            if (body.isEmpty()) {
                throw ProtocolException.of("there is no attribute to be written");
            }
            return orders.write(device, urn, body, operator.id());
        });
    }

    /** {@code POST .../actions/NAME}; without argument the value is null or not there. */
    private void act(IotCall call, Operator operator) {
        String name = call.request().parameter("name");
        order(call, operator, (device, urn, body) -> {
            Optional<Value> argument = body.get(VALUE).filter(value -> value != Value.Null.NULL);
            return orders.call(device, urn, name, argument, operator.id());
        });
    }

    /** Any method on {@code .../resources/PATH}: goes to the device as it is. */
    private void resource(IotCall call, Operator operator) {
        HttpRequest request = call.request();
        Device device = device(call, operator);
        String url = new DevicePath.Resource(List.of(request.parameter("path").split("/", -1))).url();
        String method = request.header("x-http-method-override")
                .filter(METHODS::contains)
                .orElse(request.method());
        call.body(
                body -> body,
                body -> queue(call, operator, device, orders.resource(device, method, url, body, operator.id())));
    }

    /** {@code GET /requests/ID}: 202 as long as something can become of it, then 200. */
    private void state(IotCall call, Operator operator) {
        Command command = desk.command(operator, call.request().parameter("id"));
        answer(call, command, command.state().ended() ? 200 : 202);
    }

    private void order(IotCall call, Operator operator, Ordering ordering) {
        Device device = device(call, operator);
        String urn = call.request().parameter("urn");
        if (!device.models().contains(urn)) {
            throw new Rejection(404, "device " + device.id() + " has no model " + urn);
        }
        call.body(
                body -> body.length == 0 ? Fields.EMPTY : JSON.object(body),
                said -> queue(call, operator, device, ordering.of(device, urn, said)));
    }

    private void queue(IotCall call, Operator operator, Device device, CommandOrder order) {
        desk.pass(operator, call, device, order);
        call.after(desk.registry().queue(order, Requests::size), command -> answer(call, command, 202));
    }

    private Device device(IotCall call, Operator operator) {
        Application own = desk.application(operator, call.request().parameter("app"));
        return desk.device(operator, own, call.request().parameter("device"));
    }

    private static void answer(IotCall call, Command command, int status) {
        String host = call.request().header("host").orElse("localhost");
        String href = "https://" + host + "/iot/api/v2/requests/" + command.id();
        call.answer(IotGateway.json(status, state(command, href).fields()));
    }

    private static RequestState state(Command command, String href) {
        CommandOrder order = command.order();
        Optional<IotMessage.Response> response = command.answer()
                .map(said -> new IotMessage.Response(
                        IotHead.of("", order.device(), said.at()),
                        said.status(),
                        command.id(),
                        "",
                        Map.of(),
                        said.body()));
        return new RequestState(
                command.id(), order.url(), order.method(), status(command), href, response, command.reason());
    }

    private static Status status(Command command) {
        return switch (command.state()) {
            case QUEUED -> Status.RECEIVED;
            case DELIVERED -> Status.DISPATCHED;
            case COMPLETED -> Status.COMPLETED;
            case FAILED -> Status.FAILED;
            case EXPIRED -> Status.EXPIRED;
            case CANCELLED -> Status.CANCELLED;
        };
    }
}
