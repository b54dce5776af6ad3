package io.hawser.store.nats;

import io.hawser.core.store.StoreException;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.ServerInfo;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of a store to NATS. It comes back by itself; whoever asks for something meanwhile waits and asks again, until
 * the store is closed. Callable from any thread that may wait: the store's own.
 */
final class Link implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int NO_STREAM = 10059;

    private final NatsSettings settings;
    private final Connection connection;
    private final JetStream jetStream;
    private final JetStreamManagement management;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Outage outage;
    private volatile int replicas = Integer.MAX_VALUE;

    /** A question to JetStream. */
    @FunctionalInterface
    interface Question<T> {
        /** Asks it once. */
        T ask() throws IOException, JetStreamApiException;
    }

    private Link(NatsSettings settings, Connection connection, NatsListener listener) throws IOException {
        this.settings = settings;
        this.outage = new Outage(listener, settings.server());
        this.connection = connection;
        JetStreamOptions options =
                JetStreamOptions.builder().requestTimeout(settings.answer()).build();
        this.jetStream = connection.jetStream(options);
        this.management = connection.jetStreamManagement(options);
    }

    /**
     * Connects.
     *
     * @param listener hears of outages
     * @throws StoreException with a text for the user if nobody is there, or no JetStream
     */
    static Link open(NatsSettings settings, NatsListener listener) {
        Refusal refusal = new Refusal();
        Options.Builder options = new Options.Builder()
                .server(settings.url())
                .connectionName("hawser " + settings.name())
                .connectionTimeout(settings.answer())
                .maxReconnects(-1)
                .reconnectWait(PAUSE)
                .reconnectBufferSize(0)
                .errorListener(refusal);
        NatsAccess access = settings.access();
        access.tls().ifPresent(options::sslContext);
        access.token().ifPresent(token -> options.token(token.toCharArray()));
        access.creds().ifPresent(file -> options.authHandler(Credentials.read(file)));
        Connection connection = connect(settings, options.build(), refusal);
        try {
            Link link = new Link(settings, connection, listener);
            link.management.getAccountStatistics();
            return link;
        } catch (IOException | JetStreamApiException none) {
            close(connection);
            throw new StoreException(
                    "the NATS server at " + settings.server() + " has no JetStream for us: " + none.getMessage()
                            + "; start it with -js and a -sd folder, or allow it for this account",
                    none);
        }
    }

    private static Connection connect(NatsSettings settings, Options options, Refusal refusal) {
        try {
            return Nats.connect(options);
        } catch (AuthenticationException refused) {
            throw new StoreException(
                    "the NATS server at " + settings.server() + " lets nobody in by "
                            + settings.access().shown() + ": " + refused.getMessage() + "; correct "
                            + settings.access().setting(),
                    refused);
        } catch (IOException | IllegalArgumentException unreachable) {
            throw new StoreException(refusal.text(settings, unreachable), unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StoreException("connecting to NATS was interrupted", stopped);
        }
    }

    NatsSettings settings() {
        return settings;
    }

    JetStream jetStream() {
        return jetStream;
    }

    JetStreamManagement management() {
        return management;
    }

    Connection connection() {
        return connection;
    }

    /** The longest message that the server takes. */
    int maxPayload() {
        return (int) Math.min(connection.getServerInfo().getMaxPayload(), 8 << 20);
    }

    /** Makes the stream if it is missing. */
    void make(StreamConfiguration stream) {
        try {
            ensure(stream);
        } catch (IOException | JetStreamApiException refused) {
            throw new StoreException(
                    "the stream " + stream.getName() + " cannot be had at " + settings.server() + ": "
                            + refused.getMessage() + "; it needs JetStream with room on " + settings.replicas()
                            + " servers",
                    refused);
        }
    }

    private void ensure(StreamConfiguration stream) throws IOException, JetStreamApiException {
        try {
            int there = management
                    .getStreamInfo(stream.getName())
                    .getConfiguration()
                    .getReplicas();
            replicas = Math.min(replicas, there);
            if (there != stream.getReplicas()) {
                LOG.warn(
                        "store[nats] stream {} has {} replicas, not {}: 'nats stream edit' changes that",
                        stream.getName(),
                        there,
                        stream.getReplicas());
            }
        } catch (JetStreamApiException missing) {
            if (missing.getApiErrorCode() != NO_STREAM) {
                throw missing;
            }
            management.addStream(stream);
            replicas = Math.min(replicas, stream.getReplicas());
        }
    }

    /** How the servers do. */
    NatsStatus status() {
        ServerInfo server = connection.getServerInfo();
        int servers = Math.max(1, server.getConnectURLs().size());
        return new NatsStatus(
                server.getVersion(), servers, replicas, outage.why().map(why -> String.valueOf(why.getMessage())));
    }

    /** Why JetStream does not do what it is asked at the moment; empty if it does. */
    Optional<StoreException> outage() {
        return outage.why();
    }

    /**
     * Asks until there is an answer.
     *
     * @throws StoreException if the store is closed meanwhile, or the stream is gone
     */
    <T> T insist(Question<T> question) {
        for (boolean waits = false; ; waits = true) {
            Exception failure;
            try {
                T answer = question.ask();
                if (waits) {
                    outage.end();
                }
                return answer;
            } catch (JetStreamApiException refused) {
                if (refused.getApiErrorCode() == NO_STREAM) {
                    throw new StoreException(
                            "a stream of store " + settings.name() + " was deleted at " + settings.server()
                                    + "; restore it from a backup of NATS, or start anew",
                            refused);
                }
                failure = refused;
            } catch (IOException | IllegalStateException silent) {
                failure = silent;
            }
            if (waits) {
                outage.last(trouble(failure));
            } else {
                outage.begin(trouble(failure));
            }
            pause(failure);
        }
    }

    private StoreException trouble(Exception failure) {
        boolean connected = connection.getStatus() == Connection.Status.CONNECTED;
        return new StoreException(
                "NATS at " + settings.server() + " does not take what is to be kept: "
                        + (connected ? failure.getMessage() : "it is not there")
                        + "; nothing new is taken until it does: does it run, has JetStream a quorum, and room?",
                failure);
    }

    private void pause(Exception failure) {
        try {
            if (closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoreException("the store is closed while NATS does not answer", failure);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StoreException("a thread of the store was interrupted", stopped);
        }
    }

    /** From now on nobody insists. */
    void giveUp() {
        closing.countDown();
    }

    @Override
    public void close() {
        giveUp();
        close(connection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
