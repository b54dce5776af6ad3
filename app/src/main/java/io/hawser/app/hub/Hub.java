package io.hawser.app.hub;

import io.hawser.app.access.CertificateLogins;
import io.hawser.app.access.JwtLogins;
import io.hawser.app.access.NotedLogins;
import io.hawser.app.access.ProvenLogins;
import io.hawser.app.access.Standing;
import io.hawser.app.access.TokenList;
import io.hawser.app.access.UserList;
import io.hawser.app.admin.AdminServer;
import io.hawser.app.admin.Answers;
import io.hawser.app.admin.bus.MetricsApi;
import io.hawser.app.admin.entry.Entrance;
import io.hawser.app.admin.health.Check;
import io.hawser.app.admin.health.Health;
import io.hawser.app.admin.openapi.ApiDescription;
import io.hawser.app.config.ConfigSource;
import io.hawser.app.config.Configuration;
import io.hawser.app.config.HubConfig;
import io.hawser.app.console.Pages;
import io.hawser.app.terminal.Version;
import io.hawser.clever.gateway.CleverGateway;
import io.hawser.clever.gateway.FleetSettings;
import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
import io.hawser.core.access.Authenticator;
import io.hawser.core.access.GuardedTopics;
import io.hawser.core.audit.Audit;
import io.hawser.core.count.Counters;
import io.hawser.core.event.EventCode;
import io.hawser.core.link.Linkage;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Conductor;
import io.hawser.core.route.Retained;
import io.hawser.core.route.Router;
import io.hawser.core.route.StoredRetained;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.engine.MemoryStore;
import io.hawser.core.store.engine.Store;
import io.hawser.eftl.gateway.EftlGateway;
import io.hawser.eftl.rest.EftlRest;
import io.hawser.iot.gateway.IotGateway;
import io.hawser.iot.gateway.IotSettings;
import io.hawser.ivy.gateway.IvyGateway;
import io.hawser.ivy.gateway.IvySettings;
import io.hawser.net.Listener;
import io.hawser.net.Loops;
import io.hawser.net.http.Route;
import io.hawser.store.local.LocalStore;
import io.hawser.store.nats.NatsSettings;
import io.hawser.store.nats.NatsStore;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running hub: one core, and a gateway for each protocol around it. The composition root: the one place that knows all
 * parts and gives them their threads, their clock and their randomness.
 *
 * <pre>{@code
 * try (Hub hub = Hub.start(new ConfigReader(System.getenv()).development().read())) {
 *     System.out.println(hub.eftlAddress());
 * }
 * }</pre>
 *
 * <p>Owner of {@code parts} is whoever starts and closes the hub, one thread at a time.
 */
public final class Hub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    private static final long REVIEW_SECONDS = 1;
    private static final int HASHING_THREADS = 2;
    /** How many logins wait for their password to be checked; a tenth of a second each. */
    private static final int MOST_LOGINS = 1_000;

    /** What runs, the newest first. */
    private final Deque<Runnable> parts = new ArrayDeque<>();

    private final HubThreads threads = new HubThreads(parts::push);

    private final InstantSource clock = new SteadyClock(InstantSource.system(), System::nanoTime);
    private final Counters counters = new Counters();
    private final StoreWarden warden = new StoreWarden(counters);
    private final HubConfig config;
    private final Reload reload;
    private final Drain drain;
    private final Standing standing;
    private final InetSocketAddress eftlAddress;
    private Optional<Listener> admin = Optional.empty();
    private Optional<CleverGateway> clever = Optional.empty();
    private Optional<InetSocketAddress> cleverAddress = Optional.empty();
    private Optional<IotGateway> iot = Optional.empty();
    private Optional<InetSocketAddress> iotAddress = Optional.empty();

    private Hub(Configuration configuration, Optional<ConfigSource> source) {
        this.config = configuration.hub();
        this.reload = new Reload(configuration, source);
        this.drain = new Drain(config.drain(), threads.one("hawser-drain"));
        this.standing = new Standing(config.access(), config.iot().isPresent() ? Hub::guarded : rules -> rules);
        try {
            eftlAddress = open();
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /**
     * Starts everything that {@code config} names.
     *
     * @throws io.hawser.net.CannotListenException if an address is taken; nothing runs then
     * @throws StoreException with a text for the user if the data folder or the store on NATS cannot be used; nothing runs then
     */
    public static Hub start(HubConfig config) {
        return new Hub(Configuration.of(config), Optional.empty());
    }

    /** The same with {@code now}, of which it can take up later what has changed in {@code source}. */
    public static Hub start(Configuration now, ConfigSource source) {
        return new Hub(now, Optional.of(source));
    }

    private static Access guarded(Access rules) {
        return new GuardedTopics(rules, IotGateway.WISHES, Action.DEVICE_CALL);
    }

    /** Takes up what has changed in the configuration. */
    public Reload reload() {
        return reload;
    }

    /** Lets what is on its way arrive, before the hub is closed. */
    public Drain drain() {
        return drain;
    }

    /** Where eFTL clients connect; the port is the real one even if the configuration said 0. */
    public InetSocketAddress eftlAddress() {
        return eftlAddress;
    }

    /** Where copters connect, if they may. */
    public Optional<InetSocketAddress> cleverAddress() {
        return cleverAddress;
    }

    /** Where devices of Oracle IoT Cloud Service connect, if they may: {@code https://127.0.0.1:9443}. */
    public Optional<String> iotUrl() {
        return iotAddress.map(at -> "https://" + authority(at));
    }

    /** What is there for devices, if they may connect: programs that embed a hub register theirs with it. */
    public Optional<IotGateway> iot() {
        return iot;
    }

    /** Where the hub tells about itself, if it does: {@code http://127.0.0.1:9190}. */
    public Optional<String> adminUrl() {
        String scheme = config.admin().tls().isPresent() ? "https://" : "http://";
        return admin.map(listener -> scheme + authority(listener.address()));
    }

    /** The same as a client says it, with the open channel: {@code ws://127.0.0.1:9191/channel}. */
    public String eftlUrl() {
        return (config.eftl().tls().isPresent() ? "wss://" : "ws://") + authority(eftlAddress) + "/"
                + config.eftl().channels().get(0).name();
    }

    private static String authority(InetSocketAddress at) {
        String host = at.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + at.getPort();
    }

    /**
     * Completes, on the store's thread, when the disk has failed: nothing that needs it is acknowledged any more, and the hub
     * should be closed.
     */
    public CompletableFuture<StoreException> failure() {
        return warden.failure();
    }

    /** Ends every connection and every thread of the hub, in the reverse order of starting. Closing twice is harmless. */
    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            parts.pop().run();
        }
    }

    private InetSocketAddress open() {
        Conductor conductor = new Conductor(threads.one("hawser-conductor"));
        StoredSubscriptions stored = new StoredSubscriptions(counters);
        Store store = store(stored);
        parts.push(store::close);
        Retained retained = retained(store);
        int cores = Runtime.getRuntime().availableProcessors();
        Loops loops = Loops.start(config.loops() == 0 ? cores : config.loops(), "hawser-loop");
        parts.push(loops::close);
        HubLinks linked = new HubLinks(loops.next());
        Bus bus = bus(conductor, store, retained, linked.linkage(store, config));
        Bus pages = bus.behind("eftl", config.borders().eftl());
        stored.restore(pages);
        EftlGateway eftl = drain.of(new EftlGateway(config.eftl(), pages, loops));
        EftlRest rest = new EftlRest(eftl, config.rest());
        InetSocketAddress address = eftl.start(rest.routes());
        parts.push(eftl::close);
        parts.push(rest::close);
        List<IvyGateway> ivy = drain.of(ivy(bus, loops));
        linked.open(config.links(), bus);
        parts.push(linked::close);
        config.clever()
                .ifPresent(fleet ->
                        openFleet(fleet, bus.behind("clever", config.borders().clever()), loops));
        config.iot()
                .ifPresent(devices ->
                        openDevices(devices, bus.behind("iot", config.borders().iot()), loops));
        tellOf(bus, eftl, ivy, linked, retained, stored, loops);
        reload.certificates(TlsWatch.start(config, () -> threads.one("hawser-certificates"))::look);
        review(eftl);
        return address;
    }

    /** What the admin listener tells of all of them, and changes. */
    private void tellOf(
            Bus bus,
            EftlGateway eftl,
            List<IvyGateway> ivy,
            HubLinks linked,
            Retained retained,
            StoredSubscriptions stored,
            Loops loops) {
        ScheduledExecutorService clerk = threads.one("hawser-admin");
        HubApi api = new HubApi(new Answers(clerk), bus, clock);
        List<Route> routes = new ArrayList<>(api.bus(eftl, ivy, linked, retained, standing));
        routes.addAll(api.kept(config.place(), config.eftl().channels().get(0).name(), stored::delete));
        HubMetrics metrics = new HubMetrics(bus, clock);
        MetricsApi measures = new MetricsApi(
                clerk, metrics.of(eftl, ivy, clever, iot, loops, clerk).source(warden::measured));
        routes.add(measures.durables());
        routes.addAll(api.control(reload, drain, standing));
        if (config.admin().token().isPresent()) {
            routes.addAll(api.console(metrics.parties(), loops, clerk, config.data()));
        }
        openAdmin(api, bus.authenticator(), routes, List.of(measures.all()), loops);
    }

    /** Whoever lost what let it in is put out, and settings of {@code eftl} that may change do. */
    private void review(EftlGateway eftl) {
        reload.always(List.of("hawser.users", "hawser.tokens", "hawser.rules", "hawser.jwt"), next -> {
            standing.hold(next.hub().access());
            eftl.review();
        });
        reload.part(
                List.of("hawser.eftl.login-timeout", "hawser.eftl.request-timeout", "hawser.eftl.max-subscriptions"),
                next -> eftl.change(next.hub().eftl()));
        reload.part(List.of("hawser.log"), next -> {});
        Future<?> unused = threads.one("hawser-review")
                .scheduleWithFixedDelay(eftl::review, REVIEW_SECONDS, REVIEW_SECONDS, TimeUnit.SECONDS);
    }

    private void openFleet(FleetSettings settings, Bus bus, Loops loops) {
        CleverGateway gateway =
                new CleverGateway(settings, bus, loops.next(), threads.one("hawser-files"), new SecureRandom());
        cleverAddress = Optional.of(gateway.start());
        clever = Optional.of(gateway);
        parts.push(gateway::close);
    }

    private void openDevices(IotSettings settings, Bus bus, Loops loops) {
        IotGateway gateway = new IotGateway(settings, bus, loops.next(), new SecureRandom());
        parts.push(gateway::close);
        iotAddress = Optional.of(gateway.start(loops));
        iot = Optional.of(gateway);
    }

    private void openAdmin(HubApi api, Authenticator users, List<Route> routes, List<Route> open, Loops loops) {
        config.admin().token().ifPresent(token -> {
            clever.ifPresent(fleet -> routes.addAll(api.fleet(fleet)));
            iot.ifPresent(devices -> routes.addAll(api.devices(devices)));
            routes.add(ApiDescription.of(routes, Version.number()));
            List<Route> everybodys = new ArrayList<>(open);
            List<Check> checks = new ArrayList<>(
                    warden.checks(config.nats().isPresent() ? StoreWarden.Place.NATS : StoreWarden.Place.DISK));
            checks.add(drain.check());
            everybodys.addAll(new Health(loops.all(), checks).routes());
            everybodys.addAll(new Pages().routes());
            Entrance entrance = new Entrance(token, standing, users, clock, new SecureRandom(), api.noting(), counters);
            admin = AdminServer.start(config.admin(), loops, routes, everybodys, entrance);
            admin.ifPresent(listener -> parts.push(listener::close));
        });
    }

    private List<IvyGateway> ivy(Bus bus, Loops loops) {
        List<IvyGateway> gateways = new ArrayList<>();
        if (!config.ivy().isEmpty()) {
            Executor departures = threads.one("hawser-ivy");
            for (IvySettings settings : config.ivy()) {
                String id = UUID.randomUUID().toString();
                Bus behind =
                        bus.behind("ivy." + settings.name(), config.borders().ivy(settings.name()));
                IvyGateway gateway = new IvyGateway(settings, behind, loops.next(), id, departures);
                gateway.start();
                parts.push(gateway::close);
                gateways.add(gateway);
            }
        }
        return gateways;
    }

    private Retained retained(Store store) {
        StoredRetained records = new StoredRetained(
                store.records(),
                StoreThread.on(threads.one("hawser-retained"), clock),
                problem -> LOG.warn("{}", problem, EventCode.RETAINED_NOT_STORED));
        return new Retained(config.retained(), counters, records);
    }

    private Bus bus(Conductor conductor, Store store, Retained retained, Linkage linkage) {
        Router router = new Router(conductor, store, standing, counters, config.wordings(), config.relays(), retained);
        return new Bus(
                router,
                conductor,
                store,
                new NotedLogins(
                        authenticator(), new Audit(store.records(), InstantSource.system()), InstantSource.system()),
                standing,
                counters,
                InstantSource.system(),
                config.outbox(),
                config.durable(),
                linkage);
    }

    private Authenticator authenticator() {
        ExecutorService hashing = threads.some("hawser-password", HASHING_THREADS, MOST_LOGINS);
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        UserList users = new UserList(standing, hashing, clock, new ProvenLogins(key), counters);
        InstantSource system = InstantSource.system();
        return new CertificateLogins(
                standing, system, new JwtLogins(standing, hashing, system, new TokenList(standing, system, users)));
    }

    private Store store(DurableListener durables) {
        return config.nats()
                .map(settings -> nats(settings, durables))
                .or(() -> config.data().map(folder -> local(folder, durables)))
                .orElseGet(() -> memory(durables));
    }

    private Store nats(NatsSettings settings, DurableListener durables) {
        String life = Long.toHexString(new SecureRandom().nextLong());
        String hub =
                "the hub in process " + ManagementFactory.getRuntimeMXBean().getName() + " (" + life + ")";
        return NatsStore.open(settings, hub, clock, durables, config.limits(), warden);
    }

    private Store local(Path folder, DurableListener durables) {
        return LocalStore.open(folder, clock, durables, config.limits(), config.disk(), warden);
    }

    private Store memory(DurableListener listener) {
        return new MemoryStore(StoreThread.on(threads.one("hawser-store"), clock), listener, config.limits());
    }
}
