package io.hawser.iot.registry;

import io.hawser.iot.registry.kept.Image;
import io.hawser.iot.registry.kept.Keeper;
import io.hawser.iot.registry.kept.Pieces;
import io.hawser.iot.registry.kept.RegistryException;
import io.hawser.iot.registry.kept.Schema;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * All applications, the table {@code iot-applications}. Owner only; every future completes on the owner, when the store has the
 * change, or with a {@link RegistryException}.
 *
 * <pre>
 *   application  text id, name, description, pairs metadata, number created
 * </pre>
 */
public final class Applications {
    private static final Schema<Application> SCHEMA = new Schema<>(
            "iot-applications",
            Application::id,
            (out, application) -> {
                out.text(application.id()).text(application.name()).text(application.description());
                Pieces.pairs(out, application.metadata());
                out.number(application.created());
            },
            in -> new Application(in.text(), in.text(), in.text(), Pieces.pairs(in), in.number()));

    private final Keeper keeper;
    private final InstantSource clock;
    private final Lots lots;
    private final RegistryLimits limits;
    private final Image<Application> image;

    Applications(Keeper keeper, InstantSource clock, Lots lots, RegistryLimits limits) {
        this.keeper = keeper;
        this.clock = clock;
        this.lots = lots;
        this.limits = limits;
        this.image = new Image<>(keeper.records(), SCHEMA, (before, after) -> {});
    }

    CompletableFuture<Void> load() {
        return image.load(keeper.owner());
    }

    /** The application with the id {@code id}. */
    public Optional<Application> get(String id) {
        return image.get(id);
    }

    /** The application called {@code name}. */
    public Optional<Application> named(String name) {
        return image.all().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** All applications in the order of their ids; a view. */
    public Collection<Application> all() {
        return image.all();
    }

    /** Adds an application whose name is new. */
    public CompletableFuture<Application> add(String name, String description, Map<String, String> metadata) {
        return keeper.inTurn("applications", () -> {
            limits.checkId("the name", name);
            limits.checkText("the description", description);
            limits.checkMetadata(metadata);
            limits.checkRoom("applications", image.size(), limits.applications());
            if (named(name).isPresent()) {
                throw RegistryException.conflict("there is an application " + name + " already; choose another name");
            }
            Application application = new Application(lots.id(), name, description, metadata, clock.millis());
            return keeper.commit(List.of(image.put(application)), application);
        });
    }

    /** Removes the application {@code id}; whoever asks has made sure that nothing belongs to it. */
    CompletableFuture<Application> remove(String id) {
        return keeper.inTurn("applications", () -> {
            need(id);
            return keeper.commit(List.of(image.remove(id)), image.get(id).orElseThrow());
        });
    }

    /** Refuses an application that is not there. */
    void need(String id) {
        if (get(id).isEmpty()) {
            throw RegistryException.unknown("application " + id);
        }
    }
}
