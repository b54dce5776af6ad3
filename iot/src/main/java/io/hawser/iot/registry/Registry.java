package io.hawser.iot.registry;

import io.hawser.core.store.record.Records;
import io.hawser.iot.registry.command.Command;
import io.hawser.iot.registry.command.CommandOrder;
import io.hawser.iot.registry.command.Commands;
import io.hawser.iot.registry.history.History;
import io.hawser.iot.registry.kept.Keeper;
import io.hawser.iot.registry.kept.RegistryException;
import io.hawser.iot.registry.policy.Policies;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * What the hub keeps of its devices: images in memory of tables in the store.
 *
 * <p>Concurrency: one executor owns all of it. Each method of each part is called there and returns at once, and each future
 * completes there. What a part shows is safe; a change is seen, and its future completes, when the store has it.
 */
public final class Registry {
    private static final String GONE = "the device is gone";

    private final Applications applications;
    private final Integrations integrations;
    private final LastHeard heard;
    private final Devices devices;
    private final Resources resources;
    private final DeviceModels models;
    private final Commands commands;
    private final History history;
    private final Policies policies;
    private Consumer<Device> removed = device -> {};

    private Registry(Keeper keeper, InstantSource clock, RandomGenerator random, RegistryLimits limits) {
        Lots lots = new Lots(random);
        this.applications = new Applications(keeper, clock, lots, limits);
        this.integrations = new Integrations(keeper, clock, lots, limits, applications);
        this.heard = new LastHeard(keeper, clock);
        this.devices = new Devices(keeper, clock, lots, limits, applications, heard);
        this.resources = new Resources(keeper);
        this.models = new DeviceModels(keeper, clock, limits);
        this.commands = new Commands(keeper, clock, limits.commands(), lots::id);
        this.history = new History(keeper, clock, limits.history());
        this.policies =
                new Policies(keeper, clock, lots::id, id -> devices.get(id).map(Device::mailbox));
        devices.whenGone(device -> {
            gone(device.id());
            if (devices.get(device.id()).isEmpty()) {
                removed.accept(device);
            }
        });
    }

    /**
     * Reads all that is kept. Callable from any thread; completes on {@code owner}, exceptionally with a
     * {@link io.hawser.core.store.StoreException} if something kept cannot be read.
     *
     * @param owner runs one task at a time; all of the registry belongs to it
     * @param clock the time
     * @param random makes ids and secrets: nobody can guess what comes next
     */
    public static CompletableFuture<Registry> open(
            Records records, Executor owner, InstantSource clock, RandomGenerator random, RegistryLimits limits) {
        Registry registry = new Registry(new Keeper(records, owner), clock, random, limits);
        return registry.applications
                .load()
                .thenCompose(done -> registry.integrations.load())
                .thenCompose(done -> registry.heard.load())
                .thenCompose(done -> registry.resources.load())
                .thenCompose(done -> registry.devices.load())
                .thenCompose(done -> registry.models.load())
                .thenCompose(done -> registry.commands.load())
                .thenCompose(done -> registry.history.load())
                .thenCompose(done -> registry.policies.load())
                .thenApply(done -> registry.settled());
    }

    /** Finishes what an earlier life did not come to. */
    private Registry settled() {
        Set<String> known = new HashSet<>(commands.devices());
        known.addAll(history.devices());
        known.addAll(policies.devices());
        known.addAll(heard.devices());
        known.addAll(resources.devices());
        known.stream().filter(id -> !devices.isThere(id)).forEach(this::gone);
        return this;
    }

    /** What a decommissioned device said is kept, what a removed one said is not. */
    private void gone(String id) {
        commands.abandon(id, GONE);
        policies.forget(id);
        heard.forget(id);
        resources.forget(id);
        if (devices.get(id).isEmpty()) {
            history.forget(id);
        }
    }

    /** Tells {@code listener}, on the owner, of each device whose record is removed. */
    public void whenRemoved(Consumer<Device> listener) {
        removed = listener;
    }

    /** Ends what has waited too long, and removes what has been kept long enough; the owner calls it about once a second. */
    public void tick() {
        commands.tick();
        history.tick();
    }

    /** The applications. */
    public Applications applications() {
        return applications;
    }

    /** The programs that work with devices. */
    public Integrations integrations() {
        return integrations;
    }

    /** The devices. */
    public Devices devices() {
        return devices;
    }

    /** Removes the application {@code id}, to which no device and no integration may belong any more. */
    public CompletableFuture<Application> removeApplication(String id) {
        long left = devices.all().stream()
                .filter(device -> device.application().equals(id))
                .count();
        long programs = integrations.all().stream()
                .filter(integration -> integration.application().equals(id))
                .count();
        return left + programs == 0
                ? applications.remove(id)
                : CompletableFuture.failedFuture(RegistryException.conflict("this application has " + left
                        + " devices and " + programs + " integrations; remove those first"));
    }

    /** When devices were heard last. */
    public LastHeard heard() {
        return heard;
    }

    /** What devices can be asked for. */
    public Resources resources() {
        return resources;
    }

    /** The device models. */
    public DeviceModels models() {
        return models;
    }

    /** What is asked of devices. */
    public Commands commands() {
        return commands;
    }

    /** What devices said. */
    public History history() {
        return history;
    }

    /** What devices work out for themselves. */
    public Policies policies() {
        return policies;
    }

    /** Queues {@code order} if its device is there, as {@link Commands#queue} does; if it goes meanwhile, the command is cancelled. */
    public CompletableFuture<Command> queue(CommandOrder order, ToIntFunction<Command> size) {
        String device = order.device();
        if (!devices.isThere(device)) {
            return CompletableFuture.failedFuture(RegistryException.unknown("device " + device));
        }
        return commands.queue(order, size)
                .thenCompose(command -> devices.isThere(device)
                        ? CompletableFuture.completedFuture(command)
                        : commands.abandon(device, GONE)
                                .thenApply(done -> commands.get(command.id()).orElse(command)));
    }
}
