package io.hawser.store.nats;

import io.hawser.core.store.StoreException;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PublishOptions;
import io.nats.client.PurgeOptions;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream on which everything is written, entry behind entry, by one hub at a time. Written by the committer, read by the
 * writer too.
 *
 * <pre>
 *   message    'o', text                 a hub has taken the store: which; what was not finished before is void
 *   message    'p', 4 CRC32C, bytes      a piece of an entry; the next message goes on with it
 *   message    'e', 4 CRC32C, bytes      the last piece, or the only one
 * </pre>
 *
 * <p><b>Fencing.</b> Each message says which sequence the stream must end with (Nats-Expected-Last-Sequence): when another hub
 * has written anything, everything of ours is refused from then on. There is one message under way at a time.
 *
 * <p><b>Repetition.</b> Without an answer the same message is sent again. It has an id (Nats-Msg-Id) that no other message has:
 * either JetStream knows it, or it is found as the next one on the stream; so it is there once.
 */
final class Tape {
    private static final Logger LOG = LoggerFactory.getLogger(Tape.class);
    static final int WRONG_LAST_SEQUENCE = 10071;
    private static final int NO_MESSAGE = 10037;
    private static final String ID = "Nats-Msg-Id";
    private static final int HEAD = 5;
    /** A server that leads since a moment ago may not know yet of the last messages: so often it is asked again. */
    private static final int TRIES = 25;

    /** What a server counts beside the bytes: headers, and something to spare. */
    private static final int OVERHEAD = 1024;

    private final Link link;
    private final String stream;
    private final String subject;
    /** How much of an entry fits into one message. */
    private final int room;
    /** The sequence of the last message. Owner: whoever opens it, then the committer. */
    private long last;
    /** The sequence with which this hub took the store. */
    private long opened;

    /** Who is shown what is on the tape. */
    @FunctionalInterface
    interface Visitor {
        /** The entry that is {@code parts} messages from {@code sequence} on. */
        void visit(long sequence, int parts, byte[] entry);
    }

    Tape(Link link) {
        this.link = link;
        this.stream = link.settings().stream("JOURNAL");
        this.subject = link.settings().subject("journal");
        this.room = link.maxPayload() - OVERHEAD;
        link.make(StreamConfiguration.builder()
                .name(stream)
                .subjects(subject)
                .storageType(StorageType.File)
                .discardPolicy(DiscardPolicy.New)
                .replicas(link.settings().replicas())
                .allowDirect(false)
                .build());
    }

    /** Takes the store for {@code hub}: from now on whoever had it before can write no more. Shows what is there. */
    void open(String hub, Visitor visitor) {
        byte[] text = ("o" + hub).getBytes(StandardCharsets.UTF_8);
        try {
            opened = seize(text);
            last = opened;
            replay(visitor);
        } catch (IOException | JetStreamApiException failed) {
            throw new StoreException("the stream " + stream + " cannot be read: " + failed.getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StoreException("reading the store was interrupted", stopped);
        }
    }

    /** Another hub may be quicker once or twice, but then it is there, and has the lease. */
    private long seize(byte[] text) throws IOException, JetStreamApiException {
        for (int left = TRIES; ; left--) {
            last = link.management().getStreamInfo(stream).getStreamState().getLastSequence();
            try {
                PublishOptions next =
                        PublishOptions.builder().expectedLastSequence(last).build();
                return link.jetStream().publish(subject, text, next).getSeqno();
            } catch (JetStreamApiException late) {
                if (late.getApiErrorCode() != WRONG_LAST_SEQUENCE || left == 0) {
                    throw late;
                }
            }
        }
    }

    private void replay(Visitor visitor) throws IOException, JetStreamApiException, InterruptedException {
        JetStreamSubscription all = link.jetStream()
                .subscribe(
                        subject,
                        PushSubscribeOptions.builder().stream(stream)
                                .ordered(true)
                                .build());
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        int parts = 0;
        long sequence = 0;
        while (sequence < last) {
            Message message = all.nextMessage(link.settings().answer());
            if (message == null) {
                throw new IOException("no answer behind message " + sequence + " of " + last);
            }
            long next = message.metaData().streamSequence();
            if (sequence > 0 && next != sequence + 1) {
                throw new IOException("messages " + (sequence + 1) + " to " + (next - 1) + " are missing");
            }
            sequence = next;
            byte kind = kind(message.getData());
            if (kind == 'o') {
                entry.reset();
                parts = 0;
                continue;
            }
            entry.writeBytes(body(sequence, message.getData()));
            parts++;
            if (kind == 'e') {
                visitor.visit(sequence - parts + 1, parts, entry.toByteArray());
                entry.reset();
                parts = 0;
            }
        }
        all.unsubscribe();
    }

    private static byte kind(byte[] message) {
        return message.length == 0 ? 0 : message[0];
    }

    private byte[] body(long sequence, byte[] message) {
        byte kind = kind(message);
        if ((kind != 'p' && kind != 'e') || message.length < HEAD) {
            throw new StoreException("message " + sequence + " of stream " + stream
                    + " is none of a store's; this program is older than the store, or somebody else wrote there");
        }
        CRC32C crc = new CRC32C();
        crc.update(message, HEAD, message.length - HEAD);
        if (ByteBuffer.wrap(message).getInt(1) != (int) crc.getValue()) {
            throw new StoreException("the checksum of message " + sequence + " of stream " + stream
                    + " is wrong; restore the stream from a backup");
        }
        byte[] body = new byte[message.length - HEAD];
        System.arraycopy(message, HEAD, body, 0, body.length);
        return body;
    }

    /** How many messages an entry of this length is. */
    int parts(int length) {
        return Math.max(1, (length + room - 1) / room);
    }

    /** Returns the sequence of its first message when JetStream has acknowledged all of {@code entry}. */
    long append(byte[] entry) {
        int parts = parts(entry.length);
        long first = last + 1;
        for (int i = 0; i < parts; i++) {
            int from = i * room;
            int length = Math.min(room, entry.length - from);
            CRC32C crc = new CRC32C();
            crc.update(entry, from, length);
            publish(ByteBuffer.allocate(HEAD + length)
                    .put((byte) (i == parts - 1 ? 'e' : 'p'))
                    .putInt((int) crc.getValue())
                    .put(entry, from, length)
                    .array());
        }
        return first;
    }

    private void publish(byte[] message) {
        String id = opened + "-" + last;
        PublishOptions options = PublishOptions.builder()
                .expectedLastSequence(last)
                .messageId(id)
                .build();
        int[] tries = {TRIES};
        long sequence = link.insist(() -> {
            try {
                PublishAck ack = link.jetStream().publish(subject, message, options);
                return ack.getSeqno();
            } catch (JetStreamApiException refused) {
                if (refused.getApiErrorCode() == WRONG_LAST_SEQUENCE) {
                    return found(last + 1, id, tries[0]--);
                }
                throw refused;
            }
        });
        if (sequence != last + 1) {
            throw taken();
        }
        last = sequence;
    }

    /** {@code sequence} if it is the message with this id; looks again if nothing is there. */
    private long found(long sequence, String id, int tries) throws IOException, JetStreamApiException {
        try {
            Headers headers = link.management().getMessage(stream, sequence).getHeaders();
            if (headers != null && id.equals(headers.getFirst(ID))) {
                return sequence;
            }
        } catch (JetStreamApiException missing) {
            if (missing.getApiErrorCode() != NO_MESSAGE || tries > 0) {
                throw missing;
            }
        }
        throw taken();
    }

    private StoreException taken() {
        return new StoreException(
                "another hub has taken the store " + link.settings().name() + " at "
                        + link.settings().server() + "; nothing was lost, but this hub must stop");
    }

    /** The entry that is {@code parts} messages from {@code sequence} on. */
    byte[] read(long sequence, int parts) {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        for (int i = 0; i < parts; i++) {
            long at = sequence + i;
            int[] tries = {TRIES};
            byte[] message = link.insist(() -> message(at, tries[0]--));
            entry.writeBytes(body(at, message));
        }
        return entry.toByteArray();
    }

    private byte[] message(long sequence, int tries) throws IOException, JetStreamApiException {
        try {
            return link.management().getMessage(stream, sequence).getData();
        } catch (JetStreamApiException missing) {
            if (missing.getApiErrorCode() == NO_MESSAGE && tries == 0) {
                throw new StoreException(
                        "message " + sequence + " of stream " + stream + " is gone; restore the stream from a backup",
                        missing);
            }
            throw missing;
        }
    }

    /** Nobody needs what is before {@code sequence}. If that cannot be done now, the next time does it. */
    void cut(long sequence) {
        try {
            link.management()
                    .purgeStream(
                            stream, PurgeOptions.builder().sequence(sequence).build());
        } catch (IOException | JetStreamApiException | IllegalStateException later) {
            LOG.debug("store[nats] not cut yet", later);
        }
    }
}
