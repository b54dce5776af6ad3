package io.hawser.store.nats;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.object.ObjectManifest;
import io.hawser.core.store.object.StoredObjects;
import io.nats.client.JetStreamApiException;
import io.nats.client.PurgeOptions;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfoOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream of contents: a message for each chunk. Owner: the objects' thread, which may wait for NATS.
 *
 * <pre>
 *   subject   hawser.store.NAME.objects.NUMBER.INDEX
 *   message   4 CRC32C of 8 number, 4 index and the bytes; 1..262144 bytes
 * </pre>
 */
final class Chunks {
    private static final Logger LOG = LoggerFactory.getLogger(Chunks.class);
    private static final int CHECKSUM = 4;
    private static final int NO_MESSAGE = 10037;

    private final Link link;
    private final String stream;
    private final String subject;

    Chunks(Link link) {
        this.link = link;
        this.stream = link.settings().stream("OBJECTS");
        this.subject = link.settings().subject("objects");
        link.make(StreamConfiguration.builder()
                .name(stream)
                .subjects(subject + ".*.*")
                .storageType(StorageType.File)
                .discardPolicy(DiscardPolicy.New)
                .replicas(link.settings().replicas())
                .maxMessagesPerSubject(1)
                .allowDirect(false)
                .build());
    }

    private String subject(long number, int index) {
        return subject + "." + number + "." + index;
    }

    /** How many chunks of each content there are. */
    Map<Long, Integer> count() {
        Map<Long, Integer> chunks = new HashMap<>();
        link.insist(() -> link.management().getStreamInfo(stream, StreamInfoOptions.filterSubjects(subject + ".>")))
                .getStreamState()
                .getSubjectMap()
                .keySet()
                .forEach(each -> chunks.merge(number(each), 1, Integer::sum));
        return chunks;
    }

    private long number(String chunk) {
        String rest = chunk.substring(subject.length() + 1);
        return Long.parseLong(rest.substring(0, rest.indexOf('.')));
    }

    /** Puts the chunk in the place of an older one; it is safe when this returns. */
    void put(long number, int index, ByteBuffer bytes) {
        byte[] message = ByteBuffer.allocate(CHECKSUM + bytes.remaining())
                .putInt(checksum(number, index, bytes.duplicate()))
                .put(bytes)
                .array();
        link.insist(() -> link.jetStream().publish(subject(number, index), message));
    }

    /** The chunk, checked; empty if it is missing, or not as it was written. */
    Optional<ByteBuffer> get(long number, int index) {
        return message(number, index).flatMap(message -> {
            byte[] data = message.getData();
            if (data.length <= CHECKSUM || data.length > CHECKSUM + StoredObjects.CHUNK) {
                return Optional.empty();
            }
            ByteBuffer chunk = ByteBuffer.wrap(data, CHECKSUM, data.length - CHECKSUM)
                    .slice()
                    .asReadOnlyBuffer();
            boolean whole = ByteBuffer.wrap(data).getInt() == checksum(number, index, chunk.duplicate());
            return whole ? Optional.of(chunk) : Optional.empty();
        });
    }

    /**
     * The chunk of {@code object}, checked.
     *
     * @throws StoreException that names object and chunk if it is missing, or not as it was written
     */
    ByteBuffer get(ObjectManifest object, int index) {
        long start = (long) index * StoredObjects.CHUNK;
        long length = Math.min(StoredObjects.CHUNK, object.info().size() - start);
        return get(object.number(), index)
                .filter(chunk -> chunk.remaining() == length)
                .orElseThrow(() -> new StoreException("object " + object.info().name() + " is damaged in chunk "
                        + index + ", bytes " + start + " to " + (start + length - 1)
                        + ": it is missing, or its checksum is wrong; upload it again, or restore a backup"));
    }

    /** When the chunk was written, milliseconds since the epoch. */
    Optional<Long> written(long number, int index) {
        return message(number, index)
                .map(message -> message.getTime().toInstant().toEpochMilli());
    }

    private Optional<MessageInfo> message(long number, int index) {
        return link.insist(() -> {
            try {
                return Optional.of(link.management().getLastMessage(stream, subject(number, index)));
            } catch (JetStreamApiException missing) {
                if (missing.getApiErrorCode() == NO_MESSAGE) {
                    return Optional.empty();
                }
                throw missing;
            }
        });
    }

    /** Removes the content; what stays is removed at the next start. */
    void remove(long number) {
        try {
            link.management().purgeStream(stream, PurgeOptions.subject(subject + "." + number + ".*"));
        } catch (IOException | JetStreamApiException | IllegalStateException stays) {
            LOG.warn("store[nats] content {} takes room until the next start: {}", number, stays.getMessage());
        }
    }

    private static int checksum(long number, int index, ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(12).putLong(number).putInt(index).flip());
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
