package io.hawser.iot.gateway.operator;

import io.hawser.iot.gateway.call.Holder;
import io.hawser.iot.gateway.call.Rejection;
import io.hawser.iot.registry.Application;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.Integration;
import io.hawser.iot.registry.Registry;
import java.util.function.Predicate;

/**
 * What the calls of operators work with. An operator sees the application of its integration and nothing beside it: all else is not
 * there for it. Owner: the gateway's loop.
 *
 * @param registry what is kept of devices
 * @param online whether the device of an endpoint id is there
 */
public record OperatorDesk(Registry registry, Predicate<String> online) {

    /** The application of {@code operator}. */
    public Application application(Holder.Operator operator) {
        return registry.integrations()
                .get(operator.id())
                .map(Integration::application)
                .flatMap(registry.applications()::get)
                .orElseThrow(() -> new Rejection(401, "this integration is not known any more"));
    }

    /** The application {@code id}, which must be that of {@code operator}. */
    public Application application(Holder.Operator operator, String id) {
        Application own = application(operator);
        if (!own.id().equals(id)) {
            throw new Rejection(404, "there is no application " + id + " for this integration");
        }
        return own;
    }

    /** The device with the endpoint id {@code id} of {@code application}. */
    public Device device(Application application, String id) {
        return registry.devices()
                .get(id)
                .filter(device -> device.application().equals(application.id()))
                .orElseThrow(() -> new Rejection(404, "there is no device " + id + " in this application"));
    }
}
