package io.hawser.app.console;

import io.hawser.app.admin.Answers;
import io.hawser.app.admin.Question;
import io.hawser.app.admin.Rejection;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.http.Route;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What the hub was like, for plots.
 *
 * <pre>
 *   GET /series?span=5m|1h|24h
 *       -> {"version":"1.0","started":ms,"now":ms,"step":1,"columns":{"in.eftl":[12,14.5,...],...}}, the newest last
 * </pre>
 */
public final class SeriesApi {
    /** Four digits are enough for a plot. */
    private static final double DIGITS = 1e4;

    private final Answers answers;
    private final Gauges gauges;
    private final String version;

    /** About what {@code gauges} saw of a hub of {@code version}. */
    public SeriesApi(Answers answers, Gauges gauges, String version) {
        this.answers = answers;
        this.gauges = gauges;
        this.version = version;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(answers.get("/series", question -> CompletableFuture.completedFuture(answer(question))));
    }

    private Fields answer(Question question) {
        String label = question.query("span").orElse(Series.Span.MINUTES.label());
        Series.Span span = Arrays.stream(Series.Span.values())
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow(() -> Rejection.wrong("span must be 5m, 1h or 24h"));
        Fields.Builder columns = Fields.builder();
        gauges.of(span).forEach((name, values) -> columns.put(name, sequence(values)));
        return Fields.builder()
                .put("version", version)
                .put("started", gauges.started())
                .put("now", gauges.now())
                .put("step", span.seconds())
                .put("columns", new Value.Nested(columns.build()))
                .build();
    }

    private static Value.Sequence sequence(List<Double> values) {
        return new Value.Sequence(values.stream()
                .<Value>map(value -> {
                    double rounded = Math.round(value * DIGITS) / DIGITS;
                    return rounded == Math.rint(rounded) ? Value.of((long) rounded) : Value.of(rounded);
                })
                .toList());
    }
}
