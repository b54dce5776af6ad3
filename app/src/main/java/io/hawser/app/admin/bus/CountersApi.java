package io.hawser.app.admin.bus;

import io.hawser.app.admin.Answers;
import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.value.Fields;
import io.hawser.net.http.Route;
import java.util.List;
import java.util.Locale;

/** What the hub has counted since it started. */
public final class CountersApi {
    private final Answers answers;
    private final Counters counters;

    /**
     * About {@code counters}.
     *
     * @param answers where everything is worked out
     */
    public CountersApi(Answers answers, Counters counters) {
        this.answers = answers;
        this.counters = counters;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(answers.listNow("/counters", () -> List.of(Counter.values()), this::row));
    }

    private Fields row(Counter counter) {
        return Fields.builder()
                .put("counter", counter.name().toLowerCase(Locale.ROOT))
                .put("count", counters.get(counter))
                .put("meaning", counter.meaning())
                .build();
    }
}
