package io.hawser.iot.gateway;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.call.Holder;
import io.hawser.iot.gateway.call.IotCall;
import io.hawser.iot.gateway.call.Rejection;
import io.hawser.iot.registry.Registry;
import io.hawser.net.http.HttpResponse;
import java.util.List;

/** Tells devices their models ({@code specs/iot.md} 1.6). Owner: the gateway's loop. */
final class ModelCalls {
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

    /** {@code GET /deviceModels/URN/devicePolicies}. */
    void policies(IotCall call, Holder.Endpoint device) {
        call.answer(IotGateway.json(200, Fields.of("items", new Value.Sequence(List.of()))));
    }
}
