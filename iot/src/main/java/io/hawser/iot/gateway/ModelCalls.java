package io.hawser.iot.gateway;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.call.Holder;
import io.hawser.iot.gateway.call.IotCall;
import io.hawser.iot.gateway.call.Rejection;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.policy.Policy;
import io.hawser.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells devices their models and policies ({@code specs/iot.md} 1.6, 4.1). Owner: the gateway's loop. */
final class ModelCalls {
    private static final String DEVICES_ID = "devices.id";

    private final Registry registry;

    ModelCalls(Registry registry) {
        this.registry = registry;
    }

    /** {@code GET /deviceModels/URN}: as it was imported, with or without {@code expand=formats}. */
    void model(IotCall call, Holder holder) {
        String urn = call.request().parameter("urn");
        byte[] json = registry.models()
                .get(urn)
                .orElseThrow(() -> new Rejection(404, "there is no device model " + urn))
                .json()
                .bytes();
        call.answer(HttpResponse.of(200, "application/json", json));
    }

    /** {@code GET /deviceModels/URN/devicePolicies?q={"devices.id":"ENDPOINT"}}: at most one, never an error for none. */
    void policies(IotCall call, Holder.Endpoint asker) {
        String device = call.request()
                .query("q")
                .flatMap(query -> IotGateway.text(query, DEVICES_ID))
                .orElse(asker.id());
        Optional<Policy> policy = mine(asker, device)
                ? registry.policies().of(device, call.request().parameter("urn"))
                : Optional.empty();
        call.answer(items(policy.stream()
                .map(found -> (Value) new Value.Nested(fields(found)))
                .toList()));
    }

    /** {@code GET /deviceModels/URN/devicePolicies/ID}. */
    void policy(IotCall call, Holder.Endpoint asker) {
        call.answer(IotGateway.json(200, fields(known(call))));
    }

    /** {@code GET /deviceModels/URN/devicePolicies/ID/devices}: those of the asker that follow it. */
    void followers(IotCall call, Holder.Endpoint asker) {
        List<Value> items = new ArrayList<>();
        for (String device : registry.policies().devices(known(call).id())) {
            if (mine(asker, device)) {
                items.add(new Value.Nested(Fields.of("id", Value.of(device))));
            }
        }
        call.answer(items(items));
    }

    private Policy known(IotCall call) {
        String id = call.request().parameter("policy");
        return registry.policies()
                .get(id)
                .filter(policy -> policy.model().equals(call.request().parameter("urn")))
                .orElseThrow(() -> new Rejection(404, "there is no device policy " + id));
    }

    /** True if {@code device} is who asks, or behind it. */
    private boolean mine(Holder.Endpoint asker, String device) {
        return device.equals(asker.id())
                || registry.devices()
                        .get(device)
                        .flatMap(Device::gateway)
                        .filter(asker.id()::equals)
                        .isPresent();
    }

    private static HttpResponse items(List<Value> items) {
        return IotGateway.json(200, Fields.of("items", new Value.Sequence(items)));
    }

    private static Fields fields(Policy policy) {
        return Fields.builder()
                .put("id", policy.id())
                .put("pipelines", policy.pipelines())
                .put("enabled", Value.Bool.of(policy.enabled()))
                .put("lastModified", policy.modified())
                .build();
    }
}
