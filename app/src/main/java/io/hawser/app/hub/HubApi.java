package io.hawser.app.hub;

import io.hawser.app.access.Standing;
import io.hawser.app.access.User;
import io.hawser.app.admin.Answers;
import io.hawser.app.admin.BackupApi;
import io.hawser.app.admin.BusApi;
import io.hawser.app.admin.DurablesApi;
import io.hawser.app.admin.FilesApi;
import io.hawser.app.admin.FleetApi;
import io.hawser.app.admin.FleetFileApi;
import io.hawser.app.admin.KvApi;
import io.hawser.app.admin.StoreApi;
import io.hawser.app.admin.UploadsApi;
import io.hawser.app.admin.bus.ClientsApi;
import io.hawser.app.admin.bus.CountersApi;
import io.hawser.app.admin.bus.Hearing;
import io.hawser.app.admin.bus.IvyApi;
import io.hawser.app.admin.bus.PublishApi;
import io.hawser.app.admin.bus.RetainedApi;
import io.hawser.app.admin.bus.TraceApi;
import io.hawser.app.admin.control.AclApi;
import io.hawser.app.admin.control.AuditApi;
import io.hawser.app.admin.control.ConfigApi;
import io.hawser.app.admin.control.DrainApi;
import io.hawser.app.admin.control.Noting;
import io.hawser.app.admin.device.ApplicationApi;
import io.hawser.app.admin.device.DeviceApi;
import io.hawser.app.admin.device.ModelApi;
import io.hawser.app.admin.device.PolicyApi;
import io.hawser.app.admin.device.ProvisioningApi;
import io.hawser.app.console.EventsApi;
import io.hawser.app.console.Gauges;
import io.hawser.app.console.LiveApi;
import io.hawser.app.console.SeriesApi;
import io.hawser.app.metrics.Pulse;
import io.hawser.app.terminal.Version;
import io.hawser.clever.gateway.CleverGateway;
import io.hawser.core.access.Principal;
import io.hawser.core.audit.Audit;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Retained;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.engine.Store;
import io.hawser.eftl.gateway.EftlGateway;
import io.hawser.iot.gateway.IotGateway;
import io.hawser.ivy.gateway.IvyGateway;
import io.hawser.net.Loops;
import io.hawser.net.http.Route;
import io.hawser.store.local.LocalStore;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What of a hub can be asked over its admin listener: the routes of each part. */
final class HubApi {
    private final Answers answers;
    private final Bus bus;
    private final InstantSource clock;
    private final Audit audit;

    /** Of the hub around {@code bus}; {@code clock} is the store's. */
    HubApi(Answers answers, Bus bus, InstantSource clock) {
        this.answers = answers;
        this.bus = bus;
        this.clock = clock;
        this.audit = new Audit(bus.store().records(), bus.clock());
    }

    /** Who is there, who hears what, and what was counted. */
    List<Route> bus(EftlGateway eftl, List<IvyGateway> ivy, HubLinks links, Retained retained, Standing standing) {
        IvyApi domains = new IvyApi(answers, ivy);
        return all(List.of(
                new BusApi(
                                answers,
                                bus.conductor(),
                                new Hearing(
                                        bus.conductor(),
                                        bus.access(),
                                        name -> named(name, standing.settings().users()))::answer)
                        .routes(),
                new ClientsApi(answers, eftl, bus.journal(), domains::agents).routes(),
                domains.routes(),
                new CountersApi(answers, bus.counters()).routes(),
                new PublishApi(answers, bus).routes(),
                new RetainedApi(answers, retained).routes(),
                new TraceApi(answers, bus.counters().tracer(), bus.clock(), address -> clientsAt(address, eftl))
                        .routes(),
                links.routes(answers)));
    }

    private static Set<String> clientsAt(String address, EftlGateway eftl) {
        return eftl.statuses().stream()
                .filter(status -> status.address()
                        .filter(at -> at.substring(at.indexOf('/') + 1).startsWith(address + ":"))
                        .isPresent())
                .map(status -> status.client().id())
                .collect(Collectors.toSet());
    }

    private static Principal named(String name, List<User> users) {
        return users.stream()
                .filter(user -> user.name().equals(name))
                .findFirst()
                .map(user -> new Principal(name, user.groups()))
                .orElseGet(() -> new Principal(name));
    }

    /** Writes down what is done over the listener. */
    Noting noting() {
        return new Noting(audit);
    }

    /** What it was told, who may do what, and who did what. */
    List<Route> control(Reload reload, Drain drain, Standing standing) {
        return all(List.of(
                new ConfigApi(answers, reload::settings, () -> reload.run().row()).routes(),
                new DrainApi(answers, drain::row).routes(),
                new AclApi(answers, standing).routes(),
                new AuditApi(answers, audit).routes()));
    }

    /** What the console's pages show beside: what is said now, and what the hub was like; it is looked at once a second from now on. */
    List<Route> console(
            Map<String, Supplier<CompletableFuture<Integer>>> parties,
            Loops loops,
            ScheduledExecutorService clerk,
            Optional<Path> data) {
        Gauges gauges = new Gauges(bus, bus.clock(), clerk, parties, () -> data.map(
                        folder -> folder.toFile().getUsableSpace())
                .orElse(-1L));
        Pulse pulse = new Pulse(loops.all(), gauges::lag);
        Future<?> unused = clerk.scheduleAtFixedRate(
                () -> {
                    gauges.run();
                    pulse.run();
                },
                0,
                1,
                TimeUnit.SECONDS);
        return all(List.of(
                new LiveApi(bus).routes(),
                new SeriesApi(answers, gauges, Version.number()).routes(),
                new EventsApi(answers, bus.journal()).routes()));
    }

    /** What the store at {@code place} holds; {@code open} is the open channel, {@code delete} makes hub and store forget a durable. */
    List<Route> kept(String place, String open, Function<DurableName, CompletableFuture<Void>> delete) {
        Store store = bus.store();
        return all(List.of(
                new DurablesApi(answers, bus.conductor(), store.durables(), delete, clock).routes(),
                new KvApi(answers, store.maps(), EftlGateway.PROTOCOL, open).routes(),
                new StoreApi(answers, store, place).routes(),
                new BackupApi(backup(store)).routes(),
                new UploadsApi(answers, store.objects(), bus.access()).routes(),
                new FilesApi(answers, store.objects()).routes()));
    }

    /** The devices of Oracle IoT Cloud Service. */
    List<Route> devices(IotGateway devices) {
        return all(List.of(
                new ApplicationApi(answers, devices).routes(),
                new DeviceApi(answers, devices).routes(),
                new ProvisioningApi(answers, devices).routes(),
                new ModelApi(answers, devices).routes(),
                new PolicyApi(answers, devices).routes()));
    }

    /** The copters. */
    List<Route> fleet(CleverGateway fleet) {
        return all(List.of(
                new FleetApi(answers, fleet, bus.clock()).routes(),
                new FleetFileApi(answers, fleet, bus.store().objects(), bus.access()).routes()));
    }

    private static Optional<Function<OutputStream, CompletableFuture<Void>>> backup(Store store) {
        if (store instanceof LocalStore local) {
            return Optional.of((OutputStream to) -> local.backup(to));
        }
        return Optional.empty();
    }

    private static List<Route> all(List<List<Route>> routes) {
        return routes.stream().flatMap(List::stream).toList();
    }
}
