package io.hawser.eftl;

import io.hawser.eftl.engine.ClientEngine;
import io.hawser.eftl.engine.ClientSettings;
import io.hawser.eftl.engine.ClientSubscription;
import io.hawser.eftl.engine.Credentials;
import io.hawser.eftl.engine.Dialer;
import io.hawser.eftl.engine.EftlState;
import io.hawser.eftl.engine.Operation;
import io.hawser.eftl.engine.ServerAddress;
import io.hawser.eftl.wire.ClientFrame.Feed;
import io.hawser.eftl.wire.ClientFrame.Subscribe;
import io.hawser.eftl.wire.EftlCodec;
import io.hawser.eftl.wire.EftlLimits;
import io.hawser.eftl.wire.ReplyAddress;
import io.hawser.eftl.wire.ServerFrame.Welcome;
import io.hawser.net.Loop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to one channel of an eFTL server, as long as the program holds it: when it is lost it comes back by itself,
 * with its subscriptions and with what the server has not answered ({@code specs/eftl.md} 1.15). Every method may be called
 * from any thread and returns at once, but for {@link #close}.
 *
 * <p>Futures complete, and listeners are called, on the connection's executor, one after the other; so never wait there for
 * a future. Futures fail with an {@link EftlException}. While the connection is coming back, what is asked for waits.
 */
public final class EftlConnection implements AutoCloseable {
    static final Operations.Result<Void> NOTHING = (body, receivers) -> null;

    private static final Logger LOG = LoggerFactory.getLogger(EftlConnection.class);
    private static final int REQUESTS_SINCE = 1;
    /** What a goodbye may take when nothing is to be waited for any more. */
    private static final Duration CLOSE_ROOM = Duration.ofSeconds(5);

    private final Loop loop;
    private final ClientEngine engine;
    private final Callbacks callbacks;
    private final ConnectionEvents events;
    private final Operations operations;
    private final Duration closeLimit;
    private final AtomicLong lastSubscription = new AtomicLong();

    private EftlConnection(List<ServerAddress> servers, EftlOptions options, Loop loop, Dialer dialer, Random random) {
        EftlCodec codec = new EftlCodec(EftlLimits.DEFAULT);
        this.loop = loop;
        this.closeLimit = options.closeTimeout().plus(CLOSE_ROOM);
        this.callbacks = new Callbacks(options.executor().orElseGet(Callbacks::ownThread), this::complain);
        this.events = new ConnectionEvents(this, options.listener(), callbacks);
        this.engine = new ClientEngine(loop, settings(options), servers, dialer, codec, random, events);
        this.operations = new Operations(loop, engine, codec, callbacks, options);
    }

    private static ClientSettings settings(EftlOptions options) {
        return new ClientSettings(
                new Credentials(options.user(), options.password(), options.token()),
                options.clientId(),
                options.maxPendingAcks(),
                options.loginTimeout(),
                options.closeTimeout(),
                options.autoReconnectAttempts(),
                options.autoReconnectMaxDelay(),
                options.maxUnhandled(),
                options.maxUnhandledBytes(),
                Optional.empty());
    }

    /** Begins to connect to the first of {@code servers} that takes the login. */
    static CompletableFuture<EftlConnection> open(
            List<ServerAddress> servers, EftlOptions options, Loop loop, Dialer dialer, Random random) {
        CompletableFuture<EftlConnection> opened = new CompletableFuture<>();
        EftlConnection connection = new EftlConnection(servers, options, loop, dialer, random);
        loop.execute(() -> {
            connection.events.await(opened);
            connection.engine.connect();
        });
        return opened;
    }

    // ---- the connection ----

    /** The client id that this connection has, the server's choice if none was asked for. */
    public String clientId() {
        return events.welcome().map(Welcome::clientId).orElse("");
    }

    /** How the connection stands now. */
    public EftlState state() {
        return events.state();
    }

    /** True if the connection is logged in now. */
    public boolean isConnected() {
        return state() == EftlState.CONNECTED;
    }

    /**
     * Connects again after the end, with all subscriptions. Callable inside {@link EftlConnectionListener#disconnected}.
     *
     * @return completes with this connection; exceptionally with an {@link EftlConnectException}, or with an
     *     {@link EftlAlreadyConnectedException} if it has not ended
     */
    public CompletableFuture<EftlConnection> reconnect() {
        CompletableFuture<EftlConnection> reopened = new CompletableFuture<>();
        loop.execute(() -> {
            EftlState now = engine.state();
            if (now == EftlState.DISCONNECTED) {
                events.await(reopened);
                engine.reconnect();
            } else {
                callbacks.tell(() -> reopened.completeExceptionally(
                        new EftlAlreadyConnectedException("the connection has not ended, it is " + now)));
            }
        });
        return reopened;
    }

    /**
     * Says goodbye. From now on nothing is taken any more; what the server has not answered and what listeners have not
     * handled gets {@link EftlOptions#closeTimeout}, then what is left fails. Durables stay.
     *
     * @return completes when the connection has ended and everything before it was told; never exceptionally
     */
    public CompletableFuture<Void> disconnect() {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        loop.execute(() -> engine.disconnect(() -> callbacks.tell(() -> gone.complete(null))));
        return gone;
    }

    /** Says goodbye like {@link #disconnect} and waits for the end; inside a listener, without waiting. */
    @Override
    public void close() {
        CompletableFuture<Void> gone = disconnect();
        if (callbacks.inside()) {
            return;
        }
        try {
            gone.get(closeLimit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException late) {
            LOG.warn("eftl[{}] a listener still runs after the goodbye", clientId(), late);
        }
    }

    // ---- messages ----

    /**
     * Publishes {@code message}.
     *
     * @return completes with the number of receivers (0 where the server does not tell) when the server has acknowledged.
     *     Fails with {@link EftlRefusedException}, {@link EftlMessageTooLargeException}, {@link EftlOverflowException} or
     *     {@link EftlClosedException}
     * @throws IllegalArgumentException if eFTL cannot say the message
     */
    public CompletableFuture<Integer> publish(EftlMessage message) {
        return operations.ask(
                message, body -> outcome -> Operation.publish(body, outcome), (body, receivers) -> (int) receivers);
    }

    /**
     * Publishes {@code request} and waits for one reply.
     *
     * @param timeout how long the reply may take, reconnects included
     * @return completes with the first reply; fails like {@link #publish}, and with {@link EftlTimeoutException} or
     *     {@link EftlUnsupportedException}
     * @throws IllegalArgumentException if eFTL cannot say the message
     */
    public CompletableFuture<EftlMessage> sendRequest(EftlMessage request, Duration timeout) {
        return operations.ask(
                request, body -> outcome -> Operation.request(body, timeout, outcome), (body, receivers) -> body.map(
                                reply -> EftlMessage.of(reply.fields()))
                        .orElseGet(() -> EftlMessage.builder().build()));
    }

    /**
     * Replies to {@code request}.
     *
     * @return completes when the server has the reply; fails like {@link #publish}, and with
     *     {@link EftlUnsupportedException}
     * @throws IllegalArgumentException if nobody waits for a reply, or eFTL cannot say it
     */
    public CompletableFuture<Void> sendReply(EftlMessage request, EftlMessage reply) {
        ReplyAddress to = request.replyAddress()
                .orElseThrow(
                        () -> new IllegalArgumentException("this message is no request; nobody waits for a reply"));
        return operations.ask(reply, body -> outcome -> Operation.reply(to, body, outcome), NOTHING);
    }

    // ---- subscriptions ----

    /**
     * Listens to messages.
     *
     * @return completes when the server has confirmed; fails with {@link EftlRefusedException} or
     *     {@link EftlClosedException}
     */
    public CompletableFuture<EftlSubscription> subscribe(SubscribeOptions options, EftlMessageListener listener) {
        Optional<Feed> feed = options.since().isEmpty()
                ? Optional.empty()
                : Optional.of(new Feed(Optional.empty(), "", options.since()));
        return subscribe(options, feed, listener);
    }

    CompletableFuture<EftlSubscription> subscribe(
            SubscribeOptions options, Optional<Feed> feed, EftlMessageListener listener) {
        String id = Long.toString(lastSubscription.incrementAndGet());
        Subscribe wish = new Subscribe(
                id,
                options.matcher(),
                options.durable(),
                options.ack(),
                options.type(),
                options.key(),
                options.stopped(),
                options.regexp(),
                feed);
        MessageEvents told = new MessageEvents(this, callbacks, new EftlSubscription(this, id), listener);
        loop.execute(() -> engine.subscribe(new ClientSubscription(wish, told)));
        return told.confirmed();
    }

    /** Stops listening to everything; durables are deleted with their messages. */
    public void unsubscribeAll() {
        loop.execute(() -> engine.unsubscribeAll(true));
    }

    /**
     * Stops listening to everything; durables stay.
     *
     * @throws EftlUnsupportedException if the server can only delete: then use {@link #unsubscribeAll}
     */
    public void closeAllSubscriptions() {
        requireProtocol1("closing subscriptions is");
        loop.execute(() -> engine.unsubscribeAll(false));
    }

    /** The program is done with exactly this message. Without effect on messages that need no acknowledgement. */
    public void acknowledge(EftlMessage message) {
        message.delivery().ifPresent(delivery -> loop.execute(() -> engine.acknowledge(delivery, false)));
    }

    /** The program is done with this message and all before it on its subscription. */
    public void acknowledgeAll(EftlMessage message) {
        message.delivery().ifPresent(delivery -> loop.execute(() -> engine.acknowledge(delivery, true)));
    }

    // ---- maps ----

    /** The map {@code name}, which comes to be with its first key. */
    public EftlKVMap createKVMap(String name) {
        return new EftlKVMap(this, operations, name);
    }

    /** Removes the map {@code name} with all its keys. Completes when the server has done it. */
    public CompletableFuture<Void> removeKVMap(String name) {
        return operations.ask(outcome -> Operation.mapRemoval(name, outcome), NOTHING);
    }

    // ---- for the package ----

    void onLoop(Consumer<ClientEngine> task) {
        loop.execute(() -> task.accept(engine));
    }

    /** {@code what} begins the sentence, verb included. */
    void requireProtocol1(String what) {
        if (events.welcome()
                .filter(server -> server.protocol() >= REQUESTS_SINCE)
                .isEmpty()) {
            throw new EftlUnsupportedException(what + " not supported with this server");
        }
    }

    void requireStop() {
        if (events.welcome().filter(Welcome::stopSupported).isEmpty()) {
            throw new EftlUnsupportedException("stopping a subscription is not supported with this server");
        }
    }

    private void complain(Throwable failure) {
        events.complain(failure);
    }
}
