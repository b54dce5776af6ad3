package io.hawser.verify.crash;

import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.Registration;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.RegistryLimits;
import io.hawser.iot.registry.command.Command;
import io.hawser.iot.registry.command.CommandOrder;
import io.hawser.iot.registry.command.CommandQuery;
import io.hawser.iot.registry.command.CommandState;
import io.hawser.iot.registry.history.DeviceMessage;
import io.hawser.iot.registry.history.HistoryQuery;
import io.hawser.iot.registry.history.MessageKind;
import io.hawser.store.local.LocalStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A registry of devices over a store on disk, as a process of its own that works as fast as it can until it is killed. What it
 * prints it has promised.
 *
 * <pre>
 *   has ID STATE | said DEVICE CLIENT_ID    what it found, then: ready
 *   queued ID | out ID | done ID | cancelled ID | kept DEVICE NUMBER
 * </pre>
 */
final class RegistryProgram {
    private static final int DEVICES = 4;
    private static final int BATCH = 3;
    private static final Value.Opaque NOTHING = new Value.Opaque(new byte[0]);

    private final Executor owner;
    private final Registry registry;

    private RegistryProgram(Executor owner, Registry registry) {
        this.owner = owner;
        this.registry = registry;
    }

    public static void main(String[] arguments) {
        LocalStore store =
                LocalStore.open(Path.of(arguments[0]), InstantSource.system(), DurableListener.NONE, failure -> {
                    throw failure;
                });
        Executor owner = Executors.newSingleThreadExecutor();
        Registry registry = Registry.open(
                        store.records(), owner, InstantSource.system(), new SecureRandom(), RegistryLimits.DEFAULT)
                .join();
        new RegistryProgram(owner, registry).run();
    }

    private void run() {
        ask(known -> CompletableFuture.completedFuture(known.commands()
                        .list(new CommandQuery(
                                Optional.empty(), Optional.empty(), Set.of(CommandState.values()), 0, 1_000_000))))
                .forEach(command -> say("has " + command.id() + " " + command.state()));
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            devices.add(device("D" + i));
        }
        List<Integer> said = devices.stream().map(this::said).toList();
        say("ready");
        for (int i = 0; i < DEVICES; i++) {
            Device device = devices.get(i);
            int next = said.get(i);
            new Thread(() -> work(device, next)).start();
        }
    }

    private Device device(String hardwareId) {
        return ask(known -> known.devices()
                .named(hardwareId)
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> application(known)
                        .thenCompose(id -> known.devices().register(Registration.of(hardwareId, id)))));
    }

    private static CompletableFuture<String> application(Registry known) {
        return known.applications()
                .named("lab")
                .map(lab -> CompletableFuture.completedFuture(lab.id()))
                .orElseGet(() -> known.applications().add("lab", "", Map.of()).thenApply(lab -> lab.id()));
    }

    /** Tells all messages of {@code device}; returns how many there are. */
    private int said(Device device) {
        HistoryQuery all = new HistoryQuery(
                Optional.of(device.id()), id -> true, Optional.empty(), -1, Long.MAX_VALUE, 0, 1_000_000, false);
        var messages = ask(known -> known.history().read(all)).messages();
        messages.forEach(
                each -> say("said " + device.hardwareId() + " " + each.message().clientId()));
        return messages.size();
    }

    private void work(Device device, int said) {
        // a device repeats the call of which it had no answer
        int next = Math.max(0, said - said % BATCH - BATCH);
        for (int turn = 0; ; turn++) {
            Command queued = ask(known -> known.queue(order(device), command -> 100));
            say("queued " + queued.id());
            if (turn % 5 == 4) {
                ask(known -> known.commands().cancel(queued.id()));
                say("cancelled " + queued.id());
            }
            if (turn % 3 == 2) {
                poll(device);
            }
            int from = next;
            ask(known -> known.history().accept(batch(device, from)));
            say("kept " + device.hardwareId() + " " + (from + BATCH));
            next += BATCH;
        }
    }

    private void poll(Device device) {
        List<Command> out = ask(known -> known.commands().next(List.of(device.id()), 10_000))
                .commands();
        out.forEach(command -> say("out " + command.id()));
        out.stream().skip(1).forEach(command -> {
            ask(known -> known.commands().answer(device.id(), command.id(), 200, NOTHING));
            say("done " + command.id());
        });
    }

    private static List<DeviceMessage> batch(Device device, int from) {
        List<DeviceMessage> batch = new ArrayList<>();
        for (int n = from; n < from + BATCH; n++) {
            batch.add(new DeviceMessage(
                    String.valueOf(n),
                    device.id(),
                    MessageKind.DATA,
                    "urn:m",
                    "urn:m" + DeviceMessage.ATTRIBUTES,
                    "",
                    "",
                    "LOW",
                    "BEST_EFFORT",
                    n,
                    Fields.of("n", Value.of(n))));
        }
        return batch;
    }

    private static CommandOrder order(Device device) {
        return new CommandOrder(
                device.id(),
                device.application(),
                "test",
                "PUT",
                "a",
                Map.of(),
                NOTHING,
                Duration.ofDays(1),
                Duration.ofDays(1));
    }

    private <T> T ask(Function<Registry, CompletableFuture<T>> question) {
        return CompletableFuture.supplyAsync(() -> question.apply(registry), owner)
                .thenCompose(answer -> answer)
                .join();
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
        }
    }
}
