package io.hawser.iot.gateway.operator;

import io.hawser.core.access.Principal;
import io.hawser.iot.gateway.call.Holder;
import io.hawser.iot.gateway.call.IotCall;
import io.hawser.iot.gateway.call.Operator;
import io.hawser.iot.gateway.call.Rejection;
import io.hawser.iot.registry.Application;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.Integration;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.command.Command;
import io.hawser.iot.registry.command.CommandOrder;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the calls of operators work with. A program sees the application of its integration, a user of the hub the devices that rules let
 * it see, of all applications; all else is not there for them. Owner: the gateway's loop.
 *
 * @param registry what is kept of devices
 * @param online whether the device of an endpoint id is there
 * @param guard what users may do, and what may be asked of devices
 */
public record OperatorDesk(Registry registry, Predicate<String> online, Guard guard) {

    /** The applications of {@code operator}: of a user, those in which it sees a device. */
    Collection<Application> applications(Operator operator) {
        if (operator instanceof Holder.Program program) {
            return List.of(own(program));
        }
        Set<String> seen = registry.devices().all().stream()
                .filter(device -> sees(operator, device))
                .map(Device::application)
                .collect(Collectors.toSet());
        return registry.applications().all().stream()
                .filter(application -> seen.contains(application.id()))
                .toList();
    }

    /** The application {@code id}; for a program it must be its own. */
    public Application application(Operator operator, String id) {
        return registry.applications()
                .get(id)
                .filter(found -> !(operator instanceof Holder.Program program)
                        || own(program).id().equals(id))
                .orElseThrow(() -> new Rejection(404, "there is no application " + id + " for " + operator.id()));
    }

    /**
     * Into which application {@code operator} registers a device.
     *
     * @param named the id or the name that it says; a program need not, nor a user where there is one alone
     */
    Application into(Operator operator, Optional<String> named) {
        if (named.isPresent()) {
            String id = registry.applications()
                    .named(named.get())
                    .map(Application::id)
                    .orElse(named.get());
            return application(operator, id);
        }
        Collection<Application> all = operator instanceof Holder.Program program
                ? List.of(own(program))
                : registry.applications().all();
        if (all.isEmpty()) {
            throw new Rejection(409, "there is no application to register it in; hawser app add NAME makes one");
        }
        if (all.size() > 1) {
            throw new Rejection(400, "application is missing: there are " + all.size() + "; say the id or name of one");
        }
        return all.iterator().next();
    }

    /** Whether {@code device} is there for {@code operator}. */
    boolean sees(Operator operator, Device device) {
        return operator instanceof Operator.User user
                ? guard.sees(user.principal(), device)
                : device.application().equals(own((Holder.Program) operator).id());
    }

    /** The device with the endpoint id {@code id}. */
    Device device(Operator operator, String id) {
        return registry.devices()
                .get(id)
                .filter(device -> sees(operator, device))
                .orElseThrow(() -> new Rejection(404, "there is no device " + id + " in this application"));
    }

    /** The device with the endpoint id {@code id} of {@code application}. */
    public Device device(Operator operator, Application application, String id) {
        Device found = device(operator, id);
        if (!found.application().equals(application.id())) {
            throw new Rejection(404, "there is no device " + id + " in this application");
        }
        return found;
    }

    /** The command {@code id}, of a device of {@code operator}. */
    public Command command(Operator operator, String id) {
        return registry.commands()
                .get(id)
                .filter(command -> operator instanceof Holder.Program program
                        ? command.order().application().equals(own(program).id())
                        : registry.devices()
                                .get(command.device())
                                .filter(device -> sees(operator, device))
                                .isPresent())
                .orElseThrow(() -> new Rejection(404, "there is no request " + id));
    }

    /** Lets {@code order} be given to {@code device}, or says which rule is missing. */
    public void pass(Operator operator, IotCall call, Device device, CommandOrder order) {
        guard.pass(principal(operator), call.from(), device, order);
    }

    /** Lets {@code operator} do {@code deed} with the device {@code hardwareId}; a program may with those of its application. */
    void change(Operator operator, IotCall call, String hardwareId, String deed) {
        if (operator instanceof Operator.User user) {
            guard.change(user.principal(), call.from(), hardwareId, deed);
        }
    }

    /** Lets {@code operator} import the model {@code urn}; a program may. */
    void model(Operator operator, IotCall call, String urn) {
        if (operator instanceof Operator.User user) {
            guard.model(user.principal(), call.from(), urn);
        }
    }

    private Principal principal(Operator operator) {
        return operator instanceof Operator.User user
                ? user.principal()
                : Guard.program(registry.integrations()
                        .get(operator.id())
                        .map(Integration::name)
                        .orElse(operator.id()));
    }

    private Application own(Holder.Program program) {
        return registry.integrations()
                .get(program.id())
                .map(Integration::application)
                .flatMap(registry.applications()::get)
                .orElseThrow(() -> new Rejection(401, "this integration is not known any more"));
    }
}
