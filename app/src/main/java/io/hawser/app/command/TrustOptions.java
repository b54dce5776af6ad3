package io.hawser.app.command;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.eftl.EftlOptions;
import io.hawser.net.tls.TlsTrust;
import io.hawser.net.tls.UnusableTlsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which hub to believe behind {@code wss://} and {@code https://}. */
public final class TrustOptions {
    @Option(
            names = "--tlsca",
            paramLabel = "FILE",
            description = "Whom to trust behind wss:// and https://: the hub's certificate or its authority's, PEM."
                    + " Else HAWSER_TLSCA, else whom Java trusts.")
    private @Nullable Path authorities;

    @Option(
            names = "--insecure",
            description =
                    "Trust whoever answers behind wss:// and https://, whatever its name: it may be somebody else.")
    private boolean everybody;

    /** Made by the command line. */
    public TrustOptions() {}

    /** {@code options} for whom the options trust. */
    public EftlOptions in(EftlOptions options, Terminal terminal) {
        return everybody
                ? options.trustAll()
                : trusted(terminal, options::trustStore).orElse(options);
    }

    /** Whom the options trust. */
    public TlsTrust trust(Terminal terminal) {
        return everybody
                ? TlsTrust.everybody()
                : trusted(terminal, TlsTrust::pem).orElseGet(TlsTrust::system);
    }

    private <T> Optional<T> trusted(Terminal terminal, Function<Path, T> reading) {
        try {
            return Optional.ofNullable(authorities)
                    .or(() -> Optional.ofNullable(terminal.environment().get("HAWSER_TLSCA"))
                            .filter(file -> !file.isEmpty())
                            .map(Path::of))
                    .map(reading);
        } catch (UnusableTlsException unusable) {
            throw new Failure(Exit.USAGE, "--tlsca: " + unusable.getMessage(), unusable);
        }
    }

    /** What a user may do about {@code why}, a failure to connect; empty if it is about something else. */
    public static String advice(String why) {
        return why.endsWith("trust its authority") ? ": --tlsca FILE with its certificate" : "";
    }
}
