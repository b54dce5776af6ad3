package io.hawser.app.admin.device;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hawser.app.admin.Answers;
import io.hawser.app.admin.Question;
import io.hawser.app.admin.Rejection;
import io.hawser.core.value.Fields;
import io.hawser.iot.gateway.IotGateway;
import io.hawser.iot.registry.Application;
import io.hawser.iot.registry.Integration;
import io.hawser.iot.registry.Integrations;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.kept.RegistryException;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.net.http.Route;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * The applications to which devices belong, and the integrations by which programs of operators work with them. Either goes by its
 * name or its id.
 *
 * <pre>
 *   GET    /applications
 *   POST   /applications {"name":..,"description":..}
 *   DELETE /applications/APPLICATION                       if nothing belongs to it
 *   GET    /integrations
 *   POST   /integrations {"name":..,"application":..}      tells the secret, this once
 *   POST   /integrations/INTEGRATION/rotate                the same; what the old one granted is void
 *   POST   /integrations/INTEGRATION/provisioning {"passphrase":..}   {"integration":..,"server":..,"file":".."}
 *   DELETE /integrations/INTEGRATION                       what its secret granted is void
 * </pre>
 */
public final class ApplicationApi {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Answers answers;
    private final IotGateway gateway;

    /** About those of {@code gateway}. */
    public ApplicationApi(Answers answers, IotGateway gateway) {
        this.answers = answers;
        this.gateway = gateway;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(
                answers.list(
                        "/applications",
                        () -> gateway.ask(
                                registry -> CompletableFuture.completedFuture(registry.applications().all().stream()
                                        .map(application -> row(registry, application))
                                        .toList())),
                        CompletableFuture::completedFuture),
                answers.post("/applications", this::add),
                answers.delete("/applications/{application}", this::remove),
                answers.list(
                        "/integrations",
                        () -> gateway.ask(
                                registry -> CompletableFuture.completedFuture(registry.integrations().all().stream()
                                        .map(integration ->
                                                row(registry, integration).build())
                                        .toList())),
                        CompletableFuture::completedFuture),
                answers.post("/integrations", this::integrate),
                answers.post(
                        "/integrations/{integration}/rotate", question -> change(question, true, Integrations::rotate)),
                answers.post("/integrations/{integration}/provisioning", this::provision),
                answers.delete(
                        "/integrations/{integration}", question -> change(question, false, Integrations::revoke)));
    }

    private CompletableFuture<Fields> add(Question question) {
        Fields body = question.body();
        return DeviceApi.ask(
                answers,
                gateway,
                registry -> registry.applications()
                        .add(
                                body.string("name").orElse(""),
                                body.string("description").orElse(""),
                                Map.of())
                        .thenApply(made -> row(registry, made)),
                row -> row);
    }

    private CompletableFuture<Fields> remove(Question question) {
        return DeviceApi.ask(
                answers,
                gateway,
                registry -> registry.removeApplication(application(registry, question.part("application"))
                                .id())
                        .thenApply(gone -> row(registry, gone)),
                row -> row);
    }

    private CompletableFuture<Fields> integrate(Question question) {
        Fields body = question.body();
        return DeviceApi.ask(
                answers,
                gateway,
                registry -> registry.integrations()
                        .add(
                                application(registry, body.string("application").orElse(DeviceApi.APPLICATION))
                                        .id(),
                                body.string("name").orElse(""))
                        .thenApply(made -> revealed(registry, made)),
                row -> row);
    }

    private CompletableFuture<Fields> change(
            Question question,
            boolean reveal,
            BiFunction<Integrations, String, CompletableFuture<Integration>> change) {
        String name = question.part("integration");
        return DeviceApi.ask(
                answers,
                gateway,
                registry -> {
                    Integration known = registry.integrations()
                            .named(name)
                            .orElseThrow(() -> RegistryException.unknown("integration " + name));
                    return change.apply(registry.integrations(), known.id())
                            .thenApply(changed -> reveal
                                    ? revealed(registry, changed)
                                    : row(registry, changed).build());
                },
                row -> row);
    }

    private CompletableFuture<Fields> provision(Question question) {
        String passphrase = ProvisioningApi.passphrase(question);
        return answers.then(DeviceApi.told(gateway.provisioning(question.part("integration"))), file -> {
            try {
                return Fields.builder()
                        .put("integration", file.clientId())
                        .put("server", file.serverUri())
                        .put("file", new String(file.write(passphrase.toCharArray(), RANDOM), US_ASCII))
                        .build();
            } catch (ProtocolException tooLong) {
                throw Rejection.wrong(tooLong.reason());
            }
        });
    }

    private static Application application(Registry registry, String name) {
        return registry.applications()
                .named(name)
                .or(() -> registry.applications().get(name))
                .orElseThrow(() -> RegistryException.unknown("application " + name));
    }

    private static Fields row(Registry registry, Application application) {
        long devices = registry.devices().all().stream()
                .filter(device -> device.application().equals(application.id()))
                .count();
        long integrations = registry.integrations().all().stream()
                .filter(integration -> integration.application().equals(application.id()))
                .count();
        Fields.Builder row = Fields.builder()
                .put("application", application.name())
                .put("id", application.id())
                .put("devices", devices)
                .put("integrations", integrations);
        return (application.description().isEmpty() ? row : row.put("description", application.description())).build();
    }

    private static Fields.Builder row(Registry registry, Integration integration) {
        return Fields.builder()
                .put("integration", integration.name())
                .put("id", integration.id())
                .put(
                        "application",
                        registry.applications()
                                .get(integration.application())
                                .map(Application::name)
                                .orElse(""))
                .put("created", DeviceRows.time(integration.created()));
    }

    /** The one time that a secret is told. */
    private static Fields revealed(Registry registry, Integration integration) {
        return row(registry, integration)
                .put("secret", integration.secret().reveal())
                .build();
    }
}
