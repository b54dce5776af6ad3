package io.hawser.app.console;

import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The files of the console, out of the jar: {@code /} and {@code /console/<file>}. They hold no secret and everybody may have them. A
 * browser is told to run nothing but them, to make no markup of any text ({@code trusted-types}), and to let no other page frame them.
 * Callable from any thread.
 */
public final class Pages {
    private static final String FOLDER = "/io/hawser/app/console/";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,40}\\.(html|css|js|svg)");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    /** What a browser may do with these files. */
    static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none';"
                    + " require-trusted-types-for 'script'; trusted-types 'none'";

    private final Map<String, HttpResponse> known = new ConcurrentHashMap<>();

    /** What everybody may ask. */
    public List<Route> routes() {
        return List.of(
                Route.get("/", exchange -> answer(exchange, "index.html")),
                Route.get(
                        "/console/{file}",
                        exchange -> answer(exchange, exchange.request().parameter("file"))));
    }

    private void answer(HttpExchange exchange, String name) {
        exchange.answer(file(name)
                .orElseGet(() -> HttpResponse.error(404, "the console has no file " + name + "; it begins at /")));
    }

    private Optional<HttpResponse> file(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        HttpResponse before = known.get(name);
        if (before != null) {
            return Optional.of(before);
        }
        Optional<HttpResponse> read = read(name);
        read.ifPresent(response -> known.put(name, response));
        return read;
    }

    private static Optional<HttpResponse> read(String name) {
        try (InputStream in = Pages.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                return Optional.empty();
            }
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain");
            return Optional.of(HttpResponse.of(200, type, in.readAllBytes())
                    .with("Content-Security-Policy", POLICY)
                    .with("X-Content-Type-Options", "nosniff")
                    .with("Referrer-Policy", "no-referrer")
                    .with("Cross-Origin-Opener-Policy", "same-origin")
                    .with("Cross-Origin-Resource-Policy", "same-origin")
                    .with("Cache-Control", "no-cache"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
