package io.hawser.iot.policy;

import io.hawser.core.value.Value;
import io.hawser.iot.model.Attribute;
import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.model.ModelCheck;
import io.hawser.iot.policy.rule.AttributeFunction;
import io.hawser.iot.policy.rule.AttributePipeline;
import io.hawser.iot.policy.rule.PolicyException;
import io.hawser.iot.wire.ProtocolException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The pipelines of all attributes of a device at work. Owned by the engine. */
final class Lines {
    private final Map<String, Line> byName = new HashMap<>();
    private final List<Line> timed = new ArrayList<>();
    private final List<Line> computed = new ArrayList<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final DeviceModel model;

    private Lines(DeviceModel model) {
        this.model = model;
    }

    /** Sets {@code pipelines} to work. */
    static Lines of(DeviceModel model, List<AttributePipeline> pipelines, RandomGenerator random, long assigned)
            throws PolicyException {
        Lines lines = new Lines(model);
        for (AttributePipeline each : pipelines) {
            lines.add(each, random, assigned);
        }
        lines.addOthers();
        return lines;
    }

    /** No policy says anything. */
    static Lines none(DeviceModel model) {
        Lines lines = new Lines(model);
        lines.addOthers();
        return lines;
    }

    private void add(AttributePipeline pipeline, RandomGenerator random, long assigned) throws PolicyException {
        Attribute attribute = model.attribute(pipeline.attribute())
                .orElseThrow(() -> PolicyException.of("the model " + model.urn() + " has no attribute "
                        + ProtocolException.shown(pipeline.attribute()) + ", of which the policy speaks"));
        if (byName.containsKey(attribute.name())) {
            throw PolicyException.of("the policy speaks of " + attribute.name() + " and of its alias "
                    + attribute.alias() + "; put the functions into one pipeline");
        }
        Stages stages = new Stages(model, attribute, random, assigned);
        List<Stage> working = new ArrayList<>();
        for (AttributeFunction function : pipeline.functions()) {
            working.add(function.to(stages));
            function.formulas().forEach(formula -> formula.attributes().forEach(this::warn));
        }
        Line line = new Line(new ModelCheck(model), attribute, working, triggers(pipeline));
        file(attribute, line);
        if (line.timed()) {
            timed.add(line);
        }
        if (line.computed()) {
            computed.add(line);
        }
    }

    private void warn(String name) {
        if (model.attribute(name).isEmpty()) {
            warnings.add("a formula asks for " + ProtocolException.shown(name)
                    + ", which the model does not have; it has no value");
        }
    }

    private Set<String> triggers(AttributePipeline pipeline) {
        Set<String> names = new LinkedHashSet<>();
        if (pipeline.functions().get(0) instanceof AttributeFunction.ComputedMetric metric) {
            metric.formula()
                    .inProcess()
                    .forEach(name ->
                            names.add(model.attribute(name).map(Attribute::name).orElse(name)));
        }
        return names;
    }

    private void addOthers() {
        for (Attribute attribute : model.attributes()) {
            if (!byName.containsKey(attribute.name())) {
                file(attribute, new Line(new ModelCheck(model), attribute, List.of(), Set.of()));
            }
        }
    }

    private void file(Attribute attribute, Line line) {
        byName.put(attribute.name(), line);
        if (!attribute.alias().isEmpty() && model.attribute(attribute.alias()).equals(Optional.of(attribute))) {
            byName.put(attribute.alias(), line);
        }
    }

    /** The pipeline of the attribute with this name or alias. */
    Optional<Line> find(String nameOrAlias) {
        return Optional.ofNullable(byName.get(nameOrAlias));
    }

    /** What of the policy will never do anything, a line each. */
    Set<String> warnings() {
        return warnings;
    }

    /** Those with a window. */
    List<Line> timed() {
        return timed;
    }

    /** When a window must be evaluated; {@link Long#MAX_VALUE} if none must. */
    long due() {
        long due = Long.MAX_VALUE;
        for (Line line : timed) {
            due = Math.min(due, line.due());
        }
        return due;
    }

    /** Computes each metric once whose attributes have all arrived, those of metrics included. */
    void compute(Passage passage) {
        boolean more = !passage.arrived().isEmpty();
        while (more) {
            more = false;
            for (Line line : computed) {
                more |= line.triggeredBy(passage.arrived()) && line.run(Value.Null.NULL, passage);
            }
        }
    }
}
