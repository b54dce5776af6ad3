package io.hawser.app.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.IotGateway;
import io.hawser.iot.registry.DeviceModelFile;
import io.hawser.iot.registry.kept.RegistryException;
import io.hawser.net.http.Route;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The device models.
 *
 * <pre>
 *   GET    /models          all of them
 *   POST   /models {..}     imports one
 *   GET    /models/URN      the model itself
 *   DELETE /models/URN      removes it
 * </pre>
 */
public final class ModelApi {
    private final Answers answers;
    private final IotGateway gateway;

    /** About the models of {@code gateway}. */
    public ModelApi(Answers answers, IotGateway gateway) {
        this.answers = answers;
        this.gateway = gateway;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(
                answers.list(
                        "/models",
                        () -> gateway.ask(registry -> CompletableFuture.completedFuture(
                                List.copyOf(registry.models().all()))),
                        page -> CompletableFuture.completedFuture(
                                page.stream().map(ModelApi::row).toList())),
                answers.post("/models", this::add),
                answers.get("/models/{urn}", this::show),
                answers.delete("/models/{urn}", this::remove));
    }

    private CompletableFuture<Fields> add(Question question) {
        String urn = question.body()
                .string("urn")
                .orElseThrow(() -> Rejection.wrong("a device model is an object with a 'urn'"));
        Value.Opaque json = new Value.Opaque(question.text().getBytes(UTF_8));
        return DeviceApi.ask(answers, gateway, registry -> registry.models().put(urn, json), ModelApi::row);
    }

    private CompletableFuture<Fields> show(Question question) {
        String urn = question.part("urn");
        return DeviceApi.ask(
                answers,
                gateway,
                registry -> registry.models()
                        .get(urn)
                        .map(CompletableFuture::completedFuture)
                        .orElseThrow(() -> RegistryException.unknown("device model " + urn)),
                model -> JsonText.read(new String(model.json().bytes(), UTF_8)));
    }

    private CompletableFuture<Fields> remove(Question question) {
        return DeviceApi.ask(
                answers, gateway, registry -> registry.models().remove(question.part("urn")), ModelApi::row);
    }

    private static Fields row(DeviceModelFile model) {
        return Fields.builder()
                .put("model", model.urn())
                .put("version", model.version())
                .put("draft", Value.Bool.of(model.draft()))
                .put("bytes", model.json().length())
                .put("modified", DeviceRows.time(model.modified()))
                .build();
    }
}
