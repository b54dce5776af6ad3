package io.hawser.iot.policy;

import io.hawser.core.value.Value;
import io.hawser.iot.model.Attribute;
import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.model.Format;
import io.hawser.iot.model.ValueType;
import io.hawser.iot.policy.rule.AlertRule;
import io.hawser.iot.policy.rule.AttributeFunction;
import io.hawser.iot.policy.rule.AttributeFunction.PrivacyPolicy;
import io.hawser.iot.policy.rule.AttributeFunction.SampleQuality;
import io.hawser.iot.policy.rule.PolicyException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Sets the functions of one attribute to work, checked against the model ({@code specs/iot.md} 4.2). */
final class Stages implements AttributeFunction.Kinds<Stage> {
    /** One value of so many passes at random. */
    private static final int RANDOM_OF = 30;

    private final DeviceModel model;
    private final Attribute attribute;
    private final RandomGenerator random;
    private final long assigned;

    /**
     * For {@code attribute}, under a policy that was assigned at {@code assigned}.
     *
     * @param random for samples
     */
    Stages(DeviceModel model, Attribute attribute, RandomGenerator random, long assigned) {
        this.model = model;
        this.attribute = attribute;
        this.random = random;
        this.assigned = assigned;
    }

    @Override
    public Stage filterCondition(AttributeFunction.FilterCondition function) {
        return (value, passage) -> {
            double result = function.condition().number(passage);
            return pass(value, result > -1 && result < 1);
        };
    }

    @Override
    public Stage eliminateDuplicates(AttributeFunction.EliminateDuplicates function) {
        Repeats repeats = new Repeats(function.window());
        return (value, passage) -> pass(value, !repeats.repeats(value, passage.measured()));
    }

    @Override
    public Stage detectDuplicates(AttributeFunction.DetectDuplicates function) throws PolicyException {
        Format format = format(function.alert());
        Repeats repeats = new Repeats(function.window());
        return (value, passage) -> {
            if (repeats.firstRepeat(value, passage.measured())) {
                passage.raise(format, function.alert());
            }
            return Optional.of(value);
        };
    }

    @Override
    public Stage sampleQuality(SampleQuality function) {
        return switch (function.rate()) {
            case SampleQuality.ALL -> (value, passage) -> Optional.of(value);
            case SampleQuality.NONE -> (value, passage) -> Optional.empty();
            case SampleQuality.RANDOM -> (value, passage) -> pass(value, random.nextInt(RANDOM_OF) == 0);
            default -> new Every(function.rate());
        };
    }

    /** Passes every {@code n}-th value. */
    private static final class Every implements Stage {
        private final int n;
        private int count;

        Every(int n) {
            this.n = n;
        }

        @Override
        public Optional<Value> apply(Value value, Passage passage) {
            count = (count + 1) % n;
            return pass(value, count == 0);
        }
    }

    @Override
    public Stage windowed(AttributeFunction.Windowed function) throws PolicyException {
        if (!attribute.type().numeric() && attribute.type() != ValueType.DATETIME) {
            throw wrong("is of type " + attribute.type() + ", and a window takes numbers");
        }
        return new Window(function, assigned);
    }

    @Override
    public Stage computedMetric(AttributeFunction.ComputedMetric function) {
        return (value, passage) -> {
            Value metric = function.formula().value(passage);
            return pass(metric, !(metric instanceof Value.Real real) || Double.isFinite(real.value()));
        };
    }

    @Override
    public Stage alertCondition(AttributeFunction.AlertCondition function) throws PolicyException {
        Format format = format(function.alert());
        return (value, passage) -> {
            boolean holds = Math.abs(function.condition().number(passage)) >= 1;
            if (holds) {
                passage.raise(format, function.alert());
            }
            return pass(value, !holds || !function.filter());
        };
    }

    @Override
    public Stage actionCondition(AttributeFunction.ActionCondition function) throws PolicyException {
        if (model.action(function.action().name()).isEmpty()) {
            throw wrong("calls the action " + function.action().name() + ", which the model does not have");
        }
        return (value, passage) -> {
            boolean holds = Math.abs(function.condition().number(passage)) >= 1;
            if (holds) {
                passage.call(function.action());
            }
            return pass(value, !holds || !function.filter());
        };
    }

    @Override
    public Stage privacyPolicy(PrivacyPolicy function) throws PolicyException {
        if (function.level() != PrivacyPolicy.Level.NONE && attribute.type() != ValueType.STRING) {
            throw wrong("is of type " + attribute.type() + ", and a digest is a string");
        }
        return (value, passage) -> Optional.of(Digest.of(value, function));
    }

    private static Optional<Value> pass(Value value, boolean passes) {
        return passes ? Optional.of(value) : Optional.empty();
    }

    private Format format(AlertRule alert) throws PolicyException {
        Format format = model.format(alert.format())
                .filter(each -> each.kind() == Format.Kind.ALERT)
                .orElseThrow(() -> wrong("raises the alert " + alert.format() + ", which the model does not have"));
        for (String name : alert.fields().keySet()) {
            if (format.field(name).isEmpty()) {
                throw wrong("gives the alert " + format.urn() + " a field " + name + ", which it does not have");
            }
        }
        for (Format.Field field : format.fields()) {
            if (!field.optional() && !alert.fields().containsKey(field.name())) {
                throw wrong("leaves out the field " + field.name() + " of the alert " + format.urn());
            }
        }
        return format;
    }

    private PolicyException wrong(String why) {
        return PolicyException.of("the pipeline of " + attribute.name() + " " + why);
    }
}
