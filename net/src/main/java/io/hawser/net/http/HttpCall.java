package io.hawser.net.http;

import io.hawser.net.wire.HttpHead;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a client asks: method, address, headers, body. Immutable. */
public final class HttpCall {
    private static final byte[] NOTHING = {};
    private static final int HIGHEST_PORT = 65535;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final String method;
    private final URI uri;
    private final Map<String, String> headers;
    private final byte[] body;
    private final boolean repeatable;

    private HttpCall(String method, URI uri, Map<String, String> headers, byte[] body, boolean repeatable) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean known = scheme.equals("http") || scheme.equals("https");
        if (!known || uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > HIGHEST_PORT) {
            throw new IllegalArgumentException("an HTTP address is http://host:port/path or https://..., not " + uri);
        }
        HttpHead.checkToken("method", method);
        HttpHead.check(headers);
        this.method = method;
        this.uri = uri;
        this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        this.body = body;
        this.repeatable = repeatable;
    }

    /**
     * A call without a body.
     *
     * @throws IllegalArgumentException if {@code uri} is not {@code http://host[:port][/path][?query]} or the same with
     *     {@code https}
     */
    public static HttpCall of(String method, URI uri) {
        return new HttpCall(method, uri, Map.of(), NOTHING, idempotent(method));
    }

    /** Asks for what is at {@code uri}. */
    public static HttpCall get(URI uri) {
        return of("GET", uri);
    }

    /** This call with one more header, or another value of it. */
    public HttpCall with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.keySet().removeIf(name::equalsIgnoreCase);
        more.put(name, value);
        return new HttpCall(method, uri, more, body, repeatable);
    }

    /** This call with a body, which the caller does not change afterwards. */
    public HttpCall with(String contentType, byte[] bytes) {
        return new HttpCall(method, uri, with("Content-Type", contentType).headers, bytes, repeatable);
    }

    /** This call, which does no harm when it is made twice, whatever its method: the server knows it again. */
    public HttpCall repeatable() {
        return new HttpCall(method, uri, headers, body, true);
    }

    /** The method. */
    public String method() {
        return method;
    }

    /** The address. */
    public URI uri() {
        return uri;
    }

    boolean isTls() {
        return uri.getScheme().equalsIgnoreCase("https");
    }

    int port() {
        int usual = isTls() ? HTTPS_PORT : HTTP_PORT;
        return uri.getPort() < 0 ? usual : uri.getPort();
    }

    /** Calls of one address can use one connection after the other. */
    String address() {
        return (isTls() ? "https://" : "http://") + uri.getHost() + ":" + port();
    }

    /** True if it does no harm to ask twice. */
    boolean isRepeatable() {
        return repeatable;
    }

    /** RFC 9110 9.2.2. */
    private static boolean idempotent(String method) {
        return switch (method) {
            case "GET", "HEAD", "PUT", "DELETE", "OPTIONS" -> true;
            default -> false;
        };
    }

    byte[] head() {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query =
                Optional.ofNullable(uri.getRawQuery()).map(text -> "?" + text).orElse("");
        HttpHead head = HttpHead.of(method + " " + path + query + " HTTP/1.1");
        if (headers.keySet().stream().noneMatch("host"::equalsIgnoreCase)) {
            head.with("Host", uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
        }
        head.with(headers);
        boolean empty = body.length == 0 && (method.equals("GET") || method.equals("HEAD"));
        return (empty ? head : head.with("Content-Length", String.valueOf(body.length))).bytes();
    }

    byte[] body() {
        return body;
    }

    @Override
    public String toString() {
        return method + " " + uri;
    }
}
