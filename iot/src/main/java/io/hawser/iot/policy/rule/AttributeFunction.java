package io.hawser.iot.policy.rule;

import io.hawser.iot.policy.formula.Formula;
import java.util.List;

/**
 * What a policy does with the values of one attribute ({@code specs/iot.md} 4.2). The family is closed; {@link #to} makes dispatch
 * total. All times are in milliseconds.
 */
public sealed interface AttributeFunction {
    /** What {@code kinds} makes of this kind of function. */
    <T> T to(Kinds<T> kinds) throws PolicyException;

    /** The formulas that decide what it does; those of alerts and actions are not among them. */
    default List<Formula> formulas() {
        return List.of();
    }

    /**
     * Each kind of function.
     *
     * @param <T> what is made of it
     */
    interface Kinds<T> {
        /** Withholds values while a condition holds. */
        T filterCondition(FilterCondition function) throws PolicyException;

        /** Withholds a value that is equal to the last one. */
        T eliminateDuplicates(EliminateDuplicates function) throws PolicyException;

        /** Raises an alert about a value that is equal to the last one. */
        T detectDuplicates(DetectDuplicates function) throws PolicyException;

        /** Passes some values. */
        T sampleQuality(SampleQuality function) throws PolicyException;

        /** Passes one value for many. */
        T windowed(Windowed function) throws PolicyException;

        /** Passes what a formula comes to. */
        T computedMetric(ComputedMetric function) throws PolicyException;

        /** Raises an alert while a condition holds. */
        T alertCondition(AlertCondition function) throws PolicyException;

        /** Calls an action while a condition holds. */
        T actionCondition(ActionCondition function) throws PolicyException;

        /** Passes a digest. */
        T privacyPolicy(PrivacyPolicy function) throws PolicyException;
    }

    /** {@code filterCondition}: a value passes if the condition comes to something between -1 and 1, both excluded. */
    record FilterCondition(Formula condition) implements AttributeFunction {
        @Override
        public List<Formula> formulas() {
            return List.of(condition);
        }

        @Override
        public <T> T to(Kinds<T> kinds) throws PolicyException {
            return kinds.filterCondition(this);
        }
    }

    /** {@code eliminateDuplicates}: the window begins anew with each value that passes. */
    record EliminateDuplicates(long window) implements AttributeFunction {
        @Override
        public <T> T to(Kinds<T> kinds) throws PolicyException {
            return kinds.eliminateDuplicates(this);
        }
    }

    /** {@code detectDuplicates}: all values pass, and there is one alert a window. */
    record DetectDuplicates(long window, AlertRule alert) implements AttributeFunction {
        @Override
        public <T> T to(Kinds<T> kinds) throws PolicyException {
            return kinds.detectDuplicates(this);
        }
    }

    /**
     * {@code sampleQuality}.
     *
     * @param rate n: every n-th value passes; {@link #ALL}, {@link #RANDOM}, {@link #NONE}
     */
    record SampleQuality(int rate) implements AttributeFunction {
        /** Every value passes. */
        public static final int ALL = 0;

        /** One value of thirty passes, chosen at random. */
        public static final int RANDOM = -1;

        /** No value passes. */
        public static final int NONE = Integer.MAX_VALUE;

        @Override
        public <T> T to(Kinds<T> kinds) throws PolicyException {
            return kinds.sampleQuality(this);
        }
    }

    /** {@code mean}, {@code min}, {@code max}, {@code standardDeviation}: of the values in the last {@code window}, once a {@code slide}. */
    record Windowed(Statistic statistic, long window, long slide) implements AttributeFunction {
        @Override
        public <T> T to(Kinds<T> kinds) throws PolicyException {
            return kinds.windowed(this);
        }
    }

    /** {@code computedMetric}: what the formula comes to; no number (NaN) and no end of it is withheld. */
    record ComputedMetric(Formula formula) implements AttributeFunction {
        @Override
        public List<Formula> formulas() {
            return List.of(formula);
        }

        @Override
        public <T> T to(Kinds<T> kinds) throws PolicyException {
            return kinds.computedMetric(this);
        }
    }

    /**
     * {@code alertCondition}.
     *
     * @param filter whether the value is withheld when the condition holds
     */
    record AlertCondition(Formula condition, AlertRule alert, boolean filter) implements AttributeFunction {
        @Override
        public List<Formula> formulas() {
            return List.of(condition);
        }

        @Override
        public <T> T to(Kinds<T> kinds) throws PolicyException {
            return kinds.alertCondition(this);
        }
    }

    /**
     * {@code actionCondition}.
     *
     * @param filter whether the value is withheld when the condition holds
     */
    record ActionCondition(Formula condition, ActionRule action, boolean filter) implements AttributeFunction {
        @Override
        public List<Formula> formulas() {
            return List.of(condition);
        }

        @Override
        public <T> T to(Kinds<T> kinds) throws PolicyException {
            return kinds.actionCondition(this);
        }
    }

    /**
     * {@code privacyPolicy}: a digest stands for the value.
     *
     * @param hashingKey empty unless the level is two-way
     */
    record PrivacyPolicy(Level level, String hashingKey) implements AttributeFunction {
        /** How much can be learned from what is sent. */
        public enum Level {
            /** Everything. */
            NONE,
            /** Whether two values are equal, and whatever can be guessed: SHA-256. */
            ONE_WAY,
            /** Whether two values are equal; only who has the key can verify a guess: HMAC with SHA-256. */
            TWO_WAY
        }

        @Override
        public <T> T to(Kinds<T> kinds) throws PolicyException {
            return kinds.privacyPolicy(this);
        }
    }
}
