package io.hawser.net.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which requests a handler answers.
 *
 * @param method {@code GET} answers {@code HEAD} too
 * @param pattern a path in which a segment {@code {name}} stands for any one segment and a last segment {@code {name*}}
 *     for the rest of the path, one segment or more
 * @param handler who answers
 */
public record Route(String method, String pattern, HttpHandler handler) {
    /** A checked route. */
    public Route {
        if (!pattern.startsWith("/")) {
            throw new IllegalArgumentException("a route's pattern begins with /, not " + pattern);
        }
    }

    /** A route for GET and HEAD. */
    public static Route get(String pattern, HttpHandler handler) {
        return new Route("GET", pattern, handler);
    }

    /** A route for POST. */
    public static Route post(String pattern, HttpHandler handler) {
        return new Route("POST", pattern, handler);
    }

    boolean answers(String asked) {
        return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
    }

    /** What the pattern takes out of a path, if it matches. */
    Optional<Map<String, String>> match(List<String> path) {
        String[] parts = pattern.substring(1).split("/", -1);
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (i >= path.size()) {
                return Optional.empty();
            } else if (part.startsWith("{") && part.endsWith("*}")) {
                found.put(part.substring(1, part.length() - 2), String.join("/", path.subList(i, path.size())));
                return Optional.of(found);
            } else if (part.startsWith("{") && part.endsWith("}")) {
                found.put(part.substring(1, part.length() - 1), path.get(i));
            } else if (!part.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return parts.length == path.size() ? Optional.of(found) : Optional.empty();
    }
}
