package io.hawser.app.admin.device;

import io.hawser.app.admin.Answers;
import io.hawser.app.admin.Question;
import io.hawser.app.admin.Rejection;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.DeviceWish;
import io.hawser.iot.gateway.IotGateway;
import io.hawser.iot.registry.Application;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.Devices;
import io.hawser.iot.registry.Registration;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.Secret;
import io.hawser.iot.registry.command.Command;
import io.hawser.iot.registry.command.CommandQuery;
import io.hawser.iot.registry.history.HistoryQuery;
import io.hawser.iot.registry.history.MessageKind;
import io.hawser.iot.registry.kept.RegistryException;
import io.hawser.net.http.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The devices of Oracle IoT Cloud Service, what they said, and what they are asked. A device is named by its endpoint id or its
 * hardware id.
 *
 * <pre>
 *   GET    /devices                         all of them
 *   POST   /devices {"hardware_id":..}      registers one; the answer has its secret, this once. Also "name", "description",
 *                                           "application" (its name; else "default", made if it is not there), "secret"
 *   GET    /devices/DEVICE                  what is known of it
 *   DELETE /devices/DEVICE                  removes it with its history
 *   POST   /devices/DEVICE/CHANGE           enable, disable, decommission, revoke, rotate (the answer has its new secret)
 *   GET    /devices/DEVICE/attributes       {"items":[..]}: the last value of each
 *   GET    /devices/DEVICE/messages         ?kind=alert&amp;since=MS&amp;offset=&amp;limit=: what it said, the newest first
 *   GET    /devices/DEVICE/commands         what it was asked, the newest first
 *   POST   /devices/DEVICE/commands         {"attributes":{NAME:VALUE}} or {"action":NAME,"value":VALUE}; "expiry"
 *                                           and "wait" (seconds until the answer says how it ended) if wanted
 *   GET    /commands/COMMAND                how far it is
 *   DELETE /commands/COMMAND                takes it back
 * </pre>
 */
public final class DeviceApi {
    /** Where a device belongs of which nobody says so. */
    static final String APPLICATION = "default";

    private static final int LONGEST_WAIT = 60;
    private static final int LONGEST_EXPIRY = 366 * 24 * 3_600;

    private final Answers answers;
    private final IotGateway gateway;

    /** About the devices of {@code gateway}. */
    public DeviceApi(Answers answers, IotGateway gateway) {
        this.answers = answers;
        this.gateway = gateway;
    }

    /** What can be asked. */
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>(List.of(
                answers.list(
                        "/devices",
                        () -> gateway.ask(registry -> CompletableFuture.completedFuture(
                                List.copyOf(registry.devices().all()))),
                        page -> answers.then(gateway.online(), online -> page.stream()
                                .map(device -> DeviceRows.row(device, online.contains(device.id()))
                                        .build())
                                .toList())),
                answers.post("/devices", this::register),
                answers.get("/devices/{device}", this::show),
                answers.delete("/devices/{device}", question -> change(question, Devices::remove)),
                answers.get("/devices/{device}/attributes", this::attributes),
                answers.get("/devices/{device}/messages", this::messages),
                answers.get("/devices/{device}/commands", this::commands),
                answers.post("/devices/{device}/commands", this::order),
                answers.get(
                        "/commands/{command}",
                        question -> command(registry -> registry.commands()
                                .get(question.part("command"))
                                .map(CompletableFuture::completedFuture)
                                .orElseThrow(() -> RegistryException.unknown("command " + question.part("command"))))),
                answers.delete(
                        "/commands/{command}",
                        question -> command(registry -> registry.commands().cancel(question.part("command"))))));
        Map<String, BiFunction<Devices, String, CompletableFuture<Device>>> changes = Map.of(
                "enable", Devices::enable,
                "disable", Devices::disable,
                "decommission", Devices::decommission,
                "revoke", Devices::revoke);
        changes.forEach((name, change) ->
                routes.add(answers.post("/devices/{device}/" + name, question -> change(question, change))));
        routes.add(answers.post("/devices/{device}/rotate", this::rotate));
        return routes;
    }

    /** What {@code work} makes of what the registry says; what it refuses is refused here. */
    static <T, R> CompletableFuture<R> ask(
            Answers answers,
            IotGateway gateway,
            Function<Registry, CompletableFuture<T>> question,
            Function<? super T, R> work) {
        return answers.then(told(gateway.ask(question)), work);
    }

    /** What was asked of the gateway; what it refuses, it refuses as this listener does. */
    static <T> CompletableFuture<T> told(CompletableFuture<T> asked) {
        return asked.exceptionallyCompose(
                failure -> CompletableFuture.failedFuture(rejection(RegistryException.cause(failure))));
    }

    private static Throwable rejection(Throwable failure) {
        if (!(failure instanceof RegistryException refused)) {
            return failure;
        }
        String text = String.valueOf(refused.getMessage());
        return switch (refused.reason()) {
            case UNKNOWN -> Rejection.missing(text);
            case INVALID -> Rejection.wrong(text);
            case CONFLICT, LIMIT -> Rejection.conflict(text);
            case FORBIDDEN -> Rejection.denied(text);
        };
    }

    private <T, R> CompletableFuture<R> ask(
            Function<Registry, CompletableFuture<T>> question, Function<? super T, R> work) {
        return ask(answers, gateway, question, work);
    }

    private static Device device(Registry registry, Question question) {
        String name = question.part("device");
        return registry.devices().named(name).orElseThrow(() -> RegistryException.unknown("device " + name));
    }

    private CompletableFuture<Fields> register(Question question) {
        Fields body = question.body();
        String name = body.string("application").orElse(APPLICATION);
        return ask(
                registry -> application(registry, name).thenCompose(application -> registry.devices()
                        .register(new Registration(
                                body.string("hardware_id").orElse(""),
                                application.id(),
                                body.string("name").orElse(""),
                                body.string("description").orElse(""),
                                Map.of(),
                                body.string("secret").map(Secret::of)))),
                DeviceApi::revealed);
    }

    private static CompletableFuture<Application> application(Registry registry, String name) {
        return registry.applications()
                .named(name)
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> registry.applications().add(name, "", Map.of()));
    }

    /** The one time that a secret is told. */
    private static Fields revealed(Device device) {
        Fields.Builder row = DeviceRows.row(device, false);
        device.keys().secret().ifPresent(secret -> row.put("secret", secret.reveal()));
        return row.build();
    }

    private CompletableFuture<Fields> rotate(Question question) {
        return ask(
                registry -> registry.devices().rotate(device(registry, question).id()), DeviceApi::revealed);
    }

    private CompletableFuture<Fields> change(
            Question question, BiFunction<Devices, String, CompletableFuture<Device>> change) {
        return ask(
                registry -> change.apply(
                        registry.devices(), device(registry, question).id()),
                device -> DeviceRows.row(device, false).build());
    }

    private CompletableFuture<Fields> show(Question question) {
        record Shown(Device device, String application, OptionalLong heard) {}
        CompletableFuture<Shown> shown = ask(
                registry -> {
                    Device device = device(registry, question);
                    Optional<Application> application = registry.applications().get(device.application());
                    return CompletableFuture.completedFuture(new Shown(
                            device,
                            application.map(Application::name).orElse(""),
                            registry.heard().of(device.id())));
                },
                known -> known);
        return answers.then(
                shown.thenCombine(gateway.online(), Map::entry),
                both -> DeviceRows.all(
                        both.getKey().device(),
                        both.getValue().contains(both.getKey().device().id()),
                        both.getKey().application(),
                        both.getKey().heard()));
    }

    private CompletableFuture<Fields> attributes(Question question) {
        return ask(
                registry -> CompletableFuture.completedFuture(List.copyOf(
                        registry.history().known(device(registry, question).id()))),
                known -> items(known.stream()
                        .flatMap(each -> DeviceRows.rows(each).stream())
                        .toList()));
    }

    private CompletableFuture<Fields> messages(Question question) {
        int offset = question.number("offset", 0, 0, Integer.MAX_VALUE);
        int limit = Answers.limit(question);
        long since = question.number("since").orElse(-1);
        Optional<MessageKind> kind = question.query("kind").map(DeviceApi::kind);
        return ask(
                registry -> registry.history()
                        .read(new HistoryQuery(
                                Optional.of(device(registry, question).id()),
                                id -> true,
                                kind,
                                since,
                                Long.MAX_VALUE,
                                offset,
                                limit,
                                true)),
                page -> Fields.builder()
                        .put("total", page.total())
                        .put("offset", offset)
                        .put(
                                "items",
                                Answers.sequence(page.messages().stream()
                                        .map(DeviceRows::row)
                                        .toList()))
                        .build());
    }

    private static MessageKind kind(String said) {
        return switch (said) {
            case "data" -> MessageKind.DATA;
            case "alert" -> MessageKind.ALERT;
            default -> throw Rejection.wrong("kind must be data or alert");
        };
    }

    private CompletableFuture<Fields> commands(Question question) {
        int limit = Answers.limit(question);
        return ask(
                registry -> CompletableFuture.completedFuture(registry.commands()
                        .list(CommandQuery.of(device(registry, question).id(), limit))),
                all -> items(all.stream().map(DeviceRows::row).toList()));
    }

    private CompletableFuture<Fields> command(Function<Registry, CompletableFuture<Command>> question) {
        return ask(question, DeviceRows::row);
    }

    private CompletableFuture<Fields> order(Question question) {
        Fields body = question.body();
        int wait = seconds(body, "wait", LONGEST_WAIT).orElse(0);
        Optional<Duration> expiry = seconds(body, "expiry", LONGEST_EXPIRY).map(Duration::ofSeconds);
        CompletableFuture<Command> queued = ask(
                registry -> gateway.order(
                        question.visitor().principal(),
                        question.where(),
                        wish(device(registry, question), body),
                        expiry),
                found -> found);
        return ask(registry -> queued.thenCompose(command -> outcome(command, wait)), DeviceRows::row);
    }

    /** How it is when it has ended, or when nobody wants to wait any longer. */
    private CompletableFuture<Command> outcome(Command command, int wait) {
        CompletableFuture<Command> ended =
                gateway.ask(registry -> registry.commands().ended(command.id()));
        return ended.completeOnTimeout(command, wait, TimeUnit.SECONDS)
                .thenCompose(done -> gateway.ask(registry -> CompletableFuture.completedFuture(
                        registry.commands().get(command.id()).orElse(done))));
    }

    private static DeviceWish wish(Device device, Fields body) {
        if (body.find("attributes") instanceof Value.Nested attributes
                && !attributes.fields().isEmpty()) {
            Fields values = attributes.fields();
            return values.size() == 1
                    ? new DeviceWish.Write(device.id(), values.name(0), values.value(0))
                    : new DeviceWish.WriteAll(device.id(), values);
        }
        String action = body.string("action")
                .orElseThrow(() -> Rejection.wrong("say 'attributes', an object, or 'action', a name"));
        return new DeviceWish.Call(device.id(), action, body.get("value"));
    }

    private static Optional<Integer> seconds(Fields body, String name, int most) {
        Value said = body.find(name);
        if (said == null) {
            return Optional.empty();
        }
        if (said instanceof Value.Int number && number.value() >= 0 && number.value() <= most) {
            return Optional.of((int) number.value());
        }
        throw Rejection.wrong("'" + name + "' must be seconds, 0 to " + most);
    }

    private static Fields items(List<Fields> rows) {
        return Fields.of("items", Answers.sequence(rows));
    }
}
