package io.hawser.app.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.text.JsonText;
import io.hawser.clever.gateway.FileProgress;
import io.hawser.clever.gateway.FleetResult;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.Loop;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.HttpStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How files get to copters, as an answer that goes on: how far each is, now and then, and what became of it, at once. Whoever reads
 * slowly hears less often how far they are. All fields belong to the exchange's loop.
 */
final class FleetAnswer {
    private static final Duration NOW_AND_THEN = Duration.ofMillis(250);
    /** So often there is a sign of life at least. */
    private static final int MOST_STILL = 16;

    private static final byte[] EMPTY_LINE = {'\n'};

    private final Loop loop;
    private final HttpStream stream;
    private final Map<String, Fields> far = new LinkedHashMap<>();
    private int still;
    private boolean over;

    private FleetAnswer(HttpExchange exchange) {
        this.loop = exchange.loop();
        this.stream = exchange.stream(HttpResponse.of(200).with("Content-Type", "application/x-ndjson"));
        exchange.whenGone(() -> over = true);
    }

    /** Begins to answer; called on the exchange's loop. */
    static FleetAnswer begin(HttpExchange exchange) {
        FleetAnswer answer = new FleetAnswer(exchange);
        answer.stream.send(EMPTY_LINE);
        answer.later();
        return answer;
    }

    /** Hears of the file that copters put at {@code path}; called on any thread. */
    FileProgress about(String path) {
        return new FileProgress() {
            @Override
            public void sent(String copter, long bytes, long total) {
                Fields row =
                        row(copter, path).put("sent", bytes).put("size", total).build();
                loop.execute(() -> far.put(copter + "\n" + path, row));
            }

            @Override
            public void ended(FleetResult result) {
                Fields.Builder row = row(result.copter(), path).put("done", Value.Bool.of(result.done()));
                if (!result.reason().isEmpty()) {
                    row.put("reason", result.reason());
                }
                loop.execute(() -> {
                    far.remove(result.copter() + "\n" + path);
                    line(row.build());
                });
            }
        };
    }

    private static Fields.Builder row(String copter, String path) {
        return Fields.builder().put("copter", copter).put("path", path);
    }

    /** All of it was told. */
    void end() {
        if (!over) {
            line(Fields.of("end", Value.of(true)));
            stream.end();
            over = true;
        }
    }

    private void later() {
        loop.schedule(NOW_AND_THEN, () -> {
            if (over) {
                return;
            }
            if (stream.writable()) {
                far.values().forEach(this::line);
                far.clear();
            }
            if (still >= MOST_STILL) {
                stream.send(EMPTY_LINE);
                still = 0;
            }
            still++;
            later();
        });
    }

    private void line(Fields row) {
        if (!over) {
            still = 0;
            stream.send((JsonText.write(row) + "\n").getBytes(UTF_8));
        }
    }
}
