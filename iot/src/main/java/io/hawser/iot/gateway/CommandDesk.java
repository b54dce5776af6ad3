package io.hawser.iot.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.access.Principal;
import io.hawser.core.count.Counter;
import io.hawser.core.count.Departures;
import io.hawser.core.event.EventCode;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Ending;
import io.hawser.core.message.Message;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Interest;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.route.Receipt;
import io.hawser.core.route.Scope;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.Session;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.call.Refusals;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.command.Command;
import io.hawser.iot.registry.command.CommandAnswer;
import io.hawser.iot.registry.command.CommandOrder;
import io.hawser.iot.registry.kept.RegistryException;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.net.Loop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the bus wants of devices: each wish becomes a command, and whoever asked hears what became of it. Owner: the gateway's loop.
 */
final class CommandDesk {
    private static final Logger LOG = LoggerFactory.getLogger(CommandDesk.class);
    private static final String NAME = "iot";
    private static final Json JSON = new Json(IotLimits.DEFAULT);

    private final Orders orders;
    private final Registry registry;
    private final Bus bus;
    private final Session<String> session;
    private final Departures departures;
    private final List<LiveSubscription<String>> subscriptions = new ArrayList<>();
    private final Refusals refusals;
    private final Map<String, ReplyTo> askers = new HashMap<>();

    CommandDesk(Orders orders, Registry registry, Bus bus, Loop loop) {
        this.orders = orders;
        this.registry = registry;
        this.bus = bus;
        this.refusals = new Refusals(bus.counters());
        this.departures = new Departures(bus.counters().traffic(), IotMapping.PROTOCOL);
        this.session = new Session<>(NAME, new Principal(NAME), loop, bus.outbox(), bus.counters(), this::drain);
        registry.commands().listen(this::changed);
    }

    /** Joins the bus. */
    void open() {
        for (TopicPattern topic : IotMapping.WISHES) {
            Interest interest = Interest.inTopic(topic, Scope.except(NAME));
            LiveSubscription<String> subscription = new LiveSubscription<>(interest, session, topic.toString());
            subscriptions.add(subscription);
            bus.conductor().add(subscription);
        }
    }

    /** Leaves the bus. */
    void close() {
        subscriptions.forEach(bus.conductor()::remove);
        session.close();
    }

    private void drain() {
        for (Delivery<String> next = session.poll(); next != null; next = session.poll()) {
            Message message = next.message();
            Optional<DeviceWish> wish = IotMapping.wish(message);
            if (wish.isEmpty()) {
                refuse(message, "", Ending.REFUSED, "it says no value");
            } else {
                departures.add(message.weight());
                order(message, wish.get());
            }
        }
        departures.tell();
    }

    /** A device has one name here, or a rule about that could be evaded. */
    private void order(Message message, DeviceWish wish) {
        Optional<Device> device = registry.devices().byHardware(wish.device());
        if (device.isEmpty()) {
            refuse(message, wish.device(), Ending.ABSENT, "there is no device of that name");
            return;
        }
        try {
            CommandOrder order =
                    orders.of(device.get(), wish, message.headers().source().toString());
            registry.queue(inTime(order, message), Requests::size).whenComplete((command, failure) -> {
                refusals.seen(failure);
                if (failure != null) {
                    refuse(
                            message,
                            device.get().hardwareId(),
                            Ending.FAILED,
                            RegistryException.cause(failure).getMessage());
                } else {
                    message.headers().replyTo().ifPresent(asker -> askers.put(command.id(), asker));
                }
            });
        } catch (ProtocolException wrong) {
            refuse(message, device.get().hardwareId(), Ending.REFUSED, wrong.reason());
        }
    }

    /** When nobody waits for it any more, it is not done any more. */
    private CommandOrder inTime(CommandOrder order, Message message) {
        return message.headers()
                .replyTo()
                .map(asker -> order.within(asker.patience(bus.clock().millis(), order.timeToLive())))
                .orElse(order);
    }

    private void refuse(Message message, String device, Ending ending, @Nullable String reason) {
        String why = String.valueOf(reason);
        bus.counters().add(Counter.DROPPED_UNSAYABLE);
        LOG.warn("iot[{}] '{}' is not done: {}", device, message.topic(), why, EventCode.COMMAND_NOT_DONE);
        message.headers().replyTo().ifPresent(asker -> tell(device, asker, ending, Fields.of("error", Value.of(why))));
    }

    private void changed(Command command) {
        if (command.state().ended()) {
            ReplyTo asker = askers.remove(command.id());
            if (asker != null) {
                String name = registry.devices()
                        .get(command.device())
                        .map(Device::hardwareId)
                        .orElse(command.device());
                tell(name, asker, ending(command), outcome(command));
            }
        }
    }

    private static Ending ending(Command command) {
        return switch (command.state()) {
            case COMPLETED -> Ending.DONE;
            case EXPIRED -> Ending.EXPIRED;
            case QUEUED, DELIVERED, FAILED, CANCELLED -> Ending.FAILED;
        };
    }

    private void tell(String device, ReplyTo asker, Ending ending, Fields fields) {
        Message answer =
                IotMapping.answer(device, asker, ending, fields, bus.clock().millis());
        Receipt receipt = bus.router().publish(new Principal(NAME), answer);
        if (receipt instanceof Receipt.Refused refused) {
            LOG.debug("iot[{}] refused: {}", device, refused.reason());
        }
    }

    /** What became of {@code command}: {@code state}, {@code status}, {@code value} if the device said more, {@code error} if it failed. */
    static Fields outcome(Command command) {
        Fields.Builder fields = Fields.builder()
                .put("state", command.state().name().toLowerCase(Locale.ROOT))
                .put("command", command.id());
        command.answer().ifPresent(answer -> {
            fields.put("status", answer.status());
            value(answer).ifPresent(value -> fields.put("value", value));
        });
        if (!command.reason().isEmpty()) {
            Optional<Value> said = command.answer().flatMap(CommandDesk::value);
            fields.put(
                    "error",
                    said.isPresent() && said.get() instanceof Value.Str text
                            ? command.reason() + ": " + text.value()
                            : command.reason());
        }
        return fields.build();
    }

    private static Optional<Value> value(CommandAnswer answer) {
        if (answer.body().length() == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.read(answer.body().bytes()));
        } catch (ProtocolException noJson) {
            return Optional.of(Value.of(new String(answer.body().bytes(), UTF_8)));
        }
    }
}
