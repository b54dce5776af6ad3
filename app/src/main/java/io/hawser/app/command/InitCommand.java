package io.hawser.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.access.PrivateFile;
import io.hawser.app.access.Token;
import io.hawser.app.authority.HostNames;
import io.hawser.app.authority.LocalAuthority;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser init}: a folder with a configuration, a certificate authority, and who the hub is. */
@Command(
        name = "init",
        description =
                "Make a folder with a hub's configuration, a certificate authority of its own, and the hub's certificate.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "  hawser init my-hub --name hub.example --name 10.0.0.7",
            "  hawser init my-hub --renew          # another certificate from the same authority; a running hub takes it up"
        })
public final class InitCommand implements Callable<Integer> {
    private static final String CONFIG = "hawser.conf";
    private static final String HUB = "hub";

    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "Where it goes; made if it is missing.")
    private Path folder = Path.of("hawser");

    @Option(
            names = "--name",
            paramLabel = "HOST",
            description =
                    "A name or address by which others reach the hub, beside those of this machine; may be said again.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--renew", description = "Only another certificate for the hub, from the authority that is there.")
    private boolean renew;

    /** The command on {@code terminal}. */
    public InitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path place = folder.toAbsolutePath().normalize();
        for (String name : names) {
            if (!LocalAuthority.isName(name)) {
                throw new Failure(Exit.USAGE, "--name: '" + name + "' is neither a host name nor an IP address");
            }
        }
        try {
            Instant until = renew ? renew(place) : create(place);
            terminal.say("hub.crt is for " + String.join(", ", hosts()) + ", until "
                    + LocalDate.ofInstant(until, terminal.zone()));
            return Exit.OK.code();
        } catch (UncheckedIOException unwritable) {
            throw new Failure(Exit.FAILED, place + " cannot be written: " + unwritable.getMessage(), unwritable);
        } catch (IllegalArgumentException unusable) {
            throw new Failure(Exit.FAILED, String.valueOf(unusable.getMessage()), unusable);
        }
    }

    private Instant create(Path place) {
        Path config = place.resolve(CONFIG);
        if (LocalAuthority.isIn(place) || Files.exists(config)) {
            throw new Failure(
                    Exit.FAILED,
                    place + " has been made before; name another folder, or say --renew for a new certificate");
        }
        PrivateFile.makeFolder(place);
        Instant now = terminal.clock().instant();
        LocalAuthority authority = LocalAuthority.create(place, "Hawser in " + place.getFileName(), now);
        Instant until = authority.issue(place, HUB, hosts(), now);
        PrivateFile.write(
                config,
                template()
                        .replace(
                                "FOLDER", place.toString().replace("\\", "\\\\").replace("\"", "\\\""))
                        .replace("TOKEN", Token.random(new SecureRandom())));
        for (String file : List.of(CONFIG, LocalAuthority.CERTIFICATE, "ca.key", "hub.crt", "hub.key")) {
            terminal.print(place.resolve(file).toString());
        }
        terminal.say("start it:  hawser serve -c " + config);
        terminal.say(
                "listen:    hawser sub -s wss://localhost:9191/channel --tlsca " + place.resolve("ca.crt") + " '>'");
        return until;
    }

    private Instant renew(Path place) {
        if (!LocalAuthority.isIn(place)) {
            throw new Failure(Exit.NOT_FOUND, place + " holds no authority; hawser init without --renew makes one");
        }
        return LocalAuthority.open(place)
                .issue(place, HUB, hosts(), terminal.clock().instant());
    }

    private List<String> hosts() {
        Set<String> hosts = new LinkedHashSet<>(names);
        hosts.addAll(HostNames.ofThisMachine());
        return List.copyOf(hosts);
    }

    private static String template() {
        try (InputStream in = InitCommand.class.getResourceAsStream("/io/hawser/app/init.conf")) {
            return new String(
                    Objects.requireNonNull(in, "the jar lacks init.conf").readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
