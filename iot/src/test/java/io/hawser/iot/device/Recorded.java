package io.hawser.iot.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.link.Oddity;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.Vectors;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/**
 * A recorded conversation: answers a device as the stand-in answered the original, hands out the same requests, each when the one
 * before is answered, and says what was said in words that do not change from one run to the next.
 */
final class Recorded implements Oddity.Script {
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final Set<String> MADE = Set.of("clientId", "eventTime", "publicKey", "signature", "exp");
    private static final Set<String> HEADERS =
            Set.of("authorization", "x-activationid", "x-endpointid", "accept", "content-type");

    private final List<Vectors.Exchange> calls;
    private final Map<String, LinkedBlockingQueue<String>> answers = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> turn = new LinkedBlockingQueue<>();

    Recorded(String file) {
        calls = Vectors.exchanges(file).stream()
                .filter(call -> !call.url().startsWith("/mock/"))
                .toList();
        for (Vectors.Exchange call : calls) {
            if (call.url().contains("iot.sync") && call.answer().length() > 2) {
                requests.add(call.answer());
            }
            answers.computeIfAbsent(key(call.url()), fresh -> new LinkedBlockingQueue<>())
                    .add(Oddity.answer(call.status(), call.answer()));
        }
    }

    /** Hands out the first request. */
    void begin() {
        turn.add("the first");
    }

    private static String key(String url) {
        return url.replaceAll("OSName.*", "");
    }

    @Override
    public String answer(Oddity.Said call) {
        if (call.path().contains("iot.sync")) {
            return poll();
        }
        if (call.path().contains("/messages")) {
            if (call.body().contains("\"type\":\"RESPONSE\"")) {
                turn.add("the next");
            }
            return Oddity.answer(200, "[]");
        }
        String answer = answers.getOrDefault(key(call.path()), new LinkedBlockingQueue<>())
                .poll();
        return answer == null ? Oddity.answer(404, "") : answer;
    }

    private String poll() {
        try {
            turn.take();
            return requests.isEmpty() ? Oddity.SILENCE : Oddity.answer(200, requests.take());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Oddity.GONE;
        }
    }

    /** The calls of the original, but those for messages. */
    List<String> originalCalls() {
        return calls.stream()
                .filter(call -> !call.url().contains("/messages"))
                .map(call -> call(call.method(), call.url(), headers(call.headers()), call.body()))
                .toList();
    }

    /** The same of those that were heard. */
    static List<String> calls(List<Oddity.Said> heard) {
        return heard.stream()
                .filter(call -> call.path().startsWith("/iot") && !call.path().contains("/messages"))
                .map(call -> call(call.method(), call.path(), call.headers(), call.body()))
                .toList();
    }

    /** The heads of the calls for messages: a call without body and one with. How much room there is for requests varies. */
    Set<String> originalPosts() {
        return posts(calls.stream()
                .filter(call -> call.url().contains("/messages"))
                .map(call -> call(
                        call.method(),
                        call.url(),
                        headers(call.headers()),
                        call.body().isEmpty() ? "" : "{}")));
    }

    static Set<String> posts(List<Oddity.Said> heard) {
        return posts(heard.stream()
                .filter(call -> call.path().contains("/messages"))
                .map(call -> call(
                        call.method(), call.path(), call.headers(), call.body().isEmpty() ? "" : "{}")));
    }

    private static Set<String> posts(Stream<String> calls) {
        return new TreeSet<>(calls.map(call -> call.replaceAll("acceptBytes=[1-9]\\d*", "acceptBytes=free"))
                .toList());
    }

    /** All messages of the original. */
    List<String> originalMessages() {
        return calls.stream()
                .filter(call -> call.url().contains("/messages"))
                .flatMap(call -> messages(call.body()))
                .toList();
    }

    static List<String> messages(List<Oddity.Said> heard) {
        return heard.stream()
                .filter(call -> call.path().contains("/messages"))
                .flatMap(call -> messages(call.body()))
                .toList();
    }

    private static Stream<String> messages(String body) {
        try {
            return body.isEmpty()
                    ? Stream.empty()
                    : ((Value.Sequence) JSON.read(body.getBytes(UTF_8)))
                            .values().stream().map(message -> plain("", message).toString());
        } catch (ProtocolException e) {
            throw new AssertionError(body, e);
        }
    }

    private static Map<String, String> headers(Fields fields) {
        Map<String, String> headers = new TreeMap<>();
        fields.names().forEach(name -> headers.put(name, fields.string(name).orElse("")));
        return headers;
    }

    private static String call(String method, String url, Map<String, String> headers, String body) {
        Map<String, String> said = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> {
            if (HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                said.put(name.toLowerCase(Locale.ROOT), value);
            }
        });
        return method + " " + key(url) + " " + said + " " + (body.startsWith("grant") ? form(body) : json(body));
    }

    private static String json(String body) {
        try {
            return body.isEmpty()
                    ? ""
                    : plain("", JSON.read(body.getBytes(UTF_8))).toString();
        } catch (ProtocolException e) {
            throw new AssertionError(body, e);
        }
    }

    /** The fields of the form, with what the assertion says instead of it. */
    private static String form(String body) {
        List<String> fields = new ArrayList<>();
        for (String field : body.split("&", -1)) {
            String[] parts = field.split("=", 2);
            String value = URLDecoder.decode(parts[1], UTF_8);
            if (parts[0].equals("client_assertion")) {
                String[] jwt = value.split("\\.", -1);
                value = json(decoded(jwt[0])) + json(decoded(jwt[1]));
            }
            fields.add(parts[0] + "=" + value);
        }
        return fields.toString();
    }

    private static String decoded(String base64) {
        return new String(Base64.getUrlDecoder().decode(base64), UTF_8);
    }

    /** Without order, and without what is made anew each time; what a device says of its computer, or why it refuses, is its own. */
    private static Object plain(String name, Value value) {
        if (value instanceof Value.Nested nested) {
            Fields fields = nested.fields();
            boolean wordy = fields.has("statusCode")
                    && !fields.string("body").orElse("").isEmpty();
            boolean refused = fields.get("statusCode")
                    .filter(status -> !status.equals(Value.of(202)))
                    .isPresent();
            Map<String, Object> plain = new TreeMap<>();
            for (String each : fields.names()) {
                boolean own = MADE.contains(each) || (each.equals("body") && (wordy || refused));
                plain.put(each, own ? "made" : plain(each, fields.get(each).orElseThrow()));
            }
            return plain;
        }
        if (value instanceof Value.Sequence sequence) {
            Stream<String> all =
                    sequence.values().stream().map(each -> plain("", each).toString());
            return name.equals("deviceModels") ? new TreeSet<>(all.toList()) : all.toList();
        }
        return value instanceof Value.Int number ? Value.of((double) number.value()) : value;
    }
}
