package io.hawser.net.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import java.util.regex.Pattern;

/** The first lines of an HTTP/1.1 message as it is sent (RFC 9112 2): the start line, the headers, an empty line. */
public final class HttpHead {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern FIELD = Pattern.compile("[\\t\\x20-\\x7E\\x80-\\xFF]*");

    private final StringBuilder lines;

    private HttpHead(String start) {
        this.lines = new StringBuilder(start).append("\r\n");
    }

    /** A head that begins with {@code start}, which has no CR or LF. */
    public static HttpHead of(String start) {
        return new HttpHead(start);
    }

    /** Adds a header. */
    public HttpHead with(String name, String value) {
        lines.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    /** Adds headers that {@link #check} has seen. */
    public HttpHead with(Map<String, String> headers) {
        headers.forEach(this::with);
        return this;
    }

    /** The head with the empty line that ends it. */
    public byte[] bytes() {
        return (lines + "\r\n").getBytes(ISO_8859_1);
    }

    /**
     * Refuses names and values that could forge another header.
     *
     * @throws IllegalArgumentException and says which
     */
    public static void check(Map<String, String> headers) {
        headers.forEach((name, value) -> {
            checkToken("header name", name);
            check(FIELD, "value of header " + name, value);
        });
    }

    /**
     * Refuses what is not a token (RFC 9110 5.6.2).
     *
     * @throws IllegalArgumentException "{@code what} has a character that HTTP forbids there"
     */
    public static void checkToken(String what, String text) {
        check(TOKEN, what, text);
    }

    private static void check(Pattern allowed, String what, String text) {
        if (!allowed.matcher(text).matches()) {
            throw new IllegalArgumentException(what + " has a character that HTTP forbids there");
        }
    }
}
