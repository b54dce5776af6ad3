package io.hawser.app.operate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.address.HubOptions;
import io.hawser.app.admin.Download;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.Loops;
import io.hawser.net.NetLimits;
import io.hawser.net.http.HttpCall;
import io.hawser.net.http.HttpClient;
import io.hawser.net.http.HttpLimits;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.tls.TlsTrust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Calls of a hub's admin listener, and its answers as results or {@link Failure}s. Belongs to the command that made it. */
public final class AdminCaller implements AutoCloseable {
    /** The hub bounds what it says at once; this is for whoever else may listen there. */
    private static final long LONGEST_ANSWER = 512L << 20;

    private final URI hub;
    private final Optional<String> token;
    private final Loops loops = Loops.start(1, "hawser-admin-call");
    private final HttpClient client;

    AdminCaller(URI hub, Optional<String> token, TlsTrust trust, Duration patience) {
        this.hub = hub;
        this.token = token;
        this.client = new HttpClient(
                loops.next(),
                new HttpClient.Options(
                        trust,
                        patience,
                        NetLimits.defaults(),
                        HttpLimits.defaults().withMaxBodyBytes(LONGEST_ANSWER)));
    }

    /** An address below {@code /api/v1}, in which any text may stand. */
    public static String path(List<String> parts, Map<String, ?> query) {
        String path = parts.stream().map(AdminCaller::encoded).collect(Collectors.joining("/", "/api/v1/", ""));
        return query.isEmpty()
                ? path
                : query.entrySet().stream()
                        .map(each -> each.getKey() + "=" + encoded(String.valueOf(each.getValue())))
                        .collect(Collectors.joining("&", path + "?", ""));
    }

    /** A text as it can stand in an address. */
    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /** What the hub says at {@code path}. */
    public Fields get(String path) {
        return call(HttpCall.get(hub.resolve(path)));
    }

    /** Changes something. */
    public Fields change(String method, String path) {
        return call(HttpCall.of(method, hub.resolve(path)));
    }

    /** Changes something, with more to say. */
    public Fields change(String method, String path, Fields body) {
        return call(HttpCall.of(method, hub.resolve(path))
                .with("application/json", JsonText.write(body).getBytes(UTF_8)));
    }

    /** Sends {@code bytes} as they are. */
    Fields give(String path, byte[] bytes) {
        return call(HttpCall.of("POST", hub.resolve(path)).with("application/octet-stream", bytes));
    }

    private Fields call(HttpCall call) {
        try {
            HttpResponse answer = client.send(shown(call)).join();
            check(answer);
            return JsonText.read(answer.text());
        } catch (CompletionException none) {
            throw unreachable(none);
        }
    }

    /** What the hub says at {@code path}, as it comes. */
    Download open(String path) {
        return open(HttpCall.get(hub.resolve(path)));
    }

    /** What the hub calls this content of {@code file}. */
    static String tag(Download file) {
        return file.head().join().header("etag").orElse("").replace("\"", "");
    }

    /** What the hub says, as it comes, to somebody who says more. */
    public Download ask(String path, Fields body) {
        return open(HttpCall.of("POST", hub.resolve(path))
                .with("application/json", JsonText.write(body).getBytes(UTF_8)));
    }

    private Download open(HttpCall call) {
        Download download = new Download();
        client.send(shown(call), download);
        try {
            HttpResponse head = download.head().join();
            if (head.status() != 200) {
                check(HttpResponse.of(head.status(), "application/json", download.readAllBytes()));
            }
            return download;
        } catch (CompletionException none) {
            throw unreachable(none);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private HttpCall shown(HttpCall call) {
        return token.map(known -> call.with("Authorization", "Bearer " + known)).orElse(call);
    }

    private static Failure unreachable(CompletionException none) {
        Throwable cause = none.getCause();
        String why = cause == null ? "no answer" : String.valueOf(cause.getMessage());
        String advice = HubOptions.advice(why);
        return new Failure(
                Exit.NO_CONNECTION,
                why
                        + (advice.isEmpty()
                                ? "; is a hub with an admin token running there (hawser serve --dev)?"
                                : advice),
                none);
    }

    private void check(HttpResponse answer) {
        Exit exit =
                switch (answer.status()) {
                    case 200 -> Exit.OK;
                    case 400 -> Exit.USAGE;
                    case 401, 403 -> Exit.DENIED;
                    case 404 -> Exit.NOT_FOUND;
                    default -> Exit.FAILED;
                };
        if (answer.status() == 401) {
            throw new Failure(
                    exit,
                    token.isPresent()
                            ? "the hub at " + hub.getAuthority() + " does not know this token"
                            : "the hub at " + hub.getAuthority() + " wants its admin token: --token, or HAWSER_TOKEN");
        }
        if (exit != Exit.OK) {
            throw new Failure(
                    exit,
                    reason(answer.text())
                            .orElseGet(() -> "the hub at " + hub.getAuthority() + " answered " + answer.status() + ": "
                                    + answer.text().strip()));
        }
    }

    private static Optional<String> reason(String answer) {
        try {
            return JsonText.read(answer).find("error") instanceof Value.Nested error
                    ? error.fields().string("reason")
                    : Optional.empty();
        } catch (IllegalArgumentException other) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        client.close();
        loops.close();
    }
}
