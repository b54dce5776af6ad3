package io.hawser.verify.iot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.authority.DevelopmentAuthority;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.DeviceWish;
import io.hawser.iot.gateway.IotGateway;
import io.hawser.iot.registry.Registration;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.command.Command;
import io.hawser.iot.registry.command.CommandState;
import io.hawser.verify.bench.iot.DeviceCrowd;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A thousand devices that poll long over TLS, and one hub on a disk. */
@Tag("slow")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DeviceCrowdTest {
    private static final int DEVICES = 1_000;
    private static final int ROUNDS = 5;
    private static final long MOST_GROWTH = 32 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String URN = "urn:test:beeper";
    private static final String MODEL =
            "{\"urn\":\"urn:test:beeper\",\"name\":\"beeper\",\"attributes\":[],\"actions\":[{\"name\":\"beep\"}],\"formats\":[]}";

    @TempDir
    private Path folder;

    @Test
    void eachDoesOnceWhatItIsAskedAndTheHubTakesNoMoreMemoryForIt() {
        DevelopmentAuthority own = DevelopmentAuthority.in(folder.resolve("authority"), Instant.now());
        try (Hub hub = hub(own);
                DeviceCrowd crowd = new DeviceCrowd(hub.iotUrl().orElseThrow(), own.trust(), URN)) {
            IotGateway iot = hub.iot().orElseThrow();
            List<String> names = register(iot);
            crowd.activate(names);
            await().atMost(PATIENCE).until(() -> iot.online().join().size() == DEVICES && crowd.polling() == DEVICES);
            long threads = Thread.activeCount();

            // in the first rounds each device makes a second connection, beside that of its poll, and a thousand
            // handshakes in one process that is still cold take seconds
            List<Long> first = new ArrayList<>();
            rounds(iot, crowd, names, first);
            List<Long> times = new ArrayList<>();
            long before = usedHeap();
            rounds(iot, crowd, names, times);
            long growth = usedHeap() - before;

            System.out.printf(
                    "%d devices, %d commands in rounds of %d: %s; the first %d: %s; the heap grew by %d KiB%n",
                    DEVICES, times.size(), DEVICES, shown(times), first.size(), shown(first), growth >> 10);
            assertThat(crowd.done())
                    .hasSize(DEVICES)
                    .allSatisfy((name, beeps) -> assertThat(beeps).as(name).isEqualTo(2 * ROUNDS));
            assertThat(crowd.failures()).isEmpty();
            assertThat(growth).isLessThan(MOST_GROWTH);
            assertThat(Thread.activeCount()).isLessThanOrEqualTo((int) threads + 5);
        }
    }

    private Hub hub(DevelopmentAuthority own) {
        return Hub.start(new ConfigReader(Map.of())
                .flag("test", "data", folder.resolve("data").toString())
                .flag("test", "eftl.port", 0)
                .flag("test", "iot.enabled", true)
                .flag("test", "iot.port", 0)
                .flag("test", "iot.registry.commands.ended", 3)
                .flag("test", "iot.tls.certificate", own.certificate().toString())
                .flag("test", "iot.tls.key", own.key().toString())
                .read());
    }

    private static List<String> register(IotGateway iot) {
        ask(iot, registry -> registry.models().put(URN, new Value.Opaque(MODEL.getBytes(UTF_8))));
        String application = ask(iot, registry -> registry.applications().add("crowd", "", Map.of()))
                .id();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            String name = "BEEP-" + i;
            names.add(name);
            ask(iot, registry -> registry.devices()
                    .register(new Registration(
                            name, application, "", "", Map.of(), Optional.of(DeviceCrowd.secret(name)))));
        }
        return names;
    }

    /** Everybody is asked, all at once, again and again. */
    private static void rounds(IotGateway iot, DeviceCrowd crowd, List<String> names, List<Long> times) {
        for (int round = 0; round < ROUNDS; round++) {
            List<CompletableFuture<Command>> asked = new ArrayList<>();
            List<Long> taken = Collections.synchronizedList(new ArrayList<>());
            for (String name : names) {
                long start = System.nanoTime();
                asked.add(iot.order(new DeviceWish.Call(name, "beep", Optional.empty()), Optional.empty())
                        .thenCompose(command ->
                                iot.ask(registry -> registry.commands().ended(command.id())))
                        .whenComplete((ended, failure) ->
                                taken.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))));
            }
            for (CompletableFuture<Command> each : asked) {
                Command ended =
                        each.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
                assertThat(ended.state())
                        .as("%s %s", ended.reason(), crowd.failures())
                        .isEqualTo(CommandState.COMPLETED);
            }
            times.addAll(taken);
        }
    }

    private static String shown(List<Long> millis) {
        List<Long> sorted = millis.stream().sorted().toList();
        return "p50 " + sorted.get(sorted.size() / 2) + " ms, p99 " + sorted.get(sorted.size() * 99 / 100) + " ms";
    }

    private static long usedHeap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static <T> T ask(IotGateway iot, Function<Registry, CompletableFuture<T>> question) {
        return iot.ask(question)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
