package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The captured conversations under {@code vectors/}. */
public final class Vectors {
    /** All of them. */
    public static final List<String> FILES = List.of(
            "java1.jsonl",
            "java503.jsonl",
            "javaent.jsonl",
            "javagw.jsonl",
            "node-v17.jsonl",
            "pol-alert.jsonl",
            "pol-bs.jsonl",
            "pol-cm.jsonl",
            "pol-mean.jsonl");

    private static final Json JSON = new Json(IotLimits.DEFAULT);

    private Vectors() {}

    /**
     * One call and its answer.
     *
     * @param time when it was answered
     * @param url path and query
     * @param status what the stand-in answered
     */
    public record Exchange(
            String file,
            Instant time,
            String method,
            String url,
            Fields headers,
            String body,
            int status,
            String answer) {
        /** What the body of the call says. */
        public Fields fields() throws ProtocolException {
            return JSON.object(body.getBytes(UTF_8));
        }
    }

    /** The calls in all files whose path, without its query, ends in {@code end}. */
    public static Stream<Exchange> calls(String end) {
        return FILES.stream()
                .flatMap(file -> exchanges(file).stream())
                .filter(call -> call.url().split("\\?", 2)[0].endsWith(end));
    }

    /** The conversation in {@code file}, in order, without notes. */
    public static List<Exchange> exchanges(String file) {
        return lines(file).stream()
                .filter(line -> line.has("req"))
                .map(line -> exchange(file, line))
                .toList();
    }

    /** The lines of {@code file}. */
    static List<Fields> lines(String file) {
        List<Fields> found = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + file))) {
            for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
                found.add(JSON.object(line.getBytes(UTF_8)));
            }
        } catch (IOException | ProtocolException e) {
            throw new AssertionError(file, e);
        }
        return found;
    }

    private static Exchange exchange(String file, Fields line) {
        String[] request = line.string("req").orElseThrow().split(" ", 2);
        Value time = line.get("t").orElseThrow();
        double seconds = time instanceof Value.Real real ? real.value() : ((Value.Int) time).value();
        return new Exchange(
                file,
                Instant.ofEpochMilli(Math.round(seconds * 1000)),
                request[0],
                request[1],
                ((Value.Nested) line.get("reqHeaders").orElseThrow()).fields(),
                line.string("reqBody").orElseThrow(),
                (int) ((Value.Int) line.get("status").orElseThrow()).value(),
                line.string("resBody").orElseThrow());
    }
}
