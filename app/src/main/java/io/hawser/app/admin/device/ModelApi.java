package io.hawser.app.admin.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.admin.Answers;
import io.hawser.app.admin.Question;
import io.hawser.app.admin.Rejection;
import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.IotGateway;
import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.model.ModelException;
import io.hawser.iot.model.ModelFile;
import io.hawser.iot.registry.DeviceModelFile;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.kept.RegistryException;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.net.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The device models.
 *
 * <pre>
 *   GET    /models          all of them
 *   POST   /models          imports a file: a model, a list of models, or an export of the original server; all of it or nothing
 *   GET    /models/URN      the model itself
 *   DELETE /models/URN      removes it
 * </pre>
 */
public final class ModelApi {
    private static final int LONGEST_FILE = 32 << 20;
    private static final Json JSON = new Json(new IotLimits(
            LONGEST_FILE,
            IotLimits.DEFAULT.maxMessages(),
            IotLimits.DEFAULT.maxDepth(),
            IotLimits.DEFAULT.maxNameChars(),
            IotLimits.DEFAULT.maxTextChars(),
            IotLimits.DEFAULT.maxNumberDigits(),
            IotLimits.DEFAULT.maxAssertionChars()));

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
                answers.postBytes("/models", LONGEST_FILE, (question, file) -> add(file)),
                answers.get("/models/{urn}", this::show),
                answers.delete("/models/{urn}", this::remove));
    }

    /**
     * The models in {@code file}, each of which devices can read.
     *
     * @throws IllegalArgumentException tells all that is wrong with all of them
     */
    public static List<DeviceModel> check(byte[] file) {
        List<DeviceModel> models = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Fields each : read(file)) {
            try {
                models.add(DeviceModel.read(each));
            } catch (ModelException wrong) {
                String urn = each.string("urn").orElse("a model without a urn");
                wrong.problems().forEach(problem -> problems.add(urn + ": " + problem));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return models;
    }

    private static List<Fields> read(byte[] file) {
        try {
            return ModelFile.read(file, JSON);
        } catch (ProtocolException wrong) {
            throw new IllegalArgumentException(wrong.reason(), wrong);
        }
    }

    private CompletableFuture<Fields> add(byte[] file) {
        List<Fields> raw;
        try {
            check(file);
            raw = read(file);
        } catch (IllegalArgumentException wrong) {
            throw Rejection.wrong(String.valueOf(wrong.getMessage()));
        }
        return DeviceApi.ask(
                answers,
                gateway,
                registry -> add(registry, raw),
                models -> Fields.of(
                        "items",
                        Answers.sequence(models.stream().map(ModelApi::row).toList())));
    }

    private static CompletableFuture<List<DeviceModelFile>> add(Registry registry, List<Fields> models) {
        List<CompletableFuture<DeviceModelFile>> added = models.stream()
                .map(model -> registry.models()
                        .put(model.string("urn").orElseThrow(), new Value.Opaque(Json.write(said(model)))))
                .toList();
        return CompletableFuture.allOf(added.toArray(CompletableFuture[]::new))
                .thenApply(done -> added.stream().map(CompletableFuture::join).toList());
    }

    /** Without what is null: the original Java library takes that for a text ({@code specs/iot.md} 1.6). */
    private static Fields said(Fields fields) {
        Fields.Builder said = Fields.builder();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.value(i) != Value.Null.NULL) {
                said.put(fields.name(i), said(fields.value(i)));
            }
        }
        return said.build();
    }

    private static Value said(Value value) {
        if (value instanceof Value.Nested nested) {
            return new Value.Nested(said(nested.fields()));
        }
        return value instanceof Value.Sequence list
                ? new Value.Sequence(list.values().stream().map(ModelApi::said).toList())
                : value;
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
