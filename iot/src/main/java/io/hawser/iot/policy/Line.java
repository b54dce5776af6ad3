package io.hawser.iot.policy;

import io.hawser.core.value.Value;
import io.hawser.iot.model.Attribute;
import io.hawser.iot.model.ModelCheck;
import io.hawser.iot.model.ModelException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The pipeline of one attribute at work; empty if no policy speaks of it. Owned by the engine. */
final class Line {
    private final ModelCheck check;
    private final Attribute attribute;
    private final List<Stage> stages;
    private final Set<String> triggers;

    /**
     * A pipeline of {@code stages}.
     *
     * @param triggers the attributes whose common arrival computes this one; none: it must be offered
     */
    Line(ModelCheck check, Attribute attribute, List<Stage> stages, Set<String> triggers) {
        this.check = check;
        this.attribute = attribute;
        this.stages = List.copyOf(stages);
        this.triggers = Set.copyOf(triggers);
    }

    String name() {
        return attribute.name();
    }

    boolean timed() {
        return stages.stream().anyMatch(Window.class::isInstance);
    }

    boolean computed() {
        return !triggers.isEmpty();
    }

    boolean triggeredBy(Map<String, Value> arrived) {
        return computed() && arrived.keySet().containsAll(triggers);
    }

    /** {@code value} as the attribute has it; nothing, and a problem, if it does not fit. */
    Optional<Value> fit(Value value, Passage passage) {
        try {
            return Optional.of(check.attribute(name(), Cast.toward(attribute.type(), value)));
        } catch (ModelException misfit) {
            passage.problem(misfit.reason());
            return Optional.empty();
        }
    }

    /** {@code value} on its way, from the first function on; a second value on one passage is none. */
    boolean run(Value value, Passage passage) {
        boolean first = passage.visits(name());
        if (first) {
            run(0, Optional.of(value), passage);
        }
        return first;
    }

    private void run(int from, Optional<Value> start, Passage passage) {
        Optional<Value> value = start;
        for (int i = from; i < stages.size() && value.isPresent(); i++) {
            passage.travels(name(), value.get());
            value = stages.get(i).apply(value.get(), passage);
        }
        Optional<Value> fit = value.flatMap(each -> fit(each, passage));
        if (fit.isPresent()) {
            passage.arrives(name(), fit.get());
        } else {
            passage.withheld(name());
        }
    }

    /** When a window of it must be evaluated; {@link Long#MAX_VALUE} if none must. */
    long due() {
        long due = Long.MAX_VALUE;
        for (Stage stage : stages) {
            if (stage instanceof Window window) {
                due = Math.min(due, window.due());
            }
        }
        return due;
    }

    /** Evaluates the windows that are due at {@code moment}; the functions behind each go on with what it comes to. */
    void evaluate(long moment, Passage passage) {
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i) instanceof Window window && window.due() == moment) {
                runOn(i + 1, window.evaluate(moment), passage);
            }
        }
    }

    /** As if all windows ended now. */
    void flush(long now, Passage passage) {
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i) instanceof Window window) {
                runOn(i + 1, window.flush(now), passage);
            }
        }
    }

    private void runOn(int from, Optional<Value> value, Passage passage) {
        if (value.isPresent()) {
            passage.visits(name());
            run(from, value, passage);
        }
    }
}
