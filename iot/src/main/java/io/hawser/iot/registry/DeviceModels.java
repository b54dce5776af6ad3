package io.hawser.iot.registry;

import io.hawser.core.value.Value;
import io.hawser.iot.registry.kept.Image;
import io.hawser.iot.registry.kept.Keeper;
import io.hawser.iot.registry.kept.RegistryException;
import io.hawser.iot.registry.kept.Schema;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * All device models, the table {@code iot-models}. Owner only; every future completes on the owner, when the store has the
 * change, or with a {@link RegistryException}.
 *
 * <pre>
 *   model  text urn, bytes json, count version, yes draft, number created, modified
 * </pre>
 */
public final class DeviceModels {
    private static final Schema<DeviceModelFile> SCHEMA = new Schema<>(
            "iot-models",
            DeviceModelFile::urn,
            (out, model) -> out.text(model.urn())
                    .bytes(model.json().bytes())
                    .count(model.version())
                    .octet(model.draft() ? 1 : 0)
                    .number(model.created())
                    .number(model.modified()),
            in -> new DeviceModelFile(
                    in.text(), new Value.Opaque(in.bytes()), in.count(), in.yes(), in.number(), in.number()));
    private static final String TURN = "models";

    private final Keeper keeper;
    private final InstantSource clock;
    private final RegistryLimits limits;
    private final Image<DeviceModelFile> image;

    DeviceModels(Keeper keeper, InstantSource clock, RegistryLimits limits) {
        this.keeper = keeper;
        this.clock = clock;
        this.limits = limits;
        this.image = new Image<>(keeper.records(), SCHEMA, (before, after) -> {});
    }

    CompletableFuture<Void> load() {
        return image.load(keeper.owner());
    }

    /** The model called {@code urn}. */
    public Optional<DeviceModelFile> get(String urn) {
        return image.get(urn);
    }

    /** All models in the order of their URNs; a view. */
    public Collection<DeviceModelFile> all() {
        return image.all();
    }

    /** Keeps {@code json}, which has been checked, as the newest version of {@code urn}; the same bytes are no new version. */
    public CompletableFuture<DeviceModelFile> put(String urn, Value.Opaque json) {
        return keeper.inTurn(TURN, () -> put(urn, json, false));
    }

    /** Keeps {@code json} as a draft of {@code urn} unless there is a model of that name; completes with what there is. */
    public CompletableFuture<DeviceModelFile> draft(String urn, Value.Opaque json) {
        return keeper.inTurn(
                TURN, () -> get(urn).map(CompletableFuture::completedFuture).orElseGet(() -> put(urn, json, true)));
    }

    /** Removes the model called {@code urn}; completes with what it was. */
    public CompletableFuture<DeviceModelFile> remove(String urn) {
        return keeper.inTurn(TURN, () -> {
            DeviceModelFile model = get(urn).orElseThrow(() -> RegistryException.unknown("device model " + urn));
            return keeper.commit(List.of(image.remove(urn)), model);
        });
    }

    private CompletableFuture<DeviceModelFile> put(String urn, Value.Opaque json, boolean draft) {
        limits.checkId("the URN", urn);
        if (json.length() > limits.modelBytes()) {
            throw RegistryException.limit("device model " + urn + " has " + json.length() + " bytes, and the limit is "
                    + limits.modelBytes());
        }
        Optional<DeviceModelFile> before = get(urn);
        if (before.isEmpty()) {
            limits.checkRoom("device models", image.size(), limits.models());
        }
        Optional<DeviceModelFile> same = before.filter(kept -> kept.json().equals(json) && kept.draft() == draft);
        if (same.isPresent()) {
            return CompletableFuture.completedFuture(same.get());
        }
        long now = clock.millis();
        DeviceModelFile model = new DeviceModelFile(
                urn,
                json,
                before.map(DeviceModelFile::version).orElse(0L) + 1,
                draft,
                before.map(DeviceModelFile::created).orElse(now),
                now);
        return keeper.commit(List.of(image.put(model)), model);
    }
}
