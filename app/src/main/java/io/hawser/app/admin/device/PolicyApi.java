package io.hawser.app.admin.device;

import io.hawser.app.admin.Answers;
import io.hawser.app.admin.Question;
import io.hawser.app.admin.Rejection;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.IotGateway;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.kept.RegistryException;
import io.hawser.iot.registry.policy.Policies;
import io.hawser.iot.registry.policy.Policy;
import io.hawser.iot.registry.policy.PolicyNotice;
import io.hawser.net.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The device policies. Whoever changes one is answered when all devices that have to know it will be told.
 *
 * <pre>
 *   GET    /policies                      all of them
 *   POST   /policies {"model":URN,"pipelines":[..]}                 adds one; "description" if wanted
 *   GET    /policies/ID                   what it says
 *   POST   /policies/ID {"pipelines":[..]}                          changes it; "description", "enabled" if wanted
 *   DELETE /policies/ID                   removes it, if nobody follows it
 *   POST   /policies/ID/assign {"devices":[..]}                     and unassign
 * </pre>
 */
public final class PolicyApi {
    private final Answers answers;
    private final IotGateway gateway;

    /** About the policies of {@code gateway}. */
    public PolicyApi(Answers answers, IotGateway gateway) {
        this.answers = answers;
        this.gateway = gateway;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(
                answers.list(
                        "/policies",
                        () -> gateway.ask(
                                registry -> CompletableFuture.completedFuture(registry.policies().all().stream()
                                        .map(policy -> row(registry, policy).build())
                                        .toList())),
                        CompletableFuture::completedFuture),
                answers.post("/policies", this::add),
                answers.get("/policies/{policy}", question -> ask(registry -> policy(registry, question))),
                answers.post("/policies/{policy}", this::change),
                answers.delete(
                        "/policies/{policy}",
                        question -> ask(registry -> registry.policies().remove(question.part("policy")))),
                answers.post("/policies/{policy}/assign", question -> follow(question, Policies::assign)),
                answers.post("/policies/{policy}/unassign", question -> follow(question, Policies::unassign)));
    }

    private CompletableFuture<Fields> ask(Function<Registry, CompletableFuture<Policy>> question) {
        return DeviceApi.ask(
                answers,
                gateway,
                registry -> question.apply(registry).thenApply(policy -> whole(registry, policy)),
                row -> row);
    }

    private static Fields.Builder row(Registry registry, Policy policy) {
        return Fields.builder()
                .put("policy", policy.id())
                .put("model", policy.model())
                .put("description", policy.description())
                .put("enabled", Value.Bool.of(policy.enabled()))
                .put("devices", registry.policies().devices(policy.id()).size())
                .put("modified", DeviceRows.time(policy.modified()));
    }

    private static Fields whole(Registry registry, Policy policy) {
        return row(registry, policy).put("pipelines", policy.pipelines()).build();
    }

    private static CompletableFuture<Policy> policy(Registry registry, Question question) {
        String id = question.part("policy");
        return registry.policies()
                .get(id)
                .map(CompletableFuture::completedFuture)
                .orElseThrow(() -> RegistryException.unknown("policy " + id));
    }

    private CompletableFuture<Fields> add(Question question) {
        Fields body = question.body();
        String model = body.string("model").orElseThrow(() -> Rejection.wrong("'model' must be the URN of a model"));
        Value.Sequence pipelines = pipelines(body);
        return ask(registry ->
                registry.policies().add(model, body.string("description").orElse(""), pipelines));
    }

    private CompletableFuture<Fields> change(Question question) {
        Fields body = question.body();
        Value.Sequence pipelines = pipelines(body);
        boolean enabled = !Value.Bool.FALSE.equals(body.find("enabled"));
        return told(question, registry -> policy(registry, question).thenCompose(old -> registry.policies()
                .change(old.id(), body.string("description").orElse(old.description()), enabled, pipelines)));
    }

    private static Value.Sequence pipelines(Fields body) {
        if (body.find("pipelines") instanceof Value.Sequence list) {
            return list;
        }
        throw Rejection.wrong("'pipelines' must be a list");
    }

    /** Puts devices under a policy, or takes them from it. */
    private interface Following {
        CompletableFuture<List<PolicyNotice>> of(Policies policies, String id, List<String> devices);
    }

    private CompletableFuture<Fields> follow(Question question, Following following) {
        List<String> names = names(question.body());
        return told(question, registry -> {
            List<String> ids = names.stream()
                    .map(name -> registry.devices()
                            .named(name)
                            .map(Device::id)
                            .orElseThrow(() -> RegistryException.unknown("device " + name)))
                    .toList();
            return following.of(registry.policies(), question.part("policy"), ids);
        });
    }

    private static List<String> names(Fields body) {
        List<String> names = new ArrayList<>();
        if (body.find("devices") instanceof Value.Sequence list) {
            for (Value each : list.values()) {
                if (each instanceof Value.Str name) {
                    names.add(name.value());
                }
            }
            if (!names.isEmpty() && names.size() == list.values().size()) {
                return names;
            }
        }
        throw Rejection.wrong("'devices' must be a list of devices, at least one");
    }

    /** The policy after a change of which every device that must know it will be told. */
    private CompletableFuture<Fields> told(
            Question question, Function<Registry, CompletableFuture<List<PolicyNotice>>> change) {
        return DeviceApi.ask(
                answers,
                gateway,
                registry -> change.apply(registry)
                        .thenCompose(gateway::tell)
                        .thenCompose(count -> policy(registry, question))
                        .thenApply(policy -> whole(registry, policy)),
                row -> row);
    }
}
