package io.hawser.iot.registry;

import io.hawser.iot.registry.kept.Image;
import io.hawser.iot.registry.kept.Keeper;
import io.hawser.iot.registry.kept.RegistryException;
import io.hawser.iot.registry.kept.Schema;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * All integrations, the table {@code iot-integrations}. Owner only; every future completes on the owner, when the store has the
 * change, or with a {@link RegistryException}.
 *
 * <pre>
 *   integration  text id, name, application, bytes secret, count epoch, number created
 * </pre>
 */
public final class Integrations {
    private static final Schema<Integration> SCHEMA = new Schema<>(
            "iot-integrations",
            Integration::id,
            (out, integration) -> out.text(integration.id())
                    .text(integration.name())
                    .text(integration.application())
                    .bytes(integration.secret().bytes())
                    .count(integration.epoch())
                    .number(integration.created()),
            in -> new Integration(in.text(), in.text(), in.text(), new Secret(in.bytes()), in.count(), in.number()));
    private static final String TURN = "integrations";

    private final Keeper keeper;
    private final InstantSource clock;
    private final Lots lots;
    private final RegistryLimits limits;
    private final Applications applications;
    private final Image<Integration> image;
    private Consumer<Integration> revoked = integration -> {};

    Integrations(Keeper keeper, InstantSource clock, Lots lots, RegistryLimits limits, Applications applications) {
        this.keeper = keeper;
        this.clock = clock;
        this.lots = lots;
        this.limits = limits;
        this.applications = applications;
        this.image = new Image<>(keeper.records(), SCHEMA, (before, after) -> {});
    }

    CompletableFuture<Void> load() {
        return image.load(keeper.owner());
    }

    /** The integration with the id {@code id}. */
    public Optional<Integration> get(String id) {
        return image.get(id);
    }

    /** The integration that somebody calls {@code id}: by its id, else by its name. */
    public Optional<Integration> named(String id) {
        return get(id).or(() ->
                image.all().stream().filter(each -> each.name().equals(id)).findFirst());
    }

    /** All integrations in the order of their ids; a view. */
    public Collection<Integration> all() {
        return image.all();
    }

    /** Adds an integration of {@code application} whose name is new; its secret can be seen in the answer. */
    public CompletableFuture<Integration> add(String application, String name) {
        return keeper.inTurn(TURN, () -> {
            applications.need(application);
            limits.checkId("the name", name);
            limits.checkRoom(TURN, image.size(), limits.integrations());
            if (named(name).isPresent()) {
                throw RegistryException.conflict("there is an integration " + name + " already; choose another name");
            }
            return put(new Integration(lots.id(), name, application, lots.secret(), 0, clock.millis()));
        });
    }

    /** Gives the integration a new secret, to be seen in the answer; what the old one granted is void. */
    public CompletableFuture<Integration> rotate(String id) {
        return keeper.inTurn(TURN, () -> {
            Integration old = need(id);
            return put(
                    new Integration(id, old.name(), old.application(), lots.secret(), old.epoch() + 1, old.created()));
        });
    }

    /** Removes the integration; what its secret granted is void. Completes with what it was. */
    public CompletableFuture<Integration> revoke(String id) {
        return keeper.inTurn(TURN, () -> {
            Integration integration = need(id);
            return keeper.commit(List.of(image.remove(id)), integration).thenApply(gone -> {
                revoked.accept(gone);
                return gone;
            });
        });
    }

    /** Tells {@code listener}, on the owner, of each integration that is removed. */
    public void whenRevoked(Consumer<Integration> listener) {
        revoked = listener;
    }

    private Integration need(String id) {
        return get(id).orElseThrow(() -> RegistryException.unknown("integration " + id));
    }

    private CompletableFuture<Integration> put(Integration integration) {
        return keeper.commit(List.of(image.put(integration)), integration);
    }
}
