package io.hawser.iot.registry;

import io.hawser.iot.registry.kept.Image;
import io.hawser.iot.registry.kept.Keeper;
import io.hawser.iot.registry.kept.RegistryException;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * All devices, found by endpoint id, by hardware id and by the gateway that they are behind. Owner only; every future completes
 * on the owner, when the store has the change, or with a {@link RegistryException}.
 */
public final class Devices {
    private final Keeper keeper;
    private final InstantSource clock;
    private final Lots lots;
    private final RegistryLimits limits;
    private final Applications applications;
    private final LastHeard heard;
    private final Image<Device> image;
    private final Map<String, String> byHardware = new HashMap<>();
    private final Map<String, TreeSet<String>> behind = new HashMap<>();
    /** New devices on their way to the store: they count against the limit. */
    private int coming;

    private Consumer<Device> gone = device -> {};

    Devices(
            Keeper keeper,
            InstantSource clock,
            Lots lots,
            RegistryLimits limits,
            Applications applications,
            LastHeard heard) {
        this.keeper = keeper;
        this.clock = clock;
        this.lots = lots;
        this.limits = limits;
        this.applications = applications;
        this.heard = heard;
        this.image = new Image<>(keeper.records(), DeviceSchema.DEVICES, this::changed);
    }

    CompletableFuture<Void> load() {
        return image.load(keeper.owner());
    }

    /** Tells {@code listener}, on the owner, of each device that is gone: decommissioned or removed. */
    void whenGone(Consumer<Device> listener) {
        gone = listener;
    }

    private void changed(Optional<Device> before, Optional<Device> after) {
        before.ifPresent(device -> {
            byHardware.remove(device.hardwareId());
            device.gateway()
                    .ifPresent(gateway -> behind.computeIfPresent(gateway, (id, ids) -> {
                        ids.remove(device.id());
                        return ids.isEmpty() ? null : ids;
                    }));
        });
        after.ifPresent(device -> {
            byHardware.put(device.hardwareId(), device.id());
            device.gateway().ifPresent(gateway -> behind.computeIfAbsent(gateway, id -> new TreeSet<>())
                    .add(device.id()));
        });
        before.filter(device -> !isThere(device.id())).ifPresent(gone);
    }

    /** Whether there is a device with the endpoint id {@code id} that is not decommissioned. */
    public boolean isThere(String id) {
        return get(id).filter(device -> device.state() != DeviceState.DECOMMISSIONED)
                .isPresent();
    }

    /** The device with the endpoint id {@code id}. */
    public Optional<Device> get(String id) {
        return image.get(id);
    }

    /** The device with the activation id {@code hardwareId}. */
    public Optional<Device> byHardware(String hardwareId) {
        return Optional.ofNullable(byHardware.get(hardwareId)).flatMap(image::get);
    }

    /** The device that somebody calls {@code id}: by its endpoint id, else by its hardware id. */
    public Optional<Device> named(String id) {
        return get(id).or(() -> byHardware(id));
    }

    /** The devices behind {@code gateway}, in the order of their ids. */
    public List<Device> behind(String gateway) {
        return behind.getOrDefault(gateway, new TreeSet<>()).stream()
                .map(id -> image.get(id).orElseThrow())
                .toList();
    }

    /** All devices, decommissioned ones included, in the order of their ids; a view. */
    public Collection<Device> all() {
        return image.all();
    }

    /** Takes up a device that is to come. Its secret can be seen in the answer. */
    public CompletableFuture<Device> register(Registration registration) {
        return keeper.inTurn(turn(registration.hardwareId()), () -> {
            check(registration);
            if (byHardware.containsKey(registration.hardwareId())) {
                throw RegistryException.conflict("there is a device " + registration.hardwareId()
                        + " already; choose another hardware id, or remove it first");
            }
            DeviceDraft draft = fresh(registration.hardwareId(), registration.application());
            draft.name = registration.name().isEmpty() ? registration.hardwareId() : registration.name();
            draft.description = registration.description();
            draft.metadata = registration.metadata();
            Secret secret = registration.secret().orElseGet(lots::secret);
            draft.keys = new DeviceKeys(Optional.of(secret), Optional.empty(), 0);
            return add(draft.done());
        });
    }

    private void check(Registration registration) {
        limits.checkId("the hardware id", registration.hardwareId());
        limits.checkText("the name", registration.name());
        limits.checkText("the description", registration.description());
        limits.checkMetadata(registration.metadata());
        registration.secret().ifPresent(secret -> limits.checkId("the secret", secret.reveal()));
        applications.need(registration.application());
    }

    private DeviceDraft fresh(String hardwareId, String application) {
        limits.checkRoom("devices", image.size() + coming, limits.devices());
        return new DeviceDraft(lots.id(), hardwareId, application, clock.millis());
    }

    private CompletableFuture<Device> add(Device device) {
        coming++;
        return keeper.commit(List.of(image.put(device)), device).whenComplete((done, failure) -> coming--);
    }

    /**
     * Activates the device {@code id} by itself, with the public key that it made; the signature has been checked. Asked once
     * more with the same key, the answer is the same. With another key it is activated anew as long as nobody was heard who has the
     * first one: then the answer was lost.
     */
    public CompletableFuture<Device> activate(String id, PublicKey key, List<String> models) {
        return change(id, device -> {
            limits.checkModels(models);
            return Lifecycle.activate(device, key, models, clock.millis(), heard.isConfirmed(device));
        });
    }

    /**
     * Activates a device behind {@code gateway}, registered before or not; the signature has been checked. Asked once more, the
     * endpoint id is the same.
     */
    public CompletableFuture<Device> join(String gateway, Joining joining) {
        return keeper.inTurn(turn(joining.hardwareId()), () -> {
            Device owner = need(gateway);
            limits.checkId("the hardware id", joining.hardwareId());
            limits.checkModels(joining.models());
            limits.checkMetadata(joining.metadata());
            if (owner.kind() != DeviceKind.GATEWAY || !owner.active()) {
                throw RegistryException.conflict("device " + gateway + " is " + owner.state() + " and " + owner.kind()
                        + "; only an activated gateway has devices behind it");
            }
            Optional<Device> known = byHardware(joining.hardwareId());
            if (known.isPresent()) {
                return put(known.get(), Lifecycle.join(known.get(), gateway, joining, clock.millis()));
            }
            Device device = fresh(joining.hardwareId(), owner.application()).done();
            return add(Lifecycle.join(device, gateway, joining, clock.millis()));
        });
    }

    /** Changes what people read of the device {@code id}. */
    public CompletableFuture<Device> describe(
            String id, String name, String description, Map<String, String> metadata) {
        return change(id, device -> {
            limits.checkId("the name", name);
            limits.checkText("the description", description);
            limits.checkMetadata(metadata);
            DeviceDraft draft = new DeviceDraft(device);
            draft.name = name;
            draft.description = description;
            draft.metadata = metadata;
            return draft.done();
        });
    }

    /** Shuts the device out until it is enabled; its tokens are void. */
    public CompletableFuture<Device> disable(String id) {
        return change(id, Lifecycle::disable);
    }

    /** Lets a disabled device in again. */
    public CompletableFuture<Device> enable(String id) {
        return change(id, Lifecycle::enable);
    }

    /** Shuts the device out for ever; its record stays. */
    public CompletableFuture<Device> decommission(String id) {
        return change(id, Lifecycle::decommission);
    }

    /** Gives the device a new secret, to be seen in the answer: it must activate itself again. Its tokens and its key are void. */
    public CompletableFuture<Device> rotate(String id) {
        return change(id, device -> Lifecycle.rotate(device, lots.secret()));
    }

    /** Makes the device's secret, key and tokens void, and disables it. */
    public CompletableFuture<Device> revoke(String id) {
        return change(id, Lifecycle::revoke);
    }

    /**
     * Removes the record of the device {@code id}, whose id is never given again; completes with what it was. Devices behind it
     * can join another gateway.
     */
    public CompletableFuture<Device> remove(String id) {
        return inTurn(id, device -> keeper.commit(List.of(image.remove(id)), device));
    }

    private CompletableFuture<Device> change(String id, UnaryOperator<Device> change) {
        return inTurn(id, device -> put(device, change.apply(device)));
    }

    private CompletableFuture<Device> inTurn(String id, Function<Device, CompletableFuture<Device>> change) {
        Optional<Device> found = get(id);
        if (found.isEmpty()) {
            return CompletableFuture.failedFuture(unknown(id));
        }
        return keeper.inTurn(turn(found.get().hardwareId()), () -> change.apply(need(id)));
    }

    private CompletableFuture<Device> put(Device before, Device after) {
        boolean same = Objects.equals(before, after);
        return keeper.commit(same ? List.of() : List.of(image.put(after)), after);
    }

    private Device need(String id) {
        return get(id).orElseThrow(() -> unknown(id));
    }

    private static RegistryException unknown(String id) {
        return RegistryException.unknown("device " + id);
    }

    /** What a change of the device {@code hardwareId} takes a turn in. */
    static String turn(String hardwareId) {
        return "device " + hardwareId;
    }
}
