package io.hawser.app.operate;

import io.hawser.app.admin.TokenFile;
import io.hawser.app.command.TrustOptions;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.text.JsonText;
import io.hawser.app.text.SafeText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.http.HttpCall;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which hub to ask about itself, and the lists that it answers with. */
public final class AdminLink {
    private static final String DEFAULT_URL = "http://127.0.0.1:9190";
    private static final int PAGE = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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

    @Mixin
    private TrustOptions trust = new TrustOptions();

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
            if (value instanceof Value.Bool flag) {
                return Boolean.toString(flag.value());
            }
            return value instanceof Value.Nested nested ? JsonText.write(nested.fields()) : String.valueOf(value);
        }
    }

    /** Calls of the hub that the options name. */
    public AdminCaller open(Terminal terminal) {
        return open(terminal, PATIENCE);
    }

    /** The same for what may take so long. */
    public AdminCaller open(Terminal terminal, Duration patience) {
        URI hub = hub(terminal);
        return new AdminCaller(hub, token(terminal, hub), trust.trust(terminal), patience);
    }

    /** Whose certificates are trusted. */
    TrustOptions trust() {
        return trust;
    }

    /** Prints all of {@code resource}, page by page. */
    public Integer list(Terminal terminal, String resource) {
        try (AdminCaller hub = open(terminal)) {
            pages(hub, resource, rows -> print(terminal, rows));
        }
        return Exit.OK.code();
    }

    /** All of {@code resource}. */
    public static List<Fields> all(AdminCaller hub, String resource) {
        List<Fields> all = new ArrayList<>();
        pages(hub, resource, all::addAll);
        return all;
    }

    private static void pages(AdminCaller hub, String resource, Consumer<List<Fields>> each) {
        long total = 1;
        for (int offset = 0; offset < total; offset += PAGE) {
            Fields page = hub.get(AdminCaller.path(List.of(resource), Map.of("limit", PAGE, "offset", offset)));
            total = page.find("total") instanceof Value.Int count ? count.value() : 0;
            each.accept(items(page));
        }
    }

    /** Prints what the hub says, on one line. */
    public Integer show(Terminal terminal, Function<AdminCaller, Fields> asked) {
        return showAll(terminal, hub -> List.of(asked.apply(hub)));
    }

    /** Prints what the hub says, a line each. */
    Integer showAll(Terminal terminal, Function<AdminCaller, List<Fields>> asked) {
        try (AdminCaller hub = open(terminal)) {
            print(terminal, asked.apply(hub));
        }
        return Exit.OK.code();
    }

    /** Prints {@code rows}, a line each. */
    public void print(Terminal terminal, List<Fields> rows) {
        rows.forEach(row -> terminal.print(format.line(row)));
    }

    /** True if what is printed is for people. */
    public boolean forPeople() {
        return format == ListFormat.TEXT;
    }

    /** The rows of a page. */
    public static List<Fields> items(Fields page) {
        return page.find("items") instanceof Value.Sequence items
                ? items.values().stream()
                        .filter(Value.Nested.class::isInstance)
                        .map(item -> ((Value.Nested) item).fields())
                        .toList()
                : List.of();
    }

    private URI hub(Terminal terminal) {
        String text = terminal.said(url, "HAWSER_ADMIN_URL", DEFAULT_URL);
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
