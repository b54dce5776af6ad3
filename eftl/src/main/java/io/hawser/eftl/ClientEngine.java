package io.hawser.eftl;

import io.hawser.eftl.wire.Body;
import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.ClientFrame.DurableType;
import io.hawser.eftl.wire.EftlClose;
import io.hawser.eftl.wire.EftlCodec;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.EftlLimits;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.eftl.wire.ServerFrame;
import io.hawser.eftl.wire.ServerFrame.Refusal;
import io.hawser.net.Loop;
import io.hawser.net.WebSocket;
import io.hawser.net.WebSocketHandler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client's side of one connection. Owner: the connection's loop; the facade's calls are posted to it, and what the
 * program hears is posted to its {@link ListenerThread}.
 */
final class ClientEngine implements WebSocketHandler, ServerFrame.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(ClientEngine.class);

    /** From this many events on that wait for listeners nothing more is read; below half of it, reading goes on. */
    private static final int MAX_WAITING = 10_000;

    /** How many publications may wait for the server's acknowledgement. */
    private static final int MAX_PENDING = 100_000;

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final EftlOptions options;
    private final Loop loop;
    private final EftlCodec codec = new EftlCodec(EftlLimits.DEFAULT);
    private final ListenerThread listeners = new ListenerThread();
    private final CompletableFuture<EftlConnection> connected = new CompletableFuture<>();
    private final CompletableFuture<Map.Entry<Integer, String>> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final Map<Long, CompletableFuture<Integer>> pending = new LinkedHashMap<>();
    private final Map<String, ClientSubscription> subscriptions = new LinkedHashMap<>();
    private @Nullable WebSocket socket;
    private ServerFrame.@Nullable Welcome welcome;
    private Loop.@Nullable Timer watchdog;
    private long lastSeq;
    private long lastSubscription;
    private boolean heard;
    private boolean paused;

    ClientEngine(EftlOptions options, Loop loop) {
        this.options = options;
        this.loop = loop;
    }

    CompletableFuture<EftlConnection> connected() {
        return connected;
    }

    // ---- what the program asks for: any thread ----

    CompletableFuture<Integer> publish(EftlMessage message) {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        try {
            Body body = codec.bodies().encode(message.fields());
            loop.execute(() -> publish(body, result));
        } catch (ProtocolException unsayable) {
            result.completeExceptionally(new EftlException(unsayable.code(), unsayable.reason()));
        }
        return result;
    }

    CompletableFuture<EftlSubscription> subscribe(SubscribeOptions wanted, Consumer<EftlMessage> listener) {
        CompletableFuture<EftlSubscription> result = new CompletableFuture<>();
        loop.execute(() -> {
            if (closedFor(result)) {
                return;
            }
            String id = Long.toString(++lastSubscription);
            subscriptions.put(id, new ClientSubscription(wanted, listener, result));
            send(new ClientFrame.Subscribe(
                    id,
                    wanted.matcher(),
                    wanted.durable(),
                    wanted.ack(),
                    DurableType.STANDARD,
                    Optional.empty(),
                    false,
                    wanted.regexp()));
        });
        return result;
    }

    void unsubscribe(String id, boolean delete) {
        loop.execute(() -> {
            if (subscriptions.remove(id) != null) {
                send(new ClientFrame.Unsubscribe(id, delete));
            }
        });
    }

    void acknowledge(ServerFrame.Event event, boolean upTo) {
        loop.execute(() -> {
            if (event.seq().isPresent()) {
                send(new ClientFrame.Acknowledge(
                        event.seq().getAsLong(), upTo ? Optional.of(event.to()) : Optional.empty()));
            }
        });
    }

    void onClosed(BiConsumer<Integer, String> listener) {
        ended.thenAccept(end -> listener.accept(end.getKey(), end.getValue()));
    }

    void close() {
        loop.execute(() -> {
            if (socket != null) {
                send(new ClientFrame.Disconnect(""));
                socket.close(EftlClose.NORMAL.code(), "");
            }
        });
        gone.completeOnTimeout(null, CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    // ---- the loop's side ----

    private void publish(Body body, CompletableFuture<Integer> result) {
        if (closedFor(result)) {
            return;
        }
        if (pending.size() >= MAX_PENDING) {
            fail(result, EftlError.PUBLISH_FAILED.code(), MAX_PENDING + " publications wait for the server already");
            return;
        }
        long seq = ++lastSeq;
        byte[] frame = codec.write(new ClientFrame.Publish(OptionalLong.of(seq), body));
        long maxSize = welcome == null ? 0 : welcome.maxSize();
        if (maxSize > 0 && frame.length > maxSize) {
            fail(
                    result,
                    EftlError.PUBLISH_FAILED.code(),
                    "a message of " + frame.length + " bytes exceeds the server's limit of " + maxSize);
            return;
        }
        pending.put(seq, result);
        send(frame);
    }

    @Override
    public void opened(WebSocket newSocket) {
        socket = newSocket;
        send(new ClientFrame.Login(
                1,
                "java",
                "hawser",
                options.user(),
                options.password(),
                options.clientId(),
                "",
                options.maxPendingAcks(),
                Map.of("_qos", "true", "_hawser", "1")));
        watchdog = loop.schedule(options.timeout(), () -> giveUp("no welcome came within " + options.timeout()));
    }

    @Override
    public void text(byte[] message) {
        heard = true;
        try {
            codec.readServer(message).to(this);
        } catch (ProtocolException malformed) {
            LOG.warn("eftl[{}] the server sent a malformed frame: {}", options.clientId(), malformed.reason());
        }
    }

    @Override
    public void binary(byte[] message) {
        giveUp("the server sent a binary frame");
    }

    @Override
    public void closed(int code, String reason) {
        if (watchdog != null) {
            watchdog.cancel();
        }
        String why = reason.isEmpty() ? "the connection was closed" : reason;
        listeners.post(() -> {
            ended.complete(Map.entry(code, reason));
            connected.completeExceptionally(new EftlException(code, why));
        });
        pending.values().forEach(result -> fail(result, EftlError.PUBLISH_FAILED.code(), why));
        pending.clear();
        subscriptions.values().forEach(it -> fail(it.confirmed(), EftlError.SUBSCRIPTION_FAILED.code(), why));
        subscriptions.clear();
        socket = null;
        listeners.end();
        gone.complete(null);
    }

    @Override
    public void heartbeat(ServerFrame.Heartbeat frame) {
        send(new ClientFrame.Heartbeat());
    }

    @Override
    public void welcome(ServerFrame.Welcome frame) {
        welcome = frame;
        if (watchdog != null) {
            watchdog.cancel();
        }
        watch(Duration.ofSeconds(frame.timeoutSeconds()));
        EftlConnection connection = new EftlConnection(this, frame.clientId());
        listeners.post(() -> connected.complete(connection));
    }

    /** Gives the connection up when nothing came for {@code limit} ({@code specs/eftl.md} 1.9). */
    private void watch(Duration limit) {
        if (limit.isZero()) {
            return;
        }
        heard = false;
        watchdog = loop.schedule(limit, () -> {
            if (heard) {
                watch(limit);
            } else {
                giveUp("nothing came from the server for " + limit);
            }
        });
    }

    @Override
    public void subscribed(ServerFrame.Subscribed frame) {
        ClientSubscription subscription = subscriptions.get(frame.id());
        if (subscription != null) {
            EftlSubscription handle = new EftlSubscription(this, frame.id(), subscription.ended());
            listeners.post(() -> subscription.confirmed().complete(handle));
        }
    }

    @Override
    public void unsubscribed(ServerFrame.Unsubscribed frame) {
        ClientSubscription subscription = subscriptions.remove(frame.id());
        if (subscription != null) {
            Refusal refusal = frame.refusal();
            fail(subscription.confirmed(), refusal.code(), refusal.reason());
            EftlException why = new EftlException(refusal.code(), refusal.reason());
            listeners.post(() -> subscription.ended().complete(why));
        }
    }

    @Override
    public void event(ServerFrame.Event event) {
        ClientSubscription subscription = subscriptions.get(event.to());
        if (subscription == null
                || (event.seq().isPresent() && !subscription.isNew(event.seq().getAsLong()))) {
            return;
        }
        EftlMessage message = EftlMessage.received(event);
        listeners.post(() -> {
            try {
                subscription.listener().accept(message);
            } finally {
                loop.execute(() -> handled(event, subscription));
            }
        });
        if (socket != null && !paused && listeners.waiting() > MAX_WAITING) {
            paused = true;
            socket.reading(false);
        }
    }

    private void handled(ServerFrame.Event event, ClientSubscription subscription) {
        if (socket != null && paused && listeners.waiting() < MAX_WAITING / 2) {
            paused = false;
            socket.reading(true);
        }
        boolean wanted = subscription.acknowledgesByItself() && welcome != null && welcome.qos();
        if (wanted
                && event.seq().isPresent()
                && subscription.handled(event.seq().getAsLong())) {
            loop.execute(() -> send(new ClientFrame.Acknowledge(subscription.acknowledge(), Optional.of(event.to()))));
        }
    }

    @Override
    public void acknowledged(ServerFrame.Acknowledged frame) {
        CompletableFuture<Integer> result = pending.remove(frame.seq());
        if (result == null) {
            return;
        }
        if (frame.refusal().isPresent()) {
            fail(result, frame.refusal().get().code(), frame.refusal().get().reason());
        } else {
            listeners.post(() -> result.complete((int) frame.receivers().orElse(0)));
        }
    }

    @Override
    public void failure(ServerFrame.Failure frame) {
        LOG.warn(
                "eftl[{}] the server reports: {}",
                options.clientId(),
                frame.refusal().reason());
    }

    @Override
    public void goodbye(ServerFrame.Goodbye frame) {
        giveUp(frame.refusal().reason());
    }

    @Override
    public void requestReply(ServerFrame.RequestReply frame) {
        // nothing here sends requests
    }

    @Override
    public void mapResponse(ServerFrame.MapResponse frame) {
        // nothing here uses maps
    }

    @Override
    public void started(ServerFrame.Started frame) {
        // nothing here stops subscriptions
    }

    @Override
    public void unknown(ServerFrame.Unknown frame) {
        // newer servers may say more ({@code specs/eftl.md} 1.2)
    }

    private void giveUp(String reason) {
        if (socket != null) {
            socket.close(EftlClose.NORMAL.code(), reason);
        }
    }

    private boolean closedFor(CompletableFuture<?> result) {
        if (socket == null || welcome == null) {
            fail(result, EftlError.PUBLISH_FAILED.code(), "the connection is closed");
            return true;
        }
        return false;
    }

    private void send(ClientFrame frame) {
        send(codec.write(frame));
    }

    private void send(byte[] frame) {
        if (socket != null) {
            socket.sendText(frame);
        }
    }

    private void fail(CompletableFuture<?> result, int code, String reason) {
        listeners.post(() -> result.completeExceptionally(new EftlException(code, reason)));
    }
}
