package io.hawser.eftl.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is, and who we are there if the address says so ({@code specs/eftl.md} 1.1):
 *
 * <pre>{@code ws[s]://[user[:password]@]host[:port]/channel[?clientId=<id>]}</pre>
 *
 * @param uri scheme, host, port and path alone
 * @param user empty if the address names none
 * @param password empty if the address names none
 * @param clientId empty if the address names none
 */
public record ServerAddress(URI uri, String user, String password, String clientId) {
    private static final String FORM = "ws[s]://[user[:password]@]host[:port]/channel[?clientId=id]";
    private static final String DEFAULT_PATH = "/channel";
    private static final int HIGHEST_PORT = 65_535;

    /**
     * The addresses in {@code urls}, separated by {@code |}.
     *
     * @throws IllegalArgumentException if one of them is no address; the text says which, without its password
     */
    public static List<ServerAddress> list(String urls) {
        List<ServerAddress> addresses = new ArrayList<>();
        for (String url : urls.split("\\|", -1)) {
            addresses.add(parse(url.strip()));
        }
        return List.copyOf(addresses);
    }

    private static ServerAddress parse(String url) {
        URI full;
        try {
            full = new URI(url);
        } catch (URISyntaxException malformed) {
            throw wrong(url, malformed.getReason());
        }
        String scheme = full.getScheme();
        if (!"ws".equalsIgnoreCase(scheme) && !"wss".equalsIgnoreCase(scheme)) {
            throw wrong(url, "it does not begin with ws:// or wss://");
        }
        if (full.getHost() == null) {
            throw wrong(url, "it names no host");
        }
        if (full.getPort() == 0 || full.getPort() > HIGHEST_PORT) {
            throw wrong(url, "there is no port " + full.getPort());
        }
        String[] who = Objects.requireNonNullElse(full.getRawUserInfo(), "").split(":", 2);
        return new ServerAddress(
                plain(full),
                decoded(who[0]),
                who.length > 1 ? decoded(who[1]) : "",
                clientIdIn(full).orElse(""));
    }

    private static URI plain(URI full) {
        String path = Objects.requireNonNullElse(full.getRawPath(), "");
        String port = full.getPort() < 0 ? "" : ":" + full.getPort();
        return URI.create(full.getScheme() + "://" + full.getHost() + port + (path.isEmpty() ? DEFAULT_PATH : path));
    }

    private static Optional<String> clientIdIn(URI full) {
        @Nullable String query = full.getRawQuery();
        if (query == null) {
            return Optional.empty();
        }
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith("clientId=")) {
                return Optional.of(decoded(parameter.substring("clientId=".length())));
            }
        }
        return Optional.empty();
    }

    /** A plus sign in an address is a plus sign. */
    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), UTF_8);
    }

    private static IllegalArgumentException wrong(String url, String why) {
        String harmless = url.replaceFirst("//[^/@]*@", "//...@");
        return new IllegalArgumentException("'" + harmless + "' is no eFTL address: " + why + "; write " + FORM);
    }

    /** What is asked for on the wire: the client's id travels as {@code client_id}, and only if there is one. */
    URI request(String id) {
        return id.isEmpty()
                ? uri
                : URI.create(uri + "?client_id=" + URLEncoder.encode(id, UTF_8).replace("+", "%20"));
    }

    /** Names no password. */
    @Override
    public String toString() {
        return uri.toString();
    }
}
