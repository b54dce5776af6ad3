package io.hawser.iot.policy.rule;

import io.hawser.iot.policy.formula.Formula;
import io.hawser.iot.policy.rule.AttributeFunction.PrivacyPolicy;
import io.hawser.iot.policy.rule.AttributeFunction.SampleQuality;
import io.hawser.iot.wire.IotMessage.Severity;
import io.hawser.iot.wire.ProtocolException;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Reads the functions of pipelines, by what they are called, from their parameters ({@code specs/iot.md} 4.2). Pure. */
final class FunctionReader {
    private static final Map<String, Reading<AttributeFunction>> OF_ATTRIBUTES = new TreeMap<>(Map.ofEntries(
            Map.entry("filterCondition", in -> new AttributeFunction.FilterCondition(in.formula("condition"))),
            Map.entry("eliminateDuplicates", in -> new AttributeFunction.EliminateDuplicates(window(in))),
            Map.entry("detectDuplicates", in -> new AttributeFunction.DetectDuplicates(window(in), alert(in))),
            Map.entry("sampleQuality", in -> new SampleQuality(rate(in))),
            Map.entry("mean", in -> windowed(in, Statistic.MEAN)),
            Map.entry("min", in -> windowed(in, Statistic.MIN)),
            Map.entry("max", in -> windowed(in, Statistic.MAX)),
            Map.entry("standardDeviation", in -> windowed(in, Statistic.STANDARD_DEVIATION)),
            Map.entry("computedMetric", in -> new AttributeFunction.ComputedMetric(in.formula("formula"))),
            Map.entry(
                    "alertCondition",
                    in -> new AttributeFunction.AlertCondition(
                            in.formula("condition"), alert(in), in.truth("filter", true))),
            Map.entry(
                    "actionCondition",
                    in -> new AttributeFunction.ActionCondition(
                            in.formula("condition"), action(in), in.truth("filter", true))),
            Map.entry("privacyPolicy", FunctionReader::privacy)));

    private static final Map<String, Reading<MessageFunction>> OF_MESSAGES = new TreeMap<>(Map.of(
            "batchBySize",
            in -> new MessageFunction.BatchBySize(
                    (int) in.integer("batchSize", 1, in.limits().maxHeld()), severity(in)),
            "batchByTime",
            in -> new MessageFunction.BatchByTime(window(in), severity(in)),
            "batchByCost",
            in -> new MessageFunction.BatchByCost(cost(in), severity(in))));

    private FunctionReader() {}

    /** How one kind of function is read. */
    private interface Reading<T> {
        T read(Parameters in) throws PolicyException;
    }

    static AttributeFunction ofAttribute(Parameters function) throws PolicyException {
        return read(function, OF_ATTRIBUTES, "a pipeline of an attribute");
    }

    static MessageFunction ofMessages(Parameters function) throws PolicyException {
        return read(function, OF_MESSAGES, "a pipeline without an attribute");
    }

    private static <T> T read(Parameters function, Map<String, Reading<T>> known, String where) throws PolicyException {
        String id = function.text("id");
        Reading<T> reading = known.get(id);
        if (reading == null) {
            throw function.wrong(
                    "id",
                    "is '" + ProtocolException.shown(id) + "'; " + where + " takes one of "
                            + String.join(", ", known.keySet()));
        }
        return reading.read(function.object("parameters"));
    }

    /** {@code window}, or {@code delayLimit}, as it is called here and there. */
    private static long window(Parameters in) throws PolicyException {
        String name = in.has("window") || !in.has("delayLimit") ? "window" : "delayLimit";
        return in.integer(name, 1, in.limits().maxWindow().toMillis());
    }

    private static AttributeFunction windowed(Parameters in, Statistic statistic) throws PolicyException {
        long window = window(in);
        OptionalLong given = in.optionalInteger("slide");
        long slide = given.isEmpty() || given.getAsLong() <= 0
                ? window
                : in.integer("slide", 1, in.limits().maxWindow().toMillis());
        long bucket = BigInteger.valueOf(window).gcd(BigInteger.valueOf(slide)).longValue();
        if (window / bucket > in.limits().maxBuckets()) {
            throw in.wrong(
                    "slide",
                    "of " + slide + " cuts the window of " + window + " into " + window / bucket
                            + " pieces, and at most " + in.limits().maxBuckets()
                            + " are kept; choose a slide that divides the window");
        }
        return new AttributeFunction.Windowed(statistic, window, slide);
    }

    /** An integer; the words are those of the original's descriptions. */
    private static int rate(Parameters in) throws PolicyException {
        if (in.isText("rate")) {
            return switch (in.text("rate").toLowerCase(Locale.ROOT)) {
                case "all" -> SampleQuality.ALL;
                case "none" -> SampleQuality.NONE;
                case "random" -> SampleQuality.RANDOM;
                default -> throw in.wrong("rate", "is neither an integer nor one of all, none, random");
            };
        }
        return (int) in.integer("rate", SampleQuality.RANDOM, SampleQuality.NONE - 1);
    }

    private static AttributeFunction privacy(Parameters in) throws PolicyException {
        if (in.optionalText("level").orElse("").equalsIgnoreCase("random")) {
            throw in.wrong("level", "is 'random', which the original never did either; choose one-way or two-way");
        }
        PrivacyPolicy.Level level = in.word("level", PrivacyPolicy.Level.values(), PrivacyPolicy.Level.NONE);
        if (level != PrivacyPolicy.Level.TWO_WAY) {
            return new PrivacyPolicy(level, "");
        }
        String key = in.text("hashingKey");
        if (key.isEmpty()) {
            throw in.wrong("hashingKey", "is empty");
        }
        return new PrivacyPolicy(level, key);
    }

    /** {@code alert: {urn, fields, severity}}; its members may stand beside the others too, as the original keeps them. */
    private static AlertRule alert(Parameters in) throws PolicyException {
        Parameters alert = in.has("alert") ? in.object("alert") : in;
        String urn = alert.text("urn");
        Parameters fields = alert.object("fields");
        Map<String, Formula> formulas = new LinkedHashMap<>();
        for (String name : fields.names()) {
            if (fields.has(name)) {
                formulas.put(name, fields.formula(name));
            }
        }
        return new AlertRule(urn, alert.word("severity", Severity.values(), Severity.NORMAL), formulas);
    }

    /** {@code action: {name, arguments}}; likewise. */
    private static ActionRule action(Parameters in) throws PolicyException {
        Parameters action = in.has("action") ? in.object("action") : in;
        return new ActionRule(action.text("name"), action.formulas("arguments"));
    }

    private static Severity severity(Parameters in) throws PolicyException {
        return in.word("alertSeverity", Severity.values(), Severity.CRITICAL);
    }

    private static NetworkCost cost(Parameters in) throws PolicyException {
        return in.word("networkCost", NetworkCost.values(), NetworkCost.SATELLITE);
    }
}
