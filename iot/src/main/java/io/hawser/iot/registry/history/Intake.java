package io.hawser.iot.registry.history;

import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/** What becomes of messages that came in one call: chunks, a device each, and what is known of the devices then. Not thread-safe. */
final class Intake {
    /** A message and what it is as bytes. */
    record Encoded(DeviceMessage message, Value.Opaque bytes) {}

    /** A chunk holds no more than this, or one message: a record of the store may be twice as long. */
    private static final int CHUNK_BYTES = 512 << 10;

    private final long received;
    private final LongSupplier numbers;
    private final BiFunction<String, String, LastKnown> known;
    private final List<Chunk> chunks = new ArrayList<>();
    private final Map<String, LastKnown> states = new LinkedHashMap<>();
    private final List<KeptMessage> kept = new ArrayList<>();

    /**
     * Nothing yet.
     *
     * @param received when they came
     * @param numbers gives the next number of a chunk
     * @param known what is known by device and model so far
     */
    Intake(long received, LongSupplier numbers, BiFunction<String, String, LastKnown> known) {
        this.received = received;
        this.numbers = numbers;
        this.known = known;
    }

    /** Takes the messages of one device, none of which has come before. */
    void take(String device, List<Encoded> messages) {
        List<Encoded> piece = new ArrayList<>();
        int size = 0;
        for (Encoded each : messages) {
            if (!piece.isEmpty() && size + each.bytes().length() > CHUNK_BYTES) {
                chunk(device, piece);
                piece.clear();
                size = 0;
            }
            piece.add(each);
            size += each.bytes().length();
        }
        chunk(device, piece);
    }

    private void chunk(String device, List<Encoded> piece) {
        long number = numbers.getAsLong();
        ByteWriter out = new ByteWriter();
        List<String> ids = new ArrayList<>();
        int alerts = 0;
        for (int i = 0; i < piece.size(); i++) {
            DeviceMessage message = piece.get(i).message();
            Place place = new Place(number, i);
            out.raw(piece.get(i).bytes().bytes());
            ids.add(message.clientId());
            alerts += message.kind() == MessageKind.ALERT ? 1 : 0;
            states.compute(
                    LastKnown.key(device, message.model()),
                    (key, state) -> (state == null ? known.apply(device, message.model()) : state)
                            .with(message, received, place));
            kept.add(new KeptMessage(place, received, message));
        }
        chunks.add(new Chunk(device, number, received, alerts, ids, new Value.Opaque(out.toByteArray())));
    }

    long received() {
        return received;
    }

    List<Chunk> chunks() {
        return chunks;
    }

    List<LastKnown> states() {
        return List.copyOf(states.values());
    }

    List<KeptMessage> kept() {
        return kept;
    }
}
