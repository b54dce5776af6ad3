package io.hawser.net.http;

import io.hawser.net.Connection;
import io.hawser.net.Loop;
import io.hawser.net.NetLimits;
import io.hawser.net.NioLoop;
import io.hawser.net.tls.TlsTrust;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A small HTTP/1.1 client: one call a connection at a time, connections kept for the next call. It follows no redirect,
 * keeps no cookie, and knows no proxy. Callable from any thread; the fields belong to the loop.
 */
public final class HttpClient implements AutoCloseable {
    private final NioLoop loop;
    private final Options options;
    private final Map<String, ArrayDeque<NioHttpClient>> idle = new HashMap<>();
    private final Set<NioHttpClient> all = new HashSet<>();
    private boolean closed;

    /** A client on {@code loop}. */
    public HttpClient(Loop loop, Options options) {
        this.loop = NioLoop.of(loop);
        this.options = options;
    }

    /**
     * Whom to believe, and how long to wait.
     *
     * @param trust whom to believe behind {@code https://}
     * @param answerTimeout how long a server may take from the call to the head of its answer
     * @param net times and sizes of connections
     * @param http {@code maxBodyBytes} is for whole answers, {@code bodyTimeout} for pauses within an answer, {@code
     *     idleTimeout} for connections that wait for a call
     */
    public record Options(TlsTrust trust, Duration answerTimeout, NetLimits net, HttpLimits http) {
        /** The authorities that Java trusts, 30 s for an answer, default limits. */
        public static Options defaults() {
            return new Options(TlsTrust.system(), Duration.ofSeconds(30), NetLimits.defaults(), HttpLimits.defaults());
        }

        /** These, believing {@code others}. */
        public Options with(TlsTrust others) {
            return new Options(others, answerTimeout, net, http);
        }
    }

    /**
     * Makes a call and gathers its answer, whatever its status. The future is completed on the loop; what takes time goes
     * elsewhere. It fails with an {@link IOException} whose message says why: an {@link UnsoundAnswerException} if what came is
     * no answer. Cancelling it ends the call.
     */
    public CompletableFuture<HttpResponse> send(HttpCall call) {
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        Whole whole = new Whole(answer, options.http().maxBodyBytes());
        send(call, whole);
        answer.whenComplete((any, failure) -> {
            if (answer.isCancelled()) {
                loop.execute(whole::giveUp);
            }
        });
        return answer;
    }

    /** Makes a call and tells {@code reader} the answer as it comes. */
    public void send(HttpCall call, HttpReader reader) {
        if (call.isTls()) {
            options.trust().prepare();
        }
        loop.execute(() -> begin(call, reader));
    }

    /** Drops all connections; calls that are not answered fail. */
    @Override
    public void close() {
        loop.execute(() -> {
            closed = true;
            Set.copyOf(all).forEach(Connection::drop);
        });
    }

    private void begin(HttpCall call, HttpReader reader) {
        ArrayDeque<NioHttpClient> waiting = idle.getOrDefault(call.address(), new ArrayDeque<>());
        if (closed) {
            reader.failed(call + ": this client is closed");
        } else if (waiting.isEmpty()) {
            connect(call, reader);
        } else {
            // The server may have ended it just now: what does no harm twice is then asked again.
            Runnable again = () -> connect(call, reader);
            waiting.removeLast().begin(call, reader, call.isRepeatable() ? again : null);
        }
    }

    private void connect(HttpCall call, HttpReader reader) {
        InetSocketAddress to = InetSocketAddress.createUnresolved(call.uri().getHost(), call.port());
        Consumer<io.netty.channel.Channel> furnish =
                channel -> NioHttpClient.furnish(channel, loop, this, connection -> {
                    all.add(connection);
                    connection.begin(call, reader, null);
                    if (closed) {
                        connection.drop();
                    }
                });
        Consumer<String> failed = why -> reader.failed("cannot " + why);
        if (call.isTls()) {
            loop.connect(to, options.trust(), options.net(), furnish, failed);
        } else {
            loop.connect(to, options.net(), furnish, failed);
        }
    }

    Options options() {
        return options;
    }

    /** A connection is ready for the next call to {@code address}. */
    void keep(String address, NioHttpClient connection) {
        idle.computeIfAbsent(address, any -> new ArrayDeque<>()).add(connection);
    }

    /** A connection has ended. */
    void forget(@Nullable String address, NioHttpClient connection) {
        all.remove(connection);
        ArrayDeque<NioHttpClient> waiting = idle.get(address);
        if (waiting != null && waiting.remove(connection) && waiting.isEmpty()) {
            idle.remove(address);
        }
    }

    /** Gathers an answer. */
    private static final class Whole implements HttpReader {
        private final CompletableFuture<HttpResponse> answer;
        private final long limit;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private HttpResponse head = HttpResponse.of(200);
        private @Nullable Connection connection;

        Whole(CompletableFuture<HttpResponse> answer, long limit) {
            this.answer = answer;
            this.limit = limit;
        }

        @Override
        public void begun(Connection on) {
            connection = on;
            if (answer.isDone()) {
                giveUp();
            }
        }

        @Override
        public void head(HttpResponse begun, Connection from) {
            head = begun;
        }

        @Override
        public void piece(byte[] bytes) {
            if (body.size() + bytes.length <= limit) {
                body.writeBytes(bytes);
            } else {
                garbled("the answer is longer than " + limit + " bytes");
                giveUp();
            }
        }

        @Override
        public void end() {
            connection = null;
            answer.complete(head.withBody(body.toByteArray()));
        }

        @Override
        public void failed(String why) {
            answer.completeExceptionally(new IOException(why));
        }

        @Override
        public void garbled(String why) {
            answer.completeExceptionally(new UnsoundAnswerException(why));
        }

        void giveUp() {
            if (connection != null) {
                connection.drop();
            }
        }
    }

    /** What came instead of an answer is no HTTP, or is longer than the client takes; the message says which. */
    public static final class UnsoundAnswerException extends IOException {
        private static final long serialVersionUID = 1;

        UnsoundAnswerException(String message) {
            super(message);
        }
    }
}
