package io.hawser.iot.gateway.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.call.IotCall;
import io.hawser.iot.gateway.call.Operator;
import io.hawser.iot.gateway.call.Rejection;
import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.model.ModelException;
import io.hawser.iot.registry.Application;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.DeviceState;
import io.hawser.iot.registry.Registration;
import io.hawser.iot.registry.Secret;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.operator.Filter;
import io.hawser.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Finds, registers and changes devices, and imports models. Owner: the gateway's loop. */
final class DeviceCalls {
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final List<String> OWN =
            List.of("hardwareId", "sharedSecret", "name", "description", "metadata", "application");

    private final OperatorDesk desk;

    DeviceCalls(OperatorDesk desk) {
        this.desk = desk;
    }

    /** {@code GET /apps/APP/devices}. */
    void devices(IotCall call, Operator operator) {
        Application own = desk.application(operator, call.request().parameter("app"));
        ApplicationCalls.answered(call, listing -> {
            List<Fields> found =
                    found(operator, own, listing).stream().map(listing::chosen).toList();
            call.answer(listing.page(found));
        });
    }

    /** {@code GET /apps/APP/devices/count}. */
    void count(IotCall call, Operator operator) {
        Application own = desk.application(operator, call.request().parameter("app"));
        ApplicationCalls.answered(
                call,
                listing ->
                        call.answer(Listing.count(found(operator, own, listing).size())));
    }

    /** {@code GET /apps/APP/devices/DEVICE}. */
    void device(IotCall call, Operator operator) {
        Application own = desk.application(operator, call.request().parameter("app"));
        Device device = desk.device(operator, own, call.request().parameter("device"));
        call.answer(Listing.answer(200, new Listing(call.request()).chosen(json(device))));
    }

    /** {@code GET /apps/APP/devices/DEVICE/resources}: what it has reported. */
    void resources(IotCall call, Operator operator) {
        Application own = desk.application(operator, call.request().parameter("app"));
        Device device = desk.device(operator, own, call.request().parameter("device"));
        List<Fields> found = desk.registry().resources().of(device.id()).stream()
                .map(DeviceJson::resource)
                .toList();
        ApplicationCalls.answered(call, listing -> call.answer(listing.page(found)));
    }

    /** {@code POST /devices}, into the {@code application} that it names: the answer shows the secret in base64 if the hub has made it. */
    void register(IotCall call, Operator operator) {
        call.body(JSON::object, body -> {
            String hardwareId = hardwareId(body);
            desk.change(operator, call, hardwareId, "register");
            Registration wanted = registration(hardwareId, body, desk.into(operator, body.string("application")));
            call.after(desk.registry().devices().register(wanted), device -> {
                Fields.Builder answer = json(device).toBuilder();
                device.keys()
                        .secret()
                        .filter(secret -> wanted.secret().isEmpty())
                        .ifPresent(secret -> answer.put("sharedSecret", new Value.Opaque(secret.bytes())));
                call.answer(Listing.answer(201, answer.build()));
            });
        });
    }

    /** {@code PATCH /devices/DEVICE}, or POST that says it is one: {@code state} becomes DISABLED or ACTIVATED. */
    void change(IotCall call, Operator operator) {
        Device device = desk.device(operator, call.request().parameter("device"));
        desk.change(operator, call, device.hardwareId(), "change");
        call.body(
                JSON::object,
                fields -> call.after(changed(device, fields), after -> call.answer(Listing.answer(200, json(after)))));
    }

    /** {@code POST /deviceModels}: all that is wrong with a model is said at once. */
    void importModel(IotCall call, Operator operator) {
        call.body(DeviceCalls::model, model -> {
            desk.model(operator, call, model.urn());
            Value.Opaque json = new Value.Opaque(Json.write(model.fields()));
            call.after(
                    desk.registry().models().put(model.urn(), json),
                    file -> call.answer(
                            HttpResponse.of(201, "application/json", file.json().bytes())));
        });
    }

    private Fields json(Device device) {
        return DeviceJson.device(
                device, desk.online().test(device.id()), desk.registry().heard().of(device.id()));
    }

    private List<Fields> found(Operator operator, Application own, Listing listing) throws ProtocolException {
        Filter filter = listing.filter();
        boolean all = listing.flag("includeDecommissioned");
        List<Fields> found = new ArrayList<>();
        for (Device device : desk.registry().devices().all()) {
            boolean there = device.application().equals(own.id()) && desk.sees(operator, device);
            if (there && (all || device.state() != DeviceState.DECOMMISSIONED)) {
                Fields fields = json(device);
                if (filter.matches(fields)) {
                    found.add(fields);
                }
            }
        }
        return found;
    }

    private CompletableFuture<Device> changed(Device device, Fields fields) throws ProtocolException {
        String state = fields.string("state").orElse("");
        return switch (state) {
            case "DISABLED" -> desk.registry().devices().disable(device.id());
            case "ACTIVATED" -> desk.registry().devices().enable(device.id());
            default -> throw ProtocolException.of("state is neither DISABLED nor ACTIVATED");
        };
    }

    private static String hardwareId(Fields fields) throws ProtocolException {
        return fields.string("hardwareId")
                .filter(id -> !id.isEmpty())
                .orElseThrow(() -> ProtocolException.of("hardwareId is missing"));
    }

    private static Registration registration(String hardwareId, Fields fields, Application own)
            throws ProtocolException {
        Map<String, String> metadata = new HashMap<>();
        if (fields.find("metadata") instanceof Value.Nested nested) {
            texts(nested.fields(), metadata);
        }
        texts(fields, metadata);
        metadata.keySet().removeAll(OWN);
        return new Registration(
                hardwareId,
                own.id(),
                fields.string("name").orElse(""),
                fields.string("description").orElse(""),
                metadata,
                secret(fields));
    }

    private static void texts(Fields fields, Map<String, String> texts) {
        for (String name : fields.names()) {
            fields.string(name).ifPresent(text -> texts.put(name, text));
        }
    }

    private static Optional<Secret> secret(Fields fields) throws ProtocolException {
        Optional<String> base64 = fields.string("sharedSecret");
        if (base64.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Secret(Base64.getDecoder().decode(base64.get().getBytes(UTF_8))));
        } catch (IllegalArgumentException noBase64) {
            throw ProtocolException.of("sharedSecret is no base64");
        }
    }

    private static DeviceModel model(byte[] body) throws ProtocolException {
        try {
            return DeviceModel.read(JSON.object(body));
        } catch (ModelException wrong) {
            throw new Rejection(400, wrong.reason());
        }
    }
}
