package io.hawser.eftl.engine;

import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.EftlClose;
import io.hawser.eftl.wire.EftlCodec;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.eftl.wire.ServerFrame;
import io.hawser.eftl.wire.ServerFrame.Welcome;
import io.hawser.net.Loop;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One client of one channel, for as long as the program holds it.
 *
 * <p><b>Owner.</b> All state belongs to one {@link Loop}, and every method is called there.
 *
 * <p><b>Recovery</b> ({@code specs/eftl.md} 1.3, 1.5, 1.6, 1.15). What outlives a connection: the subscriptions, the
 * operations that were not answered, the last acknowledgements, the client's id and token. When the connection is lost, or
 * the server restarts (1012), the engine tries all servers again and again and logs in with id and token. The welcome says
 * whether the server's session goes on. In either case it then sends, in this order, all subscriptions under their old ids,
 * then all unanswered operations under their old numbers, so that a server that remembers them does nothing twice. If the
 * session goes on, the acknowledgements of late are said again, and events that were here before are dropped by their
 * number. If it does not, the server numbers events anew: a new {@link Delivery#session} begins, and acknowledgements of
 * the old one, which would now hit other events, are dropped; what an old server stored of the unanswered operations it
 * may then store twice. Any other close code ends it; {@link #reconnect} begins again with the same subscriptions.
 */
public final class ClientEngine implements ServerFrame.Handler {
    private static final int REQUESTS_SINCE = 1;
    private static final int LEAST_REMEMBERED = 1_000;

    private final Loop loop;
    private final EftlCodec codec;
    private final ClientEvents events;
    private final Connector connector;
    private final Inbound inbound;
    private final Acknowledgements acknowledgements;
    private final Unanswered unanswered = new Unanswered();
    private final Subscriptions subscriptions = new Subscriptions(this::send);
    private @Nullable Welcome welcome;
    private long session;
    private long lastSeq;

    /** An engine that does nothing yet; {@code random} shuffles {@code servers} once, and spreads the waits. */
    public ClientEngine(
            Loop loop,
            ClientSettings settings,
            List<ServerAddress> servers,
            Dialer dialer,
            EftlCodec codec,
            Random random,
            ClientEvents events) {
        this.loop = loop;
        this.codec = codec;
        this.events = events;
        this.connector = new Connector(this, loop, settings, servers, dialer, codec, random, events);
        this.inbound = new Inbound(settings.maxUnhandledEvents(), settings.maxUnhandledBytes());
        this.acknowledgements = new Acknowledgements(Math.max(LEAST_REMEMBERED, settings.maxPendingAcks()));
    }

    // ---- what the program asks for ----

    /** How the client stands. */
    public EftlState state() {
        return connector.state();
    }

    /** What went wrong with the connection last. */
    public Failure failure() {
        return connector.failure();
    }

    /** Connects for the first time: every server is tried once. */
    public void connect() {
        connector.begin(ClientEvents.Cause.CONNECT);
    }

    /** Connects again after the end. Only when the state is DISCONNECTED. */
    public void reconnect() {
        connector.begin(ClientEvents.Cause.MANUAL);
    }

    /** Asks the server for something. */
    public void ask(Operation operation) {
        Welcome server = welcome;
        if (server == null || !takesMore()) {
            operation.outcome().failed(Failure.closed(EftlError.PUBLISH_FAILED.code(), "the connection is closed"));
            return;
        }
        if (operation.kind().needsProtocol1() && server.protocol() < REQUESTS_SINCE) {
            operation.outcome().failed(Failure.unsupported("requests and replies are"));
            return;
        }
        if (operation.kind() == Operation.Kind.OUR_MAP && !server.extras()) {
            operation.outcome().failed(Failure.unsupported("keys and revisions of maps are"));
            return;
        }
        boolean unanswerable = operation.kind().onlyAcknowledged() && !server.qos();
        boolean now = connector.isConnected();
        OptionalLong seq = unanswerable && now ? OptionalLong.empty() : OptionalLong.of(lastSeq + 1);
        byte[] frame = codec.write(operation.wording().apply(seq));
        if (server.maxSize() > 0 && frame.length > server.maxSize()) {
            operation.outcome().failed(Failure.tooLarge(frame.length, server.maxSize()));
            return;
        }
        if (seq.isPresent()) {
            lastSeq++;
            unanswered.add(lastSeq, operation, frame, loop);
        }
        if (now) {
            connector.send(frame);
        }
        if (seq.isEmpty()) {
            operation.outcome().done(Optional.empty(), 0);
        }
    }

    /** Adds a subscription; its events tell what becomes of it. */
    public void subscribe(ClientSubscription subscription) {
        if (!takesMore()) {
            Failure closed = Failure.closed(EftlError.SUBSCRIPTION_FAILED.code(), "the connection is closed");
            subscription.events().refused(closed, true);
            return;
        }
        if (subscription.readsWhatIsKept() && (welcome == null || !welcome.extras())) {
            subscription.events().refused(Failure.unsupported("watching maps and reading history are"), true);
            return;
        }
        subscriptions.add(subscription, connector.isConnected());
    }

    /** Takes a subscription back; its durable is deleted with it, or kept. */
    public void unsubscribe(String id, boolean delete) {
        acknowledgements.forget(id);
        subscriptions.remove(id, delete, connector.isConnected());
    }

    /** Takes all subscriptions back. */
    public void unsubscribeAll(boolean delete) {
        subscriptions.removeAll(delete, connector.isConnected());
    }

    /** Wants nothing more for a subscription until {@link #start}. */
    public void stop(String id) {
        subscriptions.stop(id, connector.isConnected());
    }

    /** Wants events again for a stopped subscription. */
    public void start(String id) {
        subscriptions.start(id, connector.isConnected());
    }

    /** Acknowledges one event, or all of its subscription up to it. */
    public void acknowledge(Delivery delivery, boolean upTo) {
        OptionalLong seq = delivery.event().seq();
        if (seq.isPresent()
                && delivery.session() == session
                && delivery.subscription().acknowledgedByProgram()) {
            acknowledge(delivery.subscription(), seq.getAsLong(), upTo);
        }
    }

    /** The program is through with {@code delivery}, which makes room for others. */
    public void handled(Delivery delivery) {
        OptionalLong seq = delivery.event().seq();
        ClientSubscription subscription = delivery.subscription();
        if (subscription.acknowledgesByItself()
                && seq.isPresent()
                && delivery.session() == session
                && subscription.handled(seq.getAsLong())) {
            loop.execute(() -> acknowledge(subscription, subscription.acknowledge(), true));
        }
        inbound.remove(delivery.bytes());
        resume();
    }

    /** An error has been passed on to the program, which makes room for others. */
    public void told() {
        inbound.remove(0);
        resume();
    }

    /**
     * Says goodbye: takes nothing more, waits for what is under way, but not for long, and then ends the session.
     *
     * @param gone is run when there is no connection any more
     */
    public void disconnect(Runnable gone) {
        connector.leave(gone);
        byeWhenDone();
    }

    private void byeWhenDone() {
        if (connector.state() == EftlState.DISCONNECTING && unanswered.isEmpty() && inbound.isEmpty()) {
            connector.bye();
        }
    }

    /** While the client comes back, what is asked for waits; after the goodbye nothing is taken. */
    private boolean takesMore() {
        return connector.state() == EftlState.CONNECTED || connector.state() == EftlState.RECONNECTING;
    }

    /** There is no connection any more, and none is coming. */
    void ended(Failure why) {
        unanswered.failAll(Failure.closed(EftlError.PUBLISH_FAILED.code(), why.reason()));
        subscriptions.failUnconfirmed(Failure.closed(EftlError.SUBSCRIPTION_FAILED.code(), why.reason()));
    }

    // ---- what the server says ----

    @Override
    public void heartbeat(ServerFrame.Heartbeat frame) {
        send(new ClientFrame.Heartbeat());
    }

    @Override
    public void welcome(Welcome frame) {
        if (!connector.isLoggingIn()) {
            return;
        }
        welcome = frame;
        if (!frame.resume()) {
            session++;
            subscriptions.renumber();
            acknowledgements.clear();
        }
        subscriptions.restore(frame.resume());
        unanswered.resend(frame.maxSize(), frame.qos(), connector::send);
        acknowledgements.all().forEach(this::send);
        connector.welcomed(frame);
        pause();
    }

    @Override
    public void subscribed(ServerFrame.Subscribed frame) {
        subscriptions.subscribed(frame);
    }

    @Override
    public void unsubscribed(ServerFrame.Unsubscribed frame) {
        subscriptions.refused(frame);
    }

    @Override
    public void started(ServerFrame.Started frame) {
        subscriptions.started(frame.to());
    }

    /** While the client leaves, nothing more is passed on: what is not acknowledged comes again to whoever is next. */
    @Override
    public void event(ServerFrame.Event event) {
        if (connector.state() != EftlState.CONNECTED) {
            return;
        }
        Optional<ClientSubscription> taking = subscriptions.taking(event);
        if (taking.isEmpty()) {
            acknowledgeAgain(event);
            return;
        }
        Delivery delivery = new Delivery(event, taking.get(), session);
        inbound.add(delivery.bytes());
        taking.get().events().received(delivery);
        pause();
    }

    /** An event that was here before and needs no program to acknowledge it ({@code specs/eftl.md} 1.5). */
    private void acknowledgeAgain(ServerFrame.Event event) {
        subscriptions.find(event.to()).ifPresent(subscription -> event.seq().ifPresent(seq -> {
            if (subscription.acknowledgesByItself() && subscription.hasHandled(seq)) {
                send(new ClientFrame.Acknowledge(seq, Optional.of(event.to())));
            }
        }));
    }

    @Override
    public void acknowledged(ServerFrame.Acknowledged frame) {
        unanswered.acknowledged(frame.seq(), frame.refusal(), frame.receivers().orElse(0));
        byeWhenDone();
    }

    @Override
    public void requestReply(ServerFrame.RequestReply frame) {
        unanswered.replied(frame.seq(), frame.body(), frame.refusal());
        byeWhenDone();
    }

    @Override
    public void mapResponse(ServerFrame.MapResponse frame) {
        unanswered.mapAnswered(frame.seq(), frame.value(), frame.revision().orElse(0), frame.refusal());
        byeWhenDone();
    }

    /** During the login it refuses it ({@code specs/eftl.md} 1.11). */
    @Override
    public void failure(ServerFrame.Failure frame) {
        if (connector.isConnected()) {
            tell(frame.refusal().code(), frame.refusal().reason());
        } else {
            connector.refused(frame.refusal().code(), frame.refusal().reason());
        }
    }

    @Override
    public void goodbye(ServerFrame.Goodbye frame) {
        connector.close(frame.refusal().reason());
    }

    @Override
    public void unknown(ServerFrame.Unknown frame) {
        // newer servers may say more ({@code specs/eftl.md} 1.2)
    }

    /** The server said what cannot be read: an answer ends its operation all the same, anything else is only told. */
    void malformed(ProtocolException frame) {
        String reason = "the server sent a malformed frame: " + frame.reason();
        frame.seq().ifPresent(seq -> unanswered.unreadable(frame.op(), seq, reason));
        tell(EftlClose.PROTOCOL.code(), reason);
    }

    private void tell(int code, String reason) {
        inbound.add(0);
        events.error(code, reason);
        pause();
    }

    // ---- reading and sending ----

    private void pause() {
        if (inbound.isFull()) {
            connector.reading(false);
        }
    }

    private void resume() {
        if (!inbound.isFull()) {
            connector.reading(true);
        }
        if (connector.state() == EftlState.DISCONNECTING) {
            loop.execute(this::byeWhenDone);
        }
    }

    /** Says that {@code seq} of this session is safe; a subscription that is gone, and 0, mean nothing to the server. */
    private void acknowledge(ClientSubscription subscription, long seq, boolean upTo) {
        String id = subscription.id();
        boolean stands = subscriptions.find(id).filter(subscription::equals).isPresent();
        if (!stands || seq == 0 || welcome == null || !welcome.qos()) {
            return;
        }
        ClientFrame.Acknowledge frame = new ClientFrame.Acknowledge(seq, upTo ? Optional.of(id) : Optional.empty());
        acknowledgements.add(frame);
        if (connector.isConnected()) {
            send(frame);
        }
    }

    private void send(ClientFrame frame) {
        connector.send(codec.write(frame));
    }
}
