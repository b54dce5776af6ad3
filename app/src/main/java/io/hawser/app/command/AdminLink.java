package io.hawser.app.command;

import io.hawser.app.admin.TokenFile;
import io.hawser.app.text.JsonText;
import io.hawser.app.text.SafeText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.Loops;
import io.hawser.net.http.HttpCall;
import io.hawser.net.http.HttpClient;
import io.hawser.net.http.HttpResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which hub to ask about itself, and the lists that it answers with. */
final class AdminLink {
    private static final String DEFAULT_URL = "http://127.0.0.1:9190";
    private static final int PAGE = 1000;

    @Option(
            names = "--admin",
            paramLabel = "URL",
            description = "The hub's admin address. Else HAWSER_ADMIN_URL, else " + DEFAULT_URL + ".")
    private @Nullable String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "The hub's admin token. Else HAWSER_TOKEN, else what a hub of yours left for this port.")
    private @Nullable String token;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text or json (one object a line).")
    private ListFormat format = ListFormat.TEXT;

    /** How a list is shown. */
    enum ListFormat {
        /** For people: name=value, one thing a line. */
        TEXT {
            @Override
            String line(Fields row) {
                return IntStream.range(0, row.size())
                        .mapToObj(i -> SafeText.of(row.name(i)) + "=" + shown(row.value(i)))
                        .collect(Collectors.joining("  "));
            }
        },
        /** For programs: one JSON object. */
        JSON {
            @Override
            String line(Fields row) {
                return JsonText.write(row);
            }
        };

        abstract String line(Fields row);

        private static String shown(Value value) {
            if (value instanceof Value.Str text) {
                return SafeText.of(text.value());
            }
            return value instanceof Value.Nested nested ? JsonText.write(nested.fields()) : String.valueOf(value);
        }
    }

    /** Prints all of {@code resource}, page by page. */
    Integer list(Terminal terminal, String resource) {
        URI hub = hub(terminal);
        try (Loops loops = Loops.start(1, "hawser-admin");
                HttpClient client = new HttpClient(loops.next(), HttpClient.Options.defaults())) {
            long total = 1;
            for (int offset = 0; offset < total; offset += PAGE) {
                Fields page = page(
                        client, hub.resolve("/api/v1/" + resource + "?limit=" + PAGE + "&offset=" + offset), terminal);
                total = page.find("total") instanceof Value.Int count ? count.value() : 0;
                if (page.find("items") instanceof Value.Sequence items) {
                    items.values().forEach(item -> print(terminal, item));
                }
            }
        }
        return Exit.OK.code();
    }

    private void print(Terminal terminal, Value item) {
        if (item instanceof Value.Nested row) {
            terminal.print(format.line(row.fields()));
        }
    }

    private Fields page(HttpClient client, URI at, Terminal terminal) {
        HttpCall call = HttpCall.get(at);
        Optional<String> known = token(terminal, at);
        HttpResponse answer;
        try {
            answer = client.send(known.map(shown -> call.with("Authorization", "Bearer " + shown))
                            .orElse(call))
                    .join();
        } catch (CompletionException none) {
            Throwable cause = none.getCause();
            throw new Failure(
                    Exit.NO_CONNECTION,
                    (cause == null ? "no answer" : cause.getMessage())
                            + "; is a hub with an admin token running there (hawser serve --dev)?",
                    none);
        }
        return switch (answer.status()) {
            case 200 -> JsonText.read(answer.text());
            case 401 ->
                throw new Failure(
                        Exit.DENIED,
                        known.isPresent()
                                ? "the hub at " + at.getAuthority() + " does not know this token"
                                : "the hub at " + at.getAuthority()
                                        + " wants its admin token: --token, or HAWSER_TOKEN");
            default ->
                throw new Failure(
                        Exit.FAILED,
                        "the hub at " + at.getAuthority() + " answered " + answer.status() + ": "
                                + answer.text().strip());
        };
    }

    private URI hub(Terminal terminal) {
        String text = url != null ? url : terminal.environment().getOrDefault("HAWSER_ADMIN_URL", DEFAULT_URL);
        try {
            URI hub = new URI(text);
            HttpCall.get(hub);
            return hub;
        } catch (URISyntaxException | IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, "'" + text + "' is no admin address: " + wrong.getMessage(), wrong);
        }
    }

    /** A token that a hub left in a file is shown to loopback alone. */
    private Optional<String> token(Terminal terminal, URI hub) {
        Map<String, String> environment = terminal.environment();
        boolean loopback = hub.getHost().toLowerCase(Locale.ROOT).matches("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
        return Optional.ofNullable(token)
                .or(() -> Optional.ofNullable(environment.get("HAWSER_TOKEN")))
                .or(() -> loopback
                        ? TokenFile.of(environment, hub.getPort()).flatMap(TokenFile::read)
                        : Optional.empty());
    }
}
