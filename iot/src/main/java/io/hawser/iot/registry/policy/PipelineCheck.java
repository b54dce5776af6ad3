package io.hawser.iot.registry.policy;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.registry.kept.RegistryException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether pipelines are what devices understand ({@code specs/iot.md} 4.2). Pure; refuses with what is wrong where.
 *
 * <p>A pipeline of an attribute works on values; one without an attribute works on whole messages, and the originals heed only its
 * first function.
 */
final class PipelineCheck {
    private static final Set<String> ATTRIBUTE = new TreeSet<>(Set.of(
            "filterCondition",
            "eliminateDuplicates",
            "detectDuplicates",
            "sampleQuality",
            "mean",
            "min",
            "max",
            "standardDeviation",
            "computedMetric",
            "alertCondition",
            "actionCondition",
            "privacyPolicy"));
    private static final Set<String> MODEL = new TreeSet<>(Set.of("batchBySize", "batchByTime", "batchByCost"));

    private PipelineCheck() {}

    static void check(Value.Sequence pipelines) {
        for (int i = 0; i < pipelines.values().size(); i++) {
            String place = "pipelines[" + i + "]";
            Fields pipeline = object(place, pipelines.values().get(i));
            boolean model = pipeline.string("attributeName").orElse("*").equals("*");
            check(place + ".pipeline", pipeline.find("pipeline"), model);
        }
    }

    private static void check(String place, @Nullable Value functions, boolean model) {
        if (!(functions instanceof Value.Sequence list) || list.values().isEmpty()) {
            throw RegistryException.invalid(place + " must be a list of functions");
        }
        if (model && list.values().size() > 1) {
            throw RegistryException.invalid(place + " has " + list.values().size()
                    + " functions; devices heed only the first of a pipeline without an attribute");
        }
        for (int i = 0; i < list.values().size(); i++) {
            String here = place + "[" + i + "]";
            Fields function = object(here, list.values().get(i));
            String id = function.string("id").orElse("");
            Set<String> known = model ? MODEL : ATTRIBUTE;
            if (!known.contains(id)) {
                throw RegistryException.invalid(here + ".id is '" + id + "'; a pipeline " + (model ? "without" : "of")
                        + " an attribute takes one of " + String.join(", ", known));
            }
            Value parameters = function.find("parameters");
            if (parameters != null) {
                object(here + ".parameters", parameters);
            }
        }
    }

    private static Fields object(String place, Value value) {
        if (value instanceof Value.Nested nested) {
            return nested.fields();
        }
        throw RegistryException.invalid(place + " must be an object");
    }
}
