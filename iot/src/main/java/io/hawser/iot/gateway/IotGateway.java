package io.hawser.iot.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.access.Principal;
import io.hawser.core.audit.Audit;
import io.hawser.core.event.EventCode;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Message;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Receipt;
import io.hawser.core.store.object.ObjectInfo;
import io.hawser.core.value.Fields;
import io.hawser.iot.gateway.call.Holder;
import io.hawser.iot.gateway.call.IotDoor;
import io.hawser.iot.gateway.call.Refusals;
import io.hawser.iot.gateway.call.TokenBook;
import io.hawser.iot.gateway.operator.Guard;
import io.hawser.iot.gateway.operator.OperatorDesk;
import io.hawser.iot.gateway.operator.OperatorRoutes;
import io.hawser.iot.gateway.storage.FileOwner;
import io.hawser.iot.gateway.storage.ForgottenFiles;
import io.hawser.iot.gateway.storage.StorageCalls;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.DeviceState;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.command.Command;
import io.hawser.iot.registry.command.CommandOrder;
import io.hawser.iot.registry.kept.RegistryException;
import io.hawser.iot.registry.policy.PolicyNotice;
import io.hawser.iot.wire.DevicePath;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.ProvisioningFile;
import io.hawser.net.Listener;
import io.hawser.net.Loop;
import io.hawser.net.Loops;
import io.hawser.net.NetLimits;
import io.hawser.net.http.HttpLimits;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.HttpServer;
import io.hawser.net.http.Route;
import io.hawser.net.http.Routes;
import io.hawser.net.http.Sites;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cloud that devices of Oracle IoT Cloud Service look for, on the bus: they are activated, say what they measure, and do what the
 * bus wants of them. Owner: one loop, on which every call is decided; what is public may be called from any thread but a loop's.
 *
 * <p>All of {@code specs/iot.md} 1 is below {@code /iot/api/v2}, device policies alone below {@code /iot/privateapi/v2}.
 */
public final class IotGateway implements AutoCloseable {
    /** On these topics the bus asks devices for something: whoever publishes there needs {@code device.call}. */
    public static final List<TopicPattern> WISHES = IotMapping.WISHES;

    private static final String API = "/iot/api/v2";
    private static final String POLICY_CAPABILITY = DevicePath.CAPABILITY + "device_policy";
    private static final String POLICIES = "/iot/privateapi/v2/deviceModels/{urn}/devicePolicies";
    private static final Logger LOG = LoggerFactory.getLogger(IotGateway.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final String OPERATOR = "operator";
    private static final int TOKEN_BYTES = 16;
    private static final int MOST_TOKENS = 1_000_000;

    private final IotSettings settings;
    private final Bus bus;
    private final Loop loop;
    private final RandomGenerator random;
    private final Refusals refusals;
    private @Nullable Listener listener;
    private @Nullable Registry registry;
    private @Nullable Provisioning provisioning;
    private @Nullable Desks desks;
    private boolean closed;

    /** What is at work while the gateway is open. */
    private record Desks(
            Models models, Orders orders, Mailboxes mailboxes, Presence presence, CommandDesk commands, Guard guard) {}

    /**
     * A gateway that joins {@code bus} when it is started.
     *
     * @param loop owns all of it
     * @param random makes ids, secrets and tokens: nobody can guess what comes next
     */
    public IotGateway(IotSettings settings, Bus bus, Loop loop, RandomGenerator random) {
        this.settings = settings;
        this.bus = bus;
        this.loop = loop;
        this.random = random;
        this.refusals = new Refusals(bus.counters());
    }

    /**
     * Reads what is kept of devices, and lets them in. Not for a loop.
     *
     * @param loops share the connections
     * @return where devices connect
     * @throws io.hawser.core.store.StoreException if what is kept cannot be read
     * @throws io.hawser.net.CannotListenException if the port cannot be bound
     */
    public InetSocketAddress start(Loops loops) {
        Registry opened = waitFor(CompletableFuture.supplyAsync(
                        () -> Registry.open(bus.store().records(), loop, bus.clock(), random, settings.registry()),
                        loop)
                .thenCompose(read -> read));
        registry = opened;
        Desks made = CompletableFuture.supplyAsync(() -> open(opened), loop).join();
        desks = made;
        HttpServer.Options options = HttpServer.Options.of(routes(opened, made))
                .with(settings.tls())
                .with(Sites.own())
                .with(NetLimits.defaults(), HttpLimits.defaults().withMaxBodyBytes(settings.maxBodyBytes()));
        Listener bound = HttpServer.bind(loops, new InetSocketAddress(settings.host(), settings.port()), options);
        listener = bound;
        provisioning = new Provisioning(settings, bound.address().getPort());
        return bound.address();
    }

    /** What {@code question} makes of the registry, which it sees on the loop that owns it. */
    public <T> CompletableFuture<T> ask(Function<Registry, CompletableFuture<T>> question) {
        Registry known = registry;
        if (known == null) {
            throw new IllegalStateException("not started");
        }
        return CompletableFuture.supplyAsync(() -> question.apply(known), loop)
                .thenCompose(answer -> answer)
                .whenComplete((answer, failure) -> refusals.seen(failure));
    }

    /** Completes with the endpoint ids of the devices that are there. */
    public CompletableFuture<Set<String>> online() {
        Desks made = desks;
        return made == null
                ? CompletableFuture.completedFuture(Set.of())
                : CompletableFuture.supplyAsync(() -> made.presence().online(), loop);
    }

    /** Completes with how many polls of devices wait for something. */
    public CompletableFuture<Integer> polls() {
        Desks made = desks;
        return made == null
                ? CompletableFuture.completedFuture(0)
                : CompletableFuture.supplyAsync(() -> made.mailboxes().waiting(), loop);
    }

    /** As the other, for whoever shows the admin token. */
    public CompletableFuture<Command> order(DeviceWish wish, Optional<Duration> timeToLive) {
        return order(Guard.OPERATOR, "", wish, timeToLive);
    }

    /**
     * Asks a device for what an operator at the hub wants; completes when that cannot be lost, exceptionally with a {@link
     * RegistryException} if there is no such device, or its model or the access rules do not allow it.
     *
     * @param who the operator, for the access rules
     * @param where from where it asks; may be empty
     * @param timeToLive how long it waits for the device; empty: as long as is configured
     */
    public CompletableFuture<Command> order(
            Principal who, String where, DeviceWish wish, Optional<Duration> timeToLive) {
        Desks made = desks;
        if (made == null) {
            throw new IllegalStateException("not started");
        }
        return ask(known -> {
            Device device = known.devices()
                    .named(wish.device())
                    .orElseThrow(() -> RegistryException.unknown("device " + wish.device()));
            try {
                CommandOrder order = made.orders().of(device, wish, OPERATOR);
                made.guard().pass(who, where, device, order);
                return known.queue(timeToLive.map(order::within).orElse(order), Requests::size);
            } catch (ProtocolException misfit) {
                throw RegistryException.invalid(misfit.reason());
            }
        });
    }

    /**
     * Tells devices that their policies have changed ({@code specs/iot.md} 4.1); completes when none of it can be lost. A device that
     * is not activated, or has no policies, is not told: it asks when it begins.
     */
    public CompletableFuture<Integer> tell(List<PolicyNotice> notices) {
        Desks made = desks;
        if (made == null) {
            throw new IllegalStateException("not started");
        }
        return ask(known -> {
            List<CompletableFuture<Command>> told = notices.stream()
                    .flatMap(notice -> known.devices().get(notice.device()).stream()
                            .filter(device -> device.active() && device.models().contains(POLICY_CAPABILITY))
                            .map(device -> known.queue(made.orders().policies(device, notice), Requests::size)))
                    .toList();
            return CompletableFuture.allOf(told.toArray(CompletableFuture[]::new))
                    .thenApply(done -> told.size());
        });
    }

    /**
     * What a device is given that is to be activated; completes exceptionally with a {@link RegistryException} if there is no such
     * device, or it is activated already.
     *
     * @param connected devices whose secrets a gateway is given too
     */
    public CompletableFuture<ProvisioningFile> provisioning(String device, List<String> connected) {
        Provisioning files = provisioning;
        if (files == null) {
            throw new IllegalStateException("not started");
        }
        return ask(known -> CompletableFuture.completedFuture(files.file(known.devices(), device, connected)));
    }

    /**
     * What a program of operators is given that is to use the integration {@code name}, or that of this id; completes exceptionally
     * with a {@link RegistryException} if there is none.
     */
    public CompletableFuture<ProvisioningFile> provisioning(String name) {
        Provisioning files = provisioning;
        if (files == null) {
            throw new IllegalStateException("not started");
        }
        return ask(known -> CompletableFuture.completedFuture(files.file(
                known.integrations().named(name).orElseThrow(() -> RegistryException.unknown("integration " + name)))));
    }

    /** Lets nobody in any more, and answers those who wait. Not for a loop. */
    @Override
    public void close() {
        if (listener != null) {
            listener.close();
        }
        Desks made = desks;
        if (made != null) {
            CompletableFuture.runAsync(() -> close(made), loop).join();
        }
    }

    private Desks open(Registry known) {
        Mailboxes mailboxes = new Mailboxes(known, loop);
        Presence presence = new Presence(known, loop, settings.silence(), mailboxes::isPolling, this::tell);
        Models models = new Models(known.models());
        Orders orders = new Orders(settings, models);
        CommandDesk commands = new CommandDesk(orders, known, bus, loop);
        commands.open();
        Guard guard = new Guard(bus.access(), new Audit(bus.store().records(), bus.clock()));
        Desks made = new Desks(models, orders, mailboxes, presence, commands, guard);
        new ForgottenFiles(known, bus.store().objects(), loop).open();
        lookAfter(known, made);
        return made;
    }

    private void lookAfter(Registry known, Desks made) {
        if (!closed) {
            known.tick();
            made.presence().look();
            loop.schedule(BETWEEN_LOOKS, () -> lookAfter(known, made));
        }
    }

    private void close(Desks made) {
        closed = true;
        made.commands().close();
        made.mailboxes().close();
    }

    /** A device has come or gone. */
    private void tell(Device device, boolean online, String reason) {
        String name = device.hardwareId();
        LOG.info(
                "iot[{}] {}{}",
                name,
                online ? "is there" : "has gone: ",
                reason,
                online ? EventCode.PARTY_JOINED : EventCode.PARTY_LEFT);
        bus.router()
                .publish(
                        new Principal(IotMapping.origin(name)),
                        IotMapping.state(name, online, reason, bus.clock().millis()));
    }

    /** A file of a device or program has come; completes when durables have that. */
    private CompletableFuture<?> tell(FileOwner owner, ObjectInfo file) {
        Message said = IotMapping.file(owner, file, bus.clock().millis());
        Receipt receipt = bus.router().publish(IotMapping.teller(owner), said);
        if (receipt instanceof Receipt.Refused refused) {
            LOG.warn("iot[{}] {} is kept, but not heard of: {}", owner.name(), file.name(), refused.reason());
        }
        return receipt instanceof Receipt.Storing storing
                ? storing.stored()
                : CompletableFuture.completedFuture(receipt);
    }

    private Routes routes(Registry known, Desks made) {
        TokenBook tokens = new TokenBook(this::token, bus.clock(), settings.tokenLife(), MOST_TOKENS);
        IotDoor door = new IotDoor(tokens, holder -> good(known, holder), bus, loop, settings.maxBodyBytes());
        TokenCalls token = new TokenCalls(known, tokens, bus.clock(), refusals);
        ActivationCalls activation = new ActivationCalls(known, tokens, bus.clock());
        ModelCalls models = new ModelCalls(known);
        MessageRate rate = new MessageRate(settings.messageRate(), loop::nanoTime);
        MessageCalls messages =
                new MessageCalls(settings, known, bus, made.models(), rate, made.mailboxes(), made.presence());
        List<Route> all = List.of(
                door.open("POST", API + "/oauth2/token", token::token),
                door.newcomers("GET", API + "/activation/policy", activation::policy),
                door.newcomers("POST", API + "/activation/direct", activation::direct),
                door.endpoints("POST", API + "/activation/indirect/device", activation::indirect),
                door.members("GET", API + "/deviceModels/{urn}", models::model),
                door.endpoints("POST", API + "/messages", messages::post),
                door.endpoints("GET", POLICIES, models::policies),
                door.endpoints("GET", POLICIES + "/{policy}", models::policy),
                door.endpoints("GET", POLICIES + "/{policy}/devices", models::followers));
        OperatorDesk operators = new OperatorDesk(known, made.presence()::online, made.guard());
        OperatorCommands commands = new OperatorCommands(operators, made.orders());
        StorageCalls.StorageSite site =
                new StorageCalls.StorageSite(settings.url(), settings.files(), bus.counters(), this::tell);
        StorageCalls storage = new StorageCalls(known, tokens, bus.store().objects(), site, loop);
        return new Routes(Stream.of(
                        all,
                        OperatorRoutes.of(API, door, operators),
                        commands.routes(API, door),
                        storage.routes(API, door))
                .flatMap(List::stream)
                .toList());
    }

    private String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Whether the holder of a token may still do what it may. */
    private static boolean good(Registry known, Holder holder) {
        if (holder instanceof Holder.Courier courier) {
            return good(known, courier.sender());
        }
        if (holder instanceof Holder.Program) {
            return known.integrations()
                    .get(holder.id())
                    .filter(program -> program.epoch() == holder.epoch())
                    .isPresent();
        }
        Optional<Device> device = known.devices().get(holder.id());
        boolean activating = holder instanceof Holder.Newcomer;
        return device.filter(one -> one.keys().epoch() == holder.epoch())
                .filter(one -> activating || one.state() == DeviceState.ACTIVATED)
                .isPresent();
    }

    private static <T> T waitFor(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    /** The text member {@code name} of the JSON object in {@code query}, if there is one. */
    static Optional<String> text(String query, String name) {
        try {
            return new Json(IotLimits.DEFAULT).object(query.getBytes(UTF_8)).string(name);
        } catch (ProtocolException noJson) {
            return Optional.empty();
        }
    }

    /** An answer of JSON. */
    static HttpResponse json(int status, Fields body) {
        return HttpResponse.of(status, "application/json", Json.write(body));
    }
}
