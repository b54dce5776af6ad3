package io.hawser.iot.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.Problem;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.net.http.HttpCall;
import io.hawser.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the status of an answer means ({@code specs/iot.md} 1.10), and when a server that is busy wants to be asked again. */
record Verdict(InstantSource clock) {
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int SHOWN = 300;

    /** Whether it is a success. */
    static boolean isSuccess(HttpResponse answer) {
        return answer.status() >= 200 && answer.status() < 300;
    }

    /** Whether the server does not know us, or does not let us. */
    static boolean isDenied(HttpResponse answer) {
        return answer.status() == 401 || answer.status() == 403;
    }

    /** What the body of a failure says; nothing if it has no meaning. */
    static Optional<Problem> problem(HttpResponse answer) {
        try {
            return Optional.of(Problem.of(JSON.object(answer.body())));
        } catch (ProtocolException noProblem) {
            return Optional.empty();
        }
    }

    /** The failure that {@code answer}, which is no success, tells. */
    LinkException failure(HttpCall call, HttpResponse answer) {
        String reason = call + ": " + answer.status() + " " + words(answer);
        if (answer.status() == 503) {
            return LinkException.busy(reason, answer.header("Retry-After").flatMap(text -> retryAfter(text, answer)));
        }
        LinkException.Kind kind = isDenied(answer) ? LinkException.Kind.DENIED : LinkException.Kind.REFUSED;
        return LinkException.answered(kind, answer.status(), reason);
    }

    private static String words(HttpResponse answer) {
        String said = problem(answer)
                .map(problem -> problem.detail().isEmpty() ? problem.title() : problem.detail())
                .orElseGet(() -> new String(answer.body(), UTF_8));
        String line = said.replaceAll("[\\p{Cntrl}\\p{Cs}]+", " ").strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }

    /** Seconds, or a date that is held against the server's own if it says it (RFC 9110 10.2.3). Never more than a day. */
    Optional<Duration> retryAfter(String text, HttpResponse answer) {
        String stripped = text.strip();
        if (SECONDS.matcher(stripped).matches()) {
            return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(stripped))));
        }
        return date(stripped)
                .map(until -> bounded(Duration.between(
                        answer.header("Date").flatMap(Verdict::date).orElseGet(clock::instant), until)));
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
