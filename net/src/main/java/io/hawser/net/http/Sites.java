package io.hawser.net.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Under which names a server answers, and to the pages of which sites: against DNS rebinding and foreign pages in a
 * user's browser. Programs that are no browser send no {@code Origin} and are not asked for one.
 *
 * @param hosts names or addresses that {@code Host} may say, in lower case, without port; none: any
 * @param origins what {@code Origin} may say beside the server's own address, {@code https://app.example} for example;
 *     {@code http://localhost:*}: any port; {@code *}: anything
 */
public record Sites(Set<String> hosts, Set<String> origins) {
    private static final String ANY = "*";

    /** Copies. */
    public Sites {
        hosts = Set.copyOf(hosts);
        origins = Set.copyOf(origins);
    }

    /** Every name, every page. */
    public static Sites any() {
        return new Sites(Set.of(), Set.of(ANY));
    }

    /** Every name, and the server's own pages. */
    public static Sites own() {
        return new Sites(Set.of(), Set.of());
    }

    /** The names of this machine's loopback, and the server's own pages. */
    public static Sites loopback() {
        return new Sites(Set.of("localhost", "127.0.0.1", "[::1]"), Set.of());
    }

    /** What is wrong with where {@code request} wants to go or comes from. */
    Optional<HttpResponse> objection(HttpRequest request) {
        String host = request.header("host").orElse("").toLowerCase(Locale.ROOT);
        // a browser says Origin in every WebSocket handshake: one without it is a program, which may know other names
        boolean program = request.header("upgrade").isPresent()
                && request.header("origin").isEmpty();
        if (!program && !hosts.isEmpty() && !hosts.contains(withoutPort(host))) {
            return Optional.of(
                    HttpResponse.error(421, "this server does not answer under the name in Host; use one of " + hosts));
        }
        boolean foreign = request.header("origin")
                .filter(origin -> !mayCall(origin) && !isOwn(origin, host))
                .isPresent();
        return foreign
                ? Optional.of(HttpResponse.error(403, "pages of this Origin may not call this server"))
                : Optional.empty();
    }

    private boolean mayCall(String origin) {
        String anyPort = origin.replaceFirst(":\\d+$", "") + ":*";
        return origins.contains(ANY) || origins.contains(origin) || origins.contains(anyPort);
    }

    private static boolean isOwn(String origin, String host) {
        return origin.equals("http://" + host) || origin.equals("https://" + host);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }
}
