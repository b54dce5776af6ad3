package io.hawser.net.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the head of a request says, and what is wrong with it before anybody looks at its path. Pure. */
final class RequestHead {
    private static final Charset TEXT = UTF_8;

    private final io.netty.handler.codec.http.HttpRequest head;

    RequestHead(io.netty.handler.codec.http.HttpRequest head) {
        this.head = head;
    }

    /** What makes the request impossible to read or to answer; the connection ends with it. */
    Optional<HttpResponse> fault() {
        if (head.decoderResult().isFailure()) {
            return Optional.of(unreadable(head.decoderResult().cause()));
        }
        HttpHeaders headers = head.headers();
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (head.protocolVersion().majorVersion() != HttpVersion.HTTP_1_1.majorVersion()) {
            return error(505, "only HTTP/1.1 and HTTP/1.0 are understood here");
        }
        if (headers.getAll(HttpHeaderNames.HOST).size() != 1 && isOneOne()) {
            return error(400, "an HTTP/1.1 request has exactly one header Host");
        }
        if (!codings.isEmpty() && (codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked"))) {
            return error(501, "the only Transfer-Encoding that is understood here is chunked");
        }
        if (!head.uri().startsWith("/")) {
            return error(400, "a request's target is a path that begins with /");
        }
        String expects = headers.get(HttpHeaderNames.EXPECT);
        return expects == null || expects.equalsIgnoreCase("100-continue")
                ? Optional.empty()
                : error(417, "the only Expect that is understood here is 100-continue");
    }

    /**
     * The request for its handler.
     *
     * @throws IllegalArgumentException if its target is malformed
     */
    HttpRequest request(InetSocketAddress remote, Optional<X509Certificate> certificate) {
        Map<String, String> query = new HashMap<>();
        new QueryStringDecoder(head.uri(), TEXT).parameters().forEach((name, values) -> query.put(name, values.get(0)));
        Map<String, String> headers = new HashMap<>();
        head.headers()
                .forEach(header -> headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return new HttpRequest(
                head.method().name(), segments(head.uri()), Map.of(), query, headers, remote, certificate);
    }

    boolean isOneOne() {
        return head.protocolVersion().minorVersion() >= 1;
    }

    boolean isHead() {
        return head.method().equals(HttpMethod.HEAD);
    }

    boolean keepsAlive() {
        return HttpUtil.isKeepAlive(head);
    }

    boolean wantsContinue() {
        return isOneOne() && HttpUtil.is100ContinueExpected(head);
    }

    boolean wantsWebSocket() {
        return head.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && head.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
    }

    /** The body's length in bytes; without one there is no body, unless it is chunked: then -1. */
    long length() {
        return HttpUtil.isTransferEncodingChunked(head) ? -1 : HttpUtil.getContentLength(head, 0L);
    }

    private static HttpResponse unreadable(Throwable fault) {
        if (fault instanceof TooLongHttpHeaderException) {
            return HttpResponse.error(431, "the headers are too long");
        }
        return fault instanceof TooLongHttpLineException
                ? HttpResponse.error(414, "the request line is too long")
                : HttpResponse.error(400, "this is not a sound HTTP request");
    }

    private static Optional<HttpResponse> error(int status, String reason) {
        return Optional.of(HttpResponse.error(status, reason));
    }

    private static List<String> segments(String target) {
        int end = target.indexOf('?') < 0 ? target.length() : target.indexOf('?');
        List<String> segments = new ArrayList<>();
        for (String raw : target.substring(1, Math.max(1, end)).split("/", -1)) {
            String segment = QueryStringDecoder.decodeComponent(raw.replace("+", "%2B"), TEXT);
            if (segment.equals(".") || segment.equals("..") || segment.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
                throw new IllegalArgumentException("a path has no segments . and .., and no control characters");
            }
            segments.add(segment);
        }
        return segments;
    }
}
