package io.hawser.app.command;

import io.hawser.app.access.TokenList;
import io.hawser.app.address.HubOptions;
import io.hawser.app.address.Target;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlClosedException;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlConnectionListener;
import io.hawser.eftl.EftlException;
import io.hawser.eftl.EftlOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;

/** The options that say which hub, the connection to it, and its answers as results or {@link Failure}s. */
public final class HubLink {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @ArgGroup(validate = false, heading = HubOptions.HEADING)
    private HubOptions hub = new HubOptions();

    /** Made by the command line. */
    public HubLink() {}

    /** A new connection to the hub that the options name. */
    public EftlConnection connect(Terminal terminal) {
        return connect(terminal, new EftlConnectionListener() {});
    }

    /** The same; {@code listener} hears how it ends, as a command does not wait for a hub to come back. */
    public EftlConnection connect(Terminal terminal, EftlConnectionListener listener) {
        return connect(terminal, options -> options.listener(listener));
    }

    /** The same, with {@code more} options. */
    EftlConnection connect(Terminal terminal, UnaryOperator<EftlOptions> more) {
        Target target = hub.target(terminal);
        String to = target.server();
        Duration patience = target.timeout().orElse(PATIENCE);
        try {
            EftlOptions options = more.apply(EftlOptions.defaults()
                    .handshakeTimeout(patience)
                    .loginTimeout(patience)
                    .autoReconnectAttempts(0)
                    .trust(target.trust()));
            Optional<String> token =
                    target.token().filter(shown -> target.user().isEmpty());
            return Eftl.connect(
                            to,
                            token.map(shown -> options.login(TokenList.USER, shown))
                                    .orElseGet(() -> options.login(target.user(), target.password())))
                    .get();
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, String.valueOf(wrong.getMessage()), wrong);
        } catch (ExecutionException refused) {
            throw notConnected(to.replaceAll("//[^/]*@", "//...@"), refused.getCause());
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        }
    }

    /** Which hub, for its admin listener. */
    public HubOptions hub() {
        return hub;
    }

    /** How long the user waits for answers. */
    public Duration patience(Terminal terminal) {
        return hub.target(terminal).timeout().orElse(PATIENCE);
    }

    /** Says something to the user that is neither data nor an error. */
    public void say(Terminal terminal, String text) {
        hub.say(terminal, text);
    }

    /** What the hub answers; not for long. */
    public static <T> T answer(CompletableFuture<T> answer) {
        return answer(answer, PATIENCE);
    }

    /** What the hub answers within {@code patience}. */
    public static <T> T answer(CompletableFuture<T> answer, Duration patience) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException refused) {
            throw refused(refused.getCause());
        } catch (TimeoutException late) {
            throw new Failure(
                    Exit.TIMEOUT, "the hub did not answer within " + patience.toMillis() / 1000.0 + " s", late);
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        }
    }

    private static Failure notConnected(String to, @Nullable Throwable cause) {
        boolean denied = cause instanceof EftlException told && (told.code() == 4002 || told.code() == 1008);
        String why = cause == null ? "for no reason" : String.valueOf(cause.getMessage());
        return denied
                ? new Failure(Exit.DENIED, "the hub at " + to + " refused the login: " + why)
                : new Failure(Exit.NO_CONNECTION, "no connection to " + to + ": " + why + advice(why));
    }

    private static String advice(String why) {
        return why.endsWith("Connection refused")
                ? "; is a hub running there (hawser serve --dev)?"
                : HubOptions.advice(why);
    }

    /** The hub does not speak to the command any more. */
    static Failure lost(int code, String reason) {
        return new Failure(Exit.NO_CONNECTION, "the hub ended the connection: " + code + " " + reason);
    }

    /** By the protocol's codes, {@code specs/eftl.md} 1.11. */
    private static Failure refused(@Nullable Throwable cause) {
        if (cause instanceof EftlClosedException ended) {
            return lost(ended.code(), String.valueOf(ended.getMessage()));
        }
        if (cause instanceof EftlException told) {
            Exit exit =
                    switch (told.code()) {
                        case 12, 13, 14, 40 -> Exit.DENIED;
                        case 22 -> Exit.USAGE;
                        case 42, 99 -> Exit.TIMEOUT;
                        default -> Exit.FAILED;
                    };
            return new Failure(exit, String.valueOf(told.getMessage()), told);
        }
        throw new IllegalStateException("the client failed in an unknown way", cause);
    }

    private static Failure interrupted(InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return new Failure(Exit.FAILED, "stopped", stopped);
    }
}
