package io.hawser.iot.policy;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.model.Format;
import io.hawser.iot.model.ModelCheck;
import io.hawser.iot.model.ModelException;
import io.hawser.iot.policy.formula.Formula;
import io.hawser.iot.policy.formula.Values;
import io.hawser.iot.policy.rule.ActionRule;
import io.hawser.iot.policy.rule.AlertRule;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The way of values that were offered together through their pipelines: which ones travel, which have arrived, and what is to be
 * said and done besides. Formulas read the values through it. Owned by one batch of values.
 */
final class Passage implements Values {
    private final DeviceModel model;
    private final Function<String, Optional<Value>> current;
    private final Outcome outcome;
    private final long measured;
    private final Map<String, Value> travelling = new HashMap<>();
    private final Map<String, Value> arrived = new LinkedHashMap<>();
    private final Set<String> visited = new HashSet<>();
    private final List<Raised> alerts = new ArrayList<>();

    /** An alert that is due, with its fields. */
    record Raised(Format format, AlertRule rule, Fields fields) {
        /** It is described by the name of its format ({@code specs/iot.md} 1.7.2). */
        IotMessage.Alert message(IotHead head) {
            return new IotMessage.Alert(head, format.urn(), rule.severity(), format.name(), fields);
        }
    }

    /**
     * A way on which nothing is yet.
     *
     * @param current by the name of an attribute its value
     * @param measured when the values were measured
     */
    Passage(DeviceModel model, Function<String, Optional<Value>> current, Outcome outcome, long measured) {
        this.model = model;
        this.current = current;
        this.outcome = outcome;
        this.measured = measured;
    }

    long measured() {
        return measured;
    }

    @Override
    public Optional<Value> inProcess(String name) {
        Value value = travelling.get(plain(name));
        return value == null ? current(name) : Optional.of(value);
    }

    @Override
    public Optional<Value> current(String name) {
        return current.apply(plain(name));
    }

    private String plain(String nameOrAlias) {
        return travelling.containsKey(nameOrAlias)
                ? nameOrAlias
                : model.attribute(nameOrAlias).map(each -> each.name()).orElse(nameOrAlias);
    }

    /** True the first time that a value of {@code attribute} sets out. */
    boolean visits(String attribute) {
        return visited.add(attribute);
    }

    void travels(String attribute, Value value) {
        travelling.put(attribute, value);
    }

    void withheld(String attribute) {
        travelling.remove(attribute);
    }

    /** {@code value} has passed the pipeline of {@code attribute}, and fits the model. */
    void arrives(String attribute, Value value) {
        travelling.put(attribute, value);
        arrived.put(attribute, value);
    }

    /** What has arrived, in order. */
    Map<String, Value> arrived() {
        return arrived;
    }

    List<Raised> alerts() {
        return alerts;
    }

    void problem(String problem) {
        outcome.problem(problem);
    }

    void raise(Format format, AlertRule rule) {
        Fields.Builder fields = Fields.builder();
        for (Map.Entry<String, Formula> each : rule.fields().entrySet()) {
            Value value = each.getValue().value(this);
            format.field(each.getKey())
                    .filter(field -> !(value instanceof Value.Real real) || Double.isFinite(real.value()))
                    .ifPresent(field -> fields.put(field.name(), Cast.toward(field.type(), value)));
        }
        try {
            alerts.add(new Raised(format, rule, new ModelCheck(model).alert(format.urn(), fields.build())));
        } catch (ModelException misfit) {
            problem("the alert " + format.urn() + " is not raised: " + misfit.reason());
        }
    }

    void call(ActionRule rule) {
        List<Value> arguments = new ArrayList<>();
        rule.arguments().forEach(each -> arguments.add(each.value(this)));
        try {
            ModelCheck check = new ModelCheck(model);
            Optional<Value> first = arguments.stream().findFirst().map(value -> model.action(rule.name())
                    .flatMap(action -> action.argType())
                    .map(type -> Cast.toward(type, value))
                    .orElse(value));
            check.argument(rule.name(), first).ifPresent(value -> arguments.set(0, value));
            outcome.call(new ActionCall(rule.name(), arguments));
        } catch (ModelException misfit) {
            problem("the action " + rule.name() + " is not called: " + misfit.reason());
        }
    }
}
