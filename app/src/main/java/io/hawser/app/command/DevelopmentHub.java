package io.hawser.app.command;

import io.hawser.app.access.StateFolder;
import io.hawser.app.access.Token;
import io.hawser.app.admin.TokenFile;
import io.hawser.app.authority.DevelopmentAuthority;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.config.HubConfig;
import io.hawser.app.hub.Hub;
import io.hawser.app.terminal.Terminal;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/** What a hub for development has beside the defaults: an admin token of this run, and a certificate for its devices. */
final class DevelopmentHub {
    private final Terminal terminal;

    /** The admin token, unless one is configured. */
    private final String token = Token.random(new SecureRandom());

    DevelopmentHub(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Where the hub's own authority is, if this user has a folder. */
    Optional<Path> folder() {
        return StateFolder.of(terminal.environment()).map(state -> state.resolve("development"));
    }

    /** The token of this run. */
    String token() {
        return token;
    }

    /** Tells {@code reader} all but the certificate. */
    ConfigReader tell(ConfigReader reader) {
        return reader.development().adminToken(token);
    }

    /**
     * Devices speak HTTPS alone, so such a hub has an authority of its own, in {@code folder}.
     *
     * @throws UncheckedIOException if its files cannot be read or written
     * @throws IllegalArgumentException with a text for the user if they are not what they should be
     */
    ConfigReader letDevicesIn(ConfigReader reader, Path folder) {
        DevelopmentAuthority own =
                DevelopmentAuthority.in(folder, terminal.clock().instant());
        return reader.devices(own.certificate(), own.key(), own.trust());
    }

    /** True if the token of this run opens the admin listener. */
    boolean holds(HubConfig config) {
        return config.admin().token().filter(token::equals).isPresent();
    }

    /** Leaves the token where the command line looks for it; whoever ends the hub deletes the file. */
    Optional<TokenFile> leaveToken(Hub hub, HubConfig config) {
        Optional<TokenFile> file = hub.adminUrl()
                .filter(url -> holds(config))
                .flatMap(url ->
                        TokenFile.of(terminal.environment(), URI.create(url).getPort()));
        try {
            file.ifPresent(place -> place.write(token));
        } catch (UncheckedIOException unwritable) {
            terminal.insist(
                    "the admin token is not left for the command line, say --token: " + unwritable.getMessage());
        }
        return file;
    }
}
