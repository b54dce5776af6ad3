package io.hawser.eftl.gateway;

import io.hawser.core.message.Encoding;
import io.hawser.core.message.Message;
import io.hawser.eftl.wire.EftlClose;
import io.hawser.eftl.wire.EftlCodec;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.EventHead;
import io.hawser.eftl.wire.ServerFrame;
import io.hawser.eftl.wire.ServerFrame.Refusal;
import io.hawser.net.WebSocket;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;

/** Everything that is said to one client. Owner: the connection's loop. */
final class EftlOutput {
    private final WebSocket socket;
    private final EftlCodec codec;
    private Encoding events = EftlTail.PLAIN;
    private byte[] head = new byte[128];
    private long lastSeq;

    EftlOutput(WebSocket socket, EftlCodec codec) {
        this.socket = socket;
        this.codec = codec;
    }

    /** From now on events say where they came from; only our own clients understand that. */
    void tellOrigins() {
        events = EftlTail.WITH_ORIGIN;
    }

    boolean writable() {
        return socket.writable();
    }

    void send(ServerFrame frame) {
        socket.sendText(codec.write(frame));
    }

    /** Sends {@code message} to the subscription of {@code to} and returns the event's number, unique on this connection. */
    long event(EventHead to, Message message, long storeId, int deliveryCount) {
        if (head.length < to.room()) {
            head = new byte[to.room()];
        }
        long seq = ++lastSeq;
        int length = to.write(head, 0, seq, storeId, deliveryCount);
        socket.sendText(head, length, message.encoded(events));
        return seq;
    }

    /** Answers the publication or reply {@code seq}, if it wants an answer. */
    void acknowledge(OptionalLong seq, OptionalLong receivers) {
        if (seq.isPresent()) {
            send(new ServerFrame.Acknowledged(seq.getAsLong(), Optional.empty(), receivers));
        }
    }

    /** Why {@code failure} happened, for the user. */
    static String reason(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return String.valueOf((cause == null ? failure : cause).getMessage());
    }

    /** Refuses the publication or reply {@code seq}, if it wants an answer. */
    void refuse(OptionalLong seq, EftlError error, String reason) {
        if (seq.isPresent()) {
            Refusal refusal = new Refusal(error.code(), reason);
            send(new ServerFrame.Acknowledged(seq.getAsLong(), Optional.of(refusal), OptionalLong.empty()));
        }
    }

    /** Refuses or takes away the subscription {@code id}. */
    void unsubscribed(String id, EftlError error, String reason) {
        send(new ServerFrame.Unsubscribed(id, new Refusal(error.code(), reason)));
    }

    void close(EftlClose code, String reason) {
        socket.close(code.code(), reason);
    }
}
