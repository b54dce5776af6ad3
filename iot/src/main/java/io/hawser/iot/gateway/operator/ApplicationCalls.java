package io.hawser.iot.gateway.operator;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.call.IotCall;
import io.hawser.iot.gateway.call.Operator;
import io.hawser.iot.gateway.call.Rejection;
import io.hawser.iot.registry.Application;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.DeviceModelFile;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.operator.Filter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An operator's applications and the models of their devices. Owner: the gateway's loop. */
final class ApplicationCalls {
    private static final Json JSON = new Json(IotLimits.DEFAULT);

    private final OperatorDesk desk;

    ApplicationCalls(OperatorDesk desk) {
        this.desk = desk;
    }

    /** {@code GET /apps}: the operator's, if {@code q} takes them; a program may ask by {@code integrations.id}. */
    void applications(IotCall call, Operator operator) {
        Value self = new Value.Nested(Fields.of("id", Value.of(operator.id())));
        answered(call, listing -> {
            Filter filter = listing.filter();
            List<Fields> found = new ArrayList<>();
            for (Application own : desk.applications(operator)) {
                Fields shown = DeviceJson.application(own);
                if (filter.matches(shown.toBuilder().put("integrations", self).build())) {
                    found.add(shown);
                }
            }
            call.answer(listing.page(found));
        });
    }

    /** {@code GET /apps/APP/deviceModels}: all that are imported, and the drafts of the application's devices. */
    void models(IotCall call, Operator operator) {
        Application own = desk.application(operator, call.request().parameter("app"));
        answered(call, listing -> {
            Filter filter = listing.filter();
            List<Fields> found = new ArrayList<>();
            for (DeviceModelFile file : candidates(filter, own)) {
                Fields model = JSON.object(file.json().bytes());
                if (filter.matches(model)) {
                    found.add(model);
                }
            }
            call.answer(listing.page(found));
        });
    }

    /** {@code GET /apps/APP/deviceApps}: there are none, which the original Java library takes for plain devices. */
    void deviceApps(IotCall call, Operator operator) {
        desk.application(operator, call.request().parameter("app"));
        throw new Rejection(404, "there are no device applications here");
    }

    private Collection<DeviceModelFile> candidates(Filter filter, Application own) {
        Optional<Value> urn = filter.only("urn");
        if (urn.isPresent()) {
            return urn.get() instanceof Value.Str text
                    ? desk.registry().models().get(text.value()).stream().toList()
                    : List.of();
        }
        Set<String> used = desk.registry().devices().all().stream()
                .filter(device -> device.application().equals(own.id()))
                .map(Device::models)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        return desk.registry().models().all().stream()
                .filter(file -> !file.draft() || used.contains(file.urn()))
                .toList();
    }

    /** A step that may find the query wrong. */
    interface Answering {
        void with(Listing listing) throws ProtocolException;
    }

    static void answered(IotCall call, Answering answering) {
        try {
            answering.with(new Listing(call.request()));
        } catch (ProtocolException wrong) {
            call.fail(wrong);
        }
    }
}
