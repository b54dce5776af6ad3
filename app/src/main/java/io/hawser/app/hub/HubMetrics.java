package io.hawser.app.hub;

import io.hawser.app.metrics.Family;
import io.hawser.app.metrics.Metrics;
import io.hawser.app.metrics.Pulse;
import io.hawser.app.terminal.Version;
import io.hawser.clever.gateway.CleverGateway;
import io.hawser.clever.gateway.Copter;
import io.hawser.core.route.Bus;
import io.hawser.eftl.gateway.EftlGateway;
import io.hawser.iot.gateway.IotGateway;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.command.CommandState;
import io.hawser.ivy.engine.IvyCount;
import io.hawser.ivy.gateway.IvyGateway;
import io.hawser.net.Loops;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Joins what is measured of a hub with the parts that know it. */
final class HubMetrics {
    private final Metrics metrics;
    private final LimitLog limits;
    private final Map<String, Supplier<CompletableFuture<Integer>>> parties = new TreeMap<>();

    /** Of the hub around {@code bus}; {@code clock} is the store's. */
    HubMetrics(Bus bus, InstantSource clock) {
        this.limits = new LimitLog(bus.counters());
        this.metrics = new Metrics(bus, Version.number(), clock);
    }

    /** With the parties of these gateways, and the sign of life of {@code loops}, for which {@code clerk} asks once a second. */
    Metrics of(
            EftlGateway eftl,
            List<IvyGateway> ivy,
            Optional<CleverGateway> clever,
            Optional<IotGateway> iot,
            Loops loops,
            ScheduledExecutorService clerk) {
        parties.put(
                "eftl", () -> CompletableFuture.completedFuture(eftl.statuses().size()));
        if (!ivy.isEmpty()) {
            parties.put("ivy", () -> agents(ivy));
            metrics.source(() -> troubles(ivy));
        }
        clever.ifPresent(fleet -> parties.put("clever", () -> fleet.copters()
                .thenApply(all -> (int) all.stream().filter(Copter::online).count())));
        iot.ifPresent(devices -> {
            parties.put("iot", () -> devices.online().thenApply(Set::size));
            metrics.source(() -> devices.ask(registry -> CompletableFuture.completedFuture(registry(registry))));
        });
        parties.forEach(metrics::parties);
        Future<?> unusedRounds =
                clerk.scheduleWithFixedDelay(limits, LimitLog.SECONDS, LimitLog.SECONDS, TimeUnit.SECONDS);
        Future<?> unused = clerk.scheduleWithFixedDelay(new Pulse(loops.all(), metrics::pulse), 1, 1, TimeUnit.SECONDS);
        return metrics;
    }

    /** How many parties of each protocol are there, once {@link #of} has joined them. */
    Map<String, Supplier<CompletableFuture<Integer>>> parties() {
        return parties;
    }

    private static CompletableFuture<Integer> agents(List<IvyGateway> domains) {
        CompletableFuture<Integer> sum = CompletableFuture.completedFuture(0);
        for (IvyGateway domain : domains) {
            sum = sum.thenCombine(domain.agents(), (known, agents) -> known + agents.size());
        }
        return sum;
    }

    /** What agents did that made no sense, and what was lost to them, of all domains together. */
    private static CompletableFuture<List<Family>> troubles(List<IvyGateway> domains) {
        CompletableFuture<Map<IvyCount, Long>> sums = CompletableFuture.completedFuture(new EnumMap<>(IvyCount.class));
        for (IvyGateway domain : domains) {
            sums = sums.thenCombine(domain.status(), (known, status) -> {
                status.counts().forEach((what, count) -> known.merge(what, count, Long::sum));
                return known;
            });
        }
        return sums.thenApply(known -> {
            Family family =
                    Family.counter("ivy_frames", "what Ivy domains count of lines, datagrams and connections, by kind");
            known.forEach(
                    (what, count) -> family.with(count, "kind", what.name().toLowerCase(Locale.ROOT)));
            return List.of(family);
        });
    }

    private static List<Family> registry(Registry registry) {
        Family commands = Family.counter("device_commands", "commands that came to this state");
        for (CommandState state : CommandState.values()) {
            commands.with(
                    registry.commands().count(state), "state", state.name().toLowerCase(Locale.ROOT));
        }
        List<Family> families = new ArrayList<>();
        families.add(commands);
        families.add(Family.counter(
                        "device_history_crowded_out",
                        "messages of devices that went before their time for want of room")
                .with(registry.history().crowdedOut()));
        families.add(Family.gauge("devices", "devices that are registered")
                .with(registry.devices().all().size()));
        return families;
    }
}
