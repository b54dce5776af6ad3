package io.hawser.net.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.net.wire.HttpHead;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A whole answer: status, headers, body. Immutable. */
public final class HttpResponse {
    private static final byte[] NOTHING = {};
    private static final int LOWEST = 200;
    private static final int HIGHEST = 599;

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private HttpResponse(int status, Map<String, String> headers, byte[] body) {
        if (status < LOWEST || status > HIGHEST) {
            throw new IllegalArgumentException("an answer's status is 200 to 599, not " + status);
        }
        this.status = status;
        this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        this.body = body;
    }

    /** An answer without headers or body. */
    public static HttpResponse of(int status) {
        return new HttpResponse(status, Map.of(), NOTHING);
    }

    /** An answer with {@code body}, which the caller does not change afterwards. */
    public static HttpResponse of(int status, String contentType, byte[] body) {
        return new HttpResponse(status, Map.of(), body).with("Content-Type", contentType);
    }

    /** An answer of JSON. */
    public static HttpResponse json(int status, String json) {
        return of(status, "application/json", json.getBytes(UTF_8));
    }

    /**
     * An error: {@code {"error":{"code":404,"reason":"..."}}}, the shape of eFTL's REST ({@code specs/eftl.md} 4).
     *
     * @param reason what was wrong and what to do
     */
    public static HttpResponse error(int status, String reason) {
        return error(status, status, reason);
    }

    /** An error with a {@code code} of its own. */
    public static HttpResponse error(int status, int code, String reason) {
        return json(status, "{\"error\":{\"code\":" + code + ",\"reason\":\"" + escape(reason) + "\"}}\n");
    }

    /** This answer with one more header, or another value of it. */
    public HttpResponse with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.keySet().removeIf(name::equalsIgnoreCase);
        more.put(name, value);
        HttpHead.check(more);
        return new HttpResponse(status, more, body);
    }

    /** The head of an answer that came in; its headers are as strange as the server made them. */
    static HttpResponse received(int status, Map<String, String> headers) {
        return new HttpResponse(status, headers, NOTHING);
    }

    /** This answer with another body. */
    HttpResponse withBody(byte[] other) {
        return new HttpResponse(status, headers, other);
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** The header {@code name}, in any case of letters. */
    public Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The headers, as they are sent. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The body; not to be changed. */
    public byte[] body() {
        return body;
    }

    /** The body as text. */
    public String text() {
        return new String(body, UTF_8);
    }

    @Override
    public String toString() {
        return "HTTP " + status + ", " + body.length + " bytes";
    }

    private static String escape(String text) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                safe.append('\\').append(c);
            } else if (c < ' ' || c >= 0x7F) {
                safe.append("\\u")
                        .append(Character.forDigit(c >> 12, 16))
                        .append(Character.forDigit(c >> 8 & 15, 16))
                        .append(Character.forDigit(c >> 4 & 15, 16))
                        .append(Character.forDigit(c & 15, 16));
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }
}
