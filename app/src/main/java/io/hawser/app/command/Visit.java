package io.hawser.app.command;

import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Shutdown;
import io.hawser.app.terminal.Terminal;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlConnectionListener;
import io.hawser.eftl.EftlOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * The time that a command spends at a hub: until Ctrl-C, until it has had enough, or until the hub ends the connection, whichever
 * comes first. Callable from any thread.
 */
public final class Visit implements AutoCloseable {
    private final Shutdown shutdown = new Shutdown();
    private final CompletableFuture<Optional<Failure>> end = new CompletableFuture<>();
    private final EftlConnection connection;

    /** Connects to the hub that {@code link} names; throws a {@link Failure} if that cannot be. */
    public Visit(HubLink link, Terminal terminal) {
        this(link, terminal, options -> options);
    }

    /** The same, with {@code more} options. */
    Visit(HubLink link, Terminal terminal, UnaryOperator<EftlOptions> more) {
        end.thenRun(shutdown::ask);
        try {
            connection = link.connect(terminal, options -> more.apply(options).listener(new EftlConnectionListener() {
                @Override
                public void disconnected(EftlConnection lost, int code, String reason) {
                    fail(HubLink.lost(code, reason));
                }
            }));
        } catch (RuntimeException refused) {
            shutdown.close();
            throw refused;
        }
    }

    /** The connection, for as long as the visit. */
    public EftlConnection connection() {
        return connection;
    }

    /** The command has all that it wants. */
    public void enough() {
        end.complete(Optional.empty());
    }

    /** The command cannot go on. */
    public void fail(Failure why) {
        end.complete(Optional.of(why));
    }

    /** Returns when it is over, or after {@code limit}; throws the {@link Failure} that it ended with, if any. */
    public void await(Duration limit) {
        shutdown.await(limit);
        end.getNow(Optional.empty()).ifPresent(failure -> {
            throw failure;
        });
    }

    /** Waits for {@code limit} at most, to the nanosecond; true if it is over. */
    public boolean isOver(Duration limit) {
        return shutdown.asked(limit);
    }

    /** Says goodbye to the hub; the process may end. */
    @Override
    public void close() {
        try {
            connection.close();
        } finally {
            shutdown.close();
        }
    }
}
