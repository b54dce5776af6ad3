package io.hawser.eftl.gateway.party;

import io.hawser.core.message.Encoding;
import io.hawser.core.message.Message;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.session.PartyEvent;
import io.hawser.eftl.wire.Body;
import io.hawser.eftl.wire.EftlCodec;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.EventHead;
import io.hawser.eftl.wire.ReplyAddress;
import io.hawser.eftl.wire.ServerFrame;
import io.hawser.eftl.wire.ServerFrame.Refusal;
import io.hawser.net.WebSocket;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is said to one client, on whatever connection it has. While it has none, what is said is lost. Owner: the
 * session's.
 */
public final class Output {
    private final EftlCodec codec;
    private final Encoding events;
    private final BiConsumer<PartyEvent, String> journal;
    private @Nullable WebSocket socket;
    private byte[] head = new byte[128];
    private long lastSeq;

    /** Nothing was said yet; {@code events} is what events look like to this client. */
    public Output(EftlCodec codec, Encoding events) {
        this(codec, events, (event, detail) -> {});
    }

    /** The same; {@code journal} notes what is refused. */
    public Output(EftlCodec codec, Encoding events, BiConsumer<PartyEvent, String> journal) {
        this.codec = codec;
        this.events = events;
        this.journal = journal;
    }

    /** Speaks through {@code newSocket}. */
    public void attach(WebSocket newSocket) {
        socket = newSocket;
    }

    /** There is no connection. */
    public void detach() {
        socket = null;
    }

    /** True if there is a connection that takes more. */
    public boolean writable() {
        return socket != null && socket.writable();
    }

    /** Sends {@code frame}. */
    public void send(ServerFrame frame) {
        send(codec.write(frame));
    }

    /** Sends what a frame was written as. */
    public void send(byte[] text) {
        if (socket != null) {
            socket.sendText(text);
        }
    }

    /** Sends {@code event}, with the number it has or the next of this session, and returns it with its number. */
    public Event event(EventHead to, Event event) {
        WebSocket open = Objects.requireNonNull(socket, "only while it is writable");
        Message message = Objects.requireNonNull(event.message(), "what is kept is whole");
        Event sent = event.seq() == 0 ? event.numbered(++lastSeq) : event;
        Optional<ReplyTo> asks = message.headers().replyTo();
        int length = asks.isEmpty() ? plain(to, sent) : asking(to, sent, asks.get());
        open.sendText(head, length, message.encoded(events));
        return sent;
    }

    /**
     * Sends a change of a map, with the next number of this session.
     *
     * @param to the subscription's id
     * @param value the key's value, or nothing
     * @param time when it was made, milliseconds since the epoch
     */
    public void change(String to, Body value, ServerFrame.Change change, OptionalLong time) {
        ServerFrame.Origin when = new ServerFrame.Origin(Optional.empty(), Optional.empty(), time);
        OptionalLong seq = OptionalLong.of(++lastSeq);
        send(new ServerFrame.Event(to, seq, 0, 0, Optional.empty(), value, when, Optional.of(change)));
    }

    private int plain(EventHead to, Event sent) {
        reserve(to.room());
        return to.write(head, 0, sent.seq(), sent.storeId(), sent.deliveryCount());
    }

    private int asking(EventHead to, Event sent, ReplyTo asks) {
        byte[] inbox = EventHead.inbox(new ReplyAddress(asks.inbox(), asks.correlation()));
        reserve(to.room(inbox));
        return to.write(head, 0, sent.seq(), sent.storeId(), sent.deliveryCount(), inbox, asks.correlation());
    }

    private void reserve(int bytes) {
        if (head.length < bytes) {
            head = new byte[bytes];
        }
    }

    /** Why {@code failure} happened, for the user. */
    public static String reason(Throwable failure) {
        return String.valueOf(cause(failure).getMessage());
    }

    /** What failed, out of what futures wrap it in. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause == null ? failure : cause;
    }

    /** Refuses or takes away the subscription {@code id}. */
    public void unsubscribed(String id, EftlError error, String reason) {
        journal.accept(PartyEvent.UNSUBSCRIBED, id + ": " + reason);
        send(new ServerFrame.Unsubscribed(id, new Refusal(error.code(), reason)));
    }

    /** Something was refused because of {@code reason}; the answer goes another way. */
    public void refused(String reason) {
        journal.accept(PartyEvent.REFUSED, reason);
    }

    /** Tells of an error that answers no request. */
    public void failure(EftlError error, String reason) {
        journal.accept(PartyEvent.REFUSED, reason);
        send(new ServerFrame.Failure(new Refusal(error.code(), reason)));
    }
}
