package io.hawser.app.operate;

import io.hawser.app.address.HubOptions;
import io.hawser.app.address.Target;
import io.hawser.app.admin.TokenFile;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.text.RowFormat;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.http.HttpCall;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say which hub to ask about itself, and the lists that it answers with. */
public final class AdminLink {
    private static final int PAGE = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ArgGroup(validate = false, heading = HubOptions.HEADING)
    private HubOptions hub = new HubOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text, json (one object a line), raw (values between tabs) or csv.")
    private RowFormat format = RowFormat.TEXT;

    /** Made by the command line. */
    public AdminLink() {}

    /** Calls of the hub that the options name. */
    public AdminCaller open(Terminal terminal) {
        return open(terminal, timeout(terminal).orElse(PATIENCE));
    }

    /** The same for what may take so long. */
    public AdminCaller open(Terminal terminal, Duration patience) {
        return open(hub.target(terminal), terminal, patience);
    }

    /** Calls of the hub that {@code hub} names. */
    public static AdminCaller open(HubOptions hub, Terminal terminal) {
        Target target = hub.target(terminal);
        return open(target, terminal, target.timeout().orElse(PATIENCE));
    }

    private static AdminCaller open(Target target, Terminal terminal, Duration patience) {
        URI address = address(target);
        return new AdminCaller(address, token(target, terminal, address), target.trust(), patience);
    }

    /** How long the user waits for answers, if the options say. */
    Optional<Duration> timeout(Terminal terminal) {
        return target(terminal).timeout();
    }

    /** Which hub, and as whom. */
    Target target(Terminal terminal) {
        return hub.target(terminal);
    }

    /** Says something to the user that is neither data nor an error. */
    public void say(Terminal terminal, String text) {
        hub.say(terminal, text);
    }

    /** Prints all of {@code resource}, page by page. */
    public Integer list(Terminal terminal, String resource) {
        return list(terminal, resource, Map.of());
    }

    /** The same, as far as {@code query} asks for it. */
    public Integer list(Terminal terminal, String resource, Map<String, String> query) {
        return list(terminal, resource, query, "");
    }

    /** The same; where there is nothing, {@code nothing} is said, if it says anything. */
    Integer list(Terminal terminal, String resource, Map<String, String> query, String nothing) {
        int printed = 0;
        try (AdminCaller caller = open(terminal)) {
            if (format == RowFormat.CSV) {
                List<Fields> rows = all(caller, resource, query);
                print(terminal, rows);
                printed = rows.size();
            } else {
                printed = pages(caller, resource, query, rows -> print(terminal, rows));
            }
        }
        if (printed == 0 && !nothing.isEmpty()) {
            say(terminal, nothing);
        }
        return Exit.OK.code();
    }

    /** All of {@code resource}. */
    public static List<Fields> all(AdminCaller hub, String resource) {
        return all(hub, resource, Map.of());
    }

    private static List<Fields> all(AdminCaller hub, String resource, Map<String, String> query) {
        List<Fields> all = new ArrayList<>();
        pages(hub, resource, query, all::addAll);
        return all;
    }

    /** Returns how many there were. */
    private static int pages(AdminCaller hub, String resource, Map<String, String> query, Consumer<List<Fields>> each) {
        long total = 1;
        int told = 0;
        for (int offset = 0; offset < total; offset += PAGE) {
            Map<String, Object> asked = new LinkedHashMap<>(query);
            asked.put("limit", PAGE);
            asked.put("offset", offset);
            Fields page = hub.get(AdminCaller.path(List.of(resource), asked));
            total = page.find("total") instanceof Value.Int count ? count.value() : 0;
            List<Fields> items = items(page);
            told += items.size();
            each.accept(items);
        }
        return told;
    }

    /** Prints what the hub says, on one line. */
    public Integer show(Terminal terminal, Function<AdminCaller, Fields> asked) {
        return showAll(terminal, caller -> List.of(asked.apply(caller)));
    }

    /** Prints what the hub says, a line each. */
    Integer showAll(Terminal terminal, Function<AdminCaller, List<Fields>> asked) {
        try (AdminCaller caller = open(terminal)) {
            print(terminal, asked.apply(caller));
        }
        return Exit.OK.code();
    }

    /** Prints {@code rows}, a line each. */
    public void print(Terminal terminal, List<Fields> rows) {
        format.lines(rows).forEach(terminal::print);
    }

    /** True if what is printed is for people. */
    public boolean forPeople() {
        return format == RowFormat.TEXT;
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

    private static URI address(Target target) {
        try {
            URI address = new URI(target.admin());
            HttpCall.get(address);
            return address;
        } catch (URISyntaxException | IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, "'" + target.admin() + "' is no admin address: " + wrong.getMessage(), wrong);
        }
    }

    /** A token that a hub left in a file is shown to loopback alone. */
    private static Optional<String> token(Target target, Terminal terminal, URI address) {
        boolean loopback = address.getHost().toLowerCase(Locale.ROOT).matches("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
        return target.adminToken()
                .or(() -> loopback
                        ? TokenFile.of(terminal.environment(), address.getPort())
                                .flatMap(TokenFile::read)
                        : Optional.empty());
    }
}
