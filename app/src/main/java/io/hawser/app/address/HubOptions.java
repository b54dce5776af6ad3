package io.hawser.app.address;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.TimeSpan;
import io.hawser.net.tls.TlsTrust;
import io.hawser.net.tls.UnusableTlsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * The options that every command has which talks to a hub. What a flag says goes before the environment, that before the
 * context, that before what is built in. A context that is only selected is for its own hub: whoever names another
 * address does not show it the secrets of the context.
 */
public final class HubOptions {
    /** Above them in a command's help. */
    public static final String HEADING = "%nWhich hub, and as whom; flags go before HAWSER_... before the context:%n";

    /** Where the eFTL clients of a hub connect that was told nothing else. */
    public static final String SERVER = "ws://127.0.0.1:9191/channel";

    private static final String ADMIN = "http://127.0.0.1:9190";

    @Option(
            names = {"-s", "--server"},
            paramLabel = "URL",
            description = "The hub's eFTL address. Else HAWSER_URL, else " + SERVER + ".")
    private @Nullable String server;

    @Option(
            names = "--admin",
            paramLabel = "URL",
            description = "The hub's admin address. Else HAWSER_ADMIN_URL, else " + ADMIN + ".")
    private @Nullable String admin;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "What 'hawser context' knows under this name. Else HAWSER_CONTEXT, else the selected one.")
    private @Nullable String context;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Who you are. Else HAWSER_USER, else who the URL says.")
    private @Nullable String user;

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            description = "Its password; others on this machine can see it. Better HAWSER_PASSWORD or --creds.")
    private @Nullable String password;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "The hub's admin token, or one of hawser.tokens. For administration else HAWSER_TOKEN, else what"
                            + " a hub of yours left for this port.")
    private @Nullable String token;

    @Option(
            names = "--creds",
            paramLabel = "FILE",
            description =
                    "A file only you can read, {\"user\":..,\"password\":..} or {\"token\":..}. Else HAWSER_CREDS.")
    private @Nullable Path creds;

    @Option(
            names = "--tlsca",
            paramLabel = "FILE",
            description = "Whom to trust behind wss:// and https://: the hub's certificate or its authority's, PEM."
                    + " Else HAWSER_TLSCA, else whom Java trusts.")
    private @Nullable Path authorities;

    @Option(
            names = "--tlscert",
            paramLabel = "FILE",
            description = "The certificate to show there, PEM. Else HAWSER_TLSCERT.")
    private @Nullable Path certificate;

    @Option(names = "--tlskey", paramLabel = "FILE", description = "Its key, PEM. Else HAWSER_TLSKEY.")
    private @Nullable Path key;

    @Option(
            names = "--insecure",
            description = "Trust whoever answers there, whatever its name: it may be somebody else.")
    private boolean everybody;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "How long an answer may take, such as 500ms or 1m. Else HAWSER_TIMEOUT.")
    private @Nullable Duration timeout;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing but data and errors.")
    private boolean quiet;

    @Option(names = "--trace", description = "Log every step to stderr.")
    private boolean trace;

    /** Made by the command line. */
    public HubOptions() {}

    @Option(names = "--no-color", description = "No colors, as with NO_COLOR.")
    void withoutColor(boolean unused) {
        // the program looks at it before it reads any other
    }

    /** What all of it comes to. */
    public Target target(Terminal terminal) {
        if (trace && LoggerFactory.getLogger("io.hawser") instanceof Logger log) {
            log.setLevel(Level.TRACE);
        }
        Words words = new Words(terminal.environment(), context(terminal));
        Optional<Sayings> credentials = words.said(creds, "HAWSER_CREDS", Saying.CREDS)
                .map(file -> Sayings.read(Path.of(file), Saying.credentials()));
        String name = words.said(user, "HAWSER_USER")
                .or(() -> in(credentials, Saying.USER))
                .orElseGet(() -> words.in(Saying.USER));
        Optional<String> shown = Optional.ofNullable(token).or(() -> in(credentials, Saying.TOKEN));
        Optional<String> kept = Optional.of(words.in(Saying.TOKEN)).filter(text -> !text.isEmpty());
        return new Target(
                words.said(server, "HAWSER_URL", Saying.SERVER).orElse(SERVER),
                words.said(admin, "HAWSER_ADMIN_URL", Saying.ADMIN).orElse(ADMIN),
                name,
                words.said(password, "HAWSER_PASSWORD")
                        .or(() -> in(credentials, Saying.PASSWORD))
                        .orElseGet(() -> name.equals(words.in(Saying.USER)) ? words.in(Saying.PASSWORD) : ""),
                shown.or(() -> kept),
                shown.or(() -> words.said(null, "HAWSER_TOKEN")).or(() -> kept),
                trust(words),
                timeout(words));
    }

    private static Optional<String> in(Optional<Sayings> credentials, Saying what) {
        return credentials.flatMap(said -> said.get(what));
    }

    /** What the chosen context says. */
    private Sayings context(Terminal terminal) {
        Map<String, String> environment = terminal.environment();
        Optional<Contexts> contexts = Contexts.of(environment);
        Optional<String> named = Optional.ofNullable(context)
                .or(() -> Optional.ofNullable(environment.get("HAWSER_CONTEXT")).filter(name -> !name.isEmpty()));
        if (named.isPresent()) {
            return contexts.orElseThrow(() ->
                            new Failure(Exit.USAGE, "contexts are kept below XDG_CONFIG_HOME or HOME; neither is set"))
                    .read(named.get());
        }
        boolean elsewhere = server != null
                || admin != null
                || environment.containsKey("HAWSER_URL")
                || environment.containsKey("HAWSER_ADMIN_URL");
        return elsewhere
                ? Sayings.NONE
                : contexts.flatMap(all -> all.selected().map(all::read)).orElse(Sayings.NONE);
    }

    private TlsTrust trust(Words words) {
        TlsTrust trust = everybody
                ? TlsTrust.everybody()
                : words.said(authorities, "HAWSER_TLSCA", Saying.TLSCA)
                        .map(file -> usable("--tlsca", () -> TlsTrust.pem(Path.of(file))))
                        .orElseGet(TlsTrust::system);
        Optional<String> chain = words.said(certificate, "HAWSER_TLSCERT", Saying.TLSCERT);
        Optional<String> own = words.said(key, "HAWSER_TLSKEY", Saying.TLSKEY);
        if (chain.isPresent() != own.isPresent()) {
            throw new Failure(Exit.USAGE, "--tlscert and --tlskey need each other");
        }
        return chain.isEmpty()
                ? trust
                : usable("--tlscert, --tlskey", () -> trust.showing(Path.of(chain.get()), Path.of(own.orElseThrow())));
    }

    private static TlsTrust usable(String options, Supplier<TlsTrust> reading) {
        try {
            return reading.get();
        } catch (UnusableTlsException unusable) {
            throw new Failure(Exit.USAGE, options + ": " + unusable.getMessage(), unusable);
        }
    }

    private Optional<Duration> timeout(Words words) {
        try {
            return Optional.ofNullable(timeout)
                    .or(() -> words.said(null, "HAWSER_TIMEOUT").map(text -> new TimeSpan().convert(text)));
        } catch (TypeConversionException wrong) {
            throw new Failure(Exit.USAGE, "HAWSER_TIMEOUT: " + wrong.getMessage(), wrong);
        }
    }

    /** Says something to the user that is neither data nor an error. */
    public void say(Terminal terminal, String text) {
        if (!quiet) {
            terminal.say(text);
        }
    }

    /** What the flags say that a context can keep. */
    Map<Saying, String> said() {
        Map<Saying, String> said = new EnumMap<>(Saying.class);
        put(said, Saying.SERVER, server);
        put(said, Saying.ADMIN, admin);
        put(said, Saying.USER, user);
        put(said, Saying.PASSWORD, password);
        put(said, Saying.TOKEN, token);
        put(said, Saying.CREDS, absolute(creds));
        put(said, Saying.TLSCA, absolute(authorities));
        put(said, Saying.TLSCERT, absolute(certificate));
        put(said, Saying.TLSKEY, absolute(key));
        return said;
    }

    private static void put(Map<Saying, String> said, Saying what, @Nullable String text) {
        if (text != null) {
            said.put(what, text);
        }
    }

    private static @Nullable String absolute(@Nullable Path file) {
        return file == null ? null : file.toAbsolutePath().normalize().toString();
    }

    /** What a user may do about {@code why}, a failure to connect; empty if it is about something else. */
    public static String advice(String why) {
        return why.endsWith("trust its authority") ? ": --tlsca FILE with its certificate" : "";
    }

    /** The environment and a context. */
    private record Words(Map<String, String> environment, Sayings context) {
        Optional<String> said(@Nullable Object flag, String variable) {
            return Optional.ofNullable(flag)
                    .map(Object::toString)
                    .or(() -> Optional.ofNullable(environment.get(variable)).filter(text -> !text.isEmpty()));
        }

        Optional<String> said(@Nullable Object flag, String variable, Saying saying) {
            return said(flag, variable).or(() -> context.get(saying));
        }

        String in(Saying saying) {
            return context.get(saying).orElse("");
        }
    }
}
