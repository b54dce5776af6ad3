package io.hawser.iot.registry.history;

import io.hawser.core.value.Value;
import io.hawser.iot.registry.kept.Pieces;
import io.hawser.iot.registry.kept.Schema;
import java.util.List;
import java.util.Locale;

/**
 * Messages of one device that came in one call: the table {@code iot-history}. What is looked for is in its head; the messages
 * are bytes until somebody wants them.
 *
 * <pre>
 *   chunk  text device, number number, received, count alerts, texts clientIds, bytes messages ({@link MessageBytes})
 * </pre>
 *
 * @param device their device
 * @param number grows with each chunk of the hub
 * @param received when they came, in milliseconds since the epoch
 * @param alerts how many of them are alerts
 * @param clientIds what each is known by, empty texts included
 * @param messages the messages
 */
record Chunk(String device, long number, long received, int alerts, List<String> clientIds, Value.Opaque messages) {
    static final Schema<Chunk> CHUNKS = new Schema<>(
            "iot-history",
            chunk -> key(chunk.device(), chunk.number()),
            (out, chunk) -> {
                out.text(chunk.device())
                        .number(chunk.number())
                        .number(chunk.received())
                        .count(chunk.alerts());
                Pieces.texts(out, chunk.clientIds());
                out.bytes(chunk.messages().bytes());
            },
            in -> new Chunk(
                    in.text(),
                    in.number(),
                    in.number(),
                    (int) in.count(),
                    Pieces.texts(in),
                    new Value.Opaque(in.bytes())));

    Chunk {
        clientIds = List.copyOf(clientIds);
    }

    /** The key of a chunk: those of one device stand together, in the order in which they came. */
    static String key(String device, long number) {
        return device + "/" + String.format(Locale.ROOT, "%016x", number);
    }

    ChunkHead head() {
        return new ChunkHead(device, number, received, clientIds.size(), alerts, messages.length());
    }
}
