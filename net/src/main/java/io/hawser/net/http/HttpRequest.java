package io.hawser.net.http;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The head of a request.
 *
 * @param method in the client's letters, {@code GET} for example
 * @param segments the path, cut at {@code /} and each part decoded; {@code /} alone is one empty segment
 * @param parameters what the route's pattern took out of the path, by name
 * @param query the query's parameters, decoded; the first of each name
 * @param headers all headers, names in lower case; the first of each name
 * @param remote the client's address
 * @param certificate the client's certificate, if the server asked for one, it was shown and is believed
 */
public record HttpRequest(
        String method,
        List<String> segments,
        Map<String, String> parameters,
        Map<String, String> query,
        Map<String, String> headers,
        InetSocketAddress remote,
        Optional<X509Certificate> certificate) {
    /** A request with copies of the collections. */
    public HttpRequest {
        segments = List.copyOf(segments);
        parameters = Map.copyOf(parameters);
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** The decoded path, to be shown; a segment may hold a {@code /} of its own. */
    public String path() {
        return "/" + String.join("/", segments);
    }

    /** The header {@code name} (lower case), if the client sent it. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The query's parameter {@code name}, if the client sent it. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /**
     * What stands in the path where the route says {@code {name}}.
     *
     * @throws IllegalArgumentException if the route has no such name
     */
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("this route has no {" + name + "}");
        }
        return value;
    }

    /** Who asks, as the client says it; nobody has checked it yet. */
    public Optional<Credentials> credentials() {
        return header("authorization").flatMap(Credentials::parse);
    }

    /**
     * True if it comes from a page of another site that a browser did not name in {@code Origin}, as it does for what pictures and
     * links ask for: nobody checked that this page may call.
     */
    public boolean ofForeignPage() {
        String site = header("sec-fetch-site").orElse("none");
        return header("origin").isEmpty() && !site.equals("none") && !site.equals("same-origin");
    }

    /** This request as a route sees it. */
    HttpRequest with(Map<String, String> found) {
        return new HttpRequest(method, segments, found, query, headers, remote, certificate);
    }
}
