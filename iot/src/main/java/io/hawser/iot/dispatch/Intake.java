package io.hawser.iot.dispatch;

import io.hawser.core.value.Fields;
import io.hawser.iot.wire.IotCodec;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Where messages come in from any thread, until the loop takes them. Each is written as JSON once, here: what cannot be written is
 * refused where its program can see it, and its bytes are known.
 */
final class Intake {
    private static final IotCodec CODEC = new IotCodec(IotLimits.DEFAULT);

    private final String endpointId;
    private final DispatcherOptions options;
    private final QueueRoom room;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Queue<List<Outgoing>> inbox = new ConcurrentLinkedQueue<>();

    Intake(String endpointId, DispatcherOptions options, QueueRoom room, Surroundings surroundings) {
        this.endpointId = endpointId;
        this.options = options;
        this.room = room;
        this.clock = surroundings.clock();
        this.random = surroundings.random();
    }

    /** Takes all of {@code messages}, or none. Any thread. */
    List<Outgoing> take(List<? extends IotMessage> messages, Set<String> contents) {
        List<Outgoing> entries = entries(messages, contents);
        room.take(entries.size(), bytes(entries));
        inbox.add(entries);
        return entries;
    }

    /** Takes {@code messages} whether there is room or not. Any thread. */
    List<Outgoing> force(List<? extends IotMessage> messages) {
        List<Outgoing> entries = entries(messages, Set.of());
        room.force(entries.size(), bytes(entries));
        inbox.add(entries);
        return entries;
    }

    /** Hands everything that has come to {@code taker}, in order. */
    void drain(Consumer<List<Outgoing>> taker) {
        for (List<Outgoing> next = inbox.poll(); next != null; next = inbox.poll()) {
            taker.accept(next);
        }
    }

    /** The head of a message that we say ourselves. */
    IotHead head() {
        return IotHead.of(newId(), endpointId, clock.millis());
    }

    /** How many bytes of JSON {@code message} is. */
    static int size(IotMessage message) {
        return CODEC.write(message).length;
    }

    private List<Outgoing> entries(List<? extends IotMessage> messages, Set<String> contents) {
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("no messages to queue");
        }
        Set<String> waitsFor = Set.copyOf(contents);
        List<Outgoing> entries = new ArrayList<>(messages.size());
        for (IotMessage message : messages) {
            IotMessage whole = whole(message);
            boolean kept = options.file().isPresent() && Outgoing.isGuaranteed(whole);
            entries.add(new Outgoing(whole, CODEC.write(whole), waitsFor, kept));
        }
        return entries;
    }

    /** With a client id, by which the server knows a message that comes twice, and with diagnostics. */
    private IotMessage whole(IotMessage message) {
        IotHead head = message.head();
        Fields more = options.messageDiagnostics().get();
        if (!head.clientId().isEmpty() && more.isEmpty()) {
            return message;
        }
        Fields.Builder diagnostics = head.diagnostics().toBuilder();
        for (int i = 0; i < more.size(); i++) {
            if (head.diagnostics().get(more.name(i)).isEmpty()) {
                diagnostics.put(more.name(i), more.value(i));
            }
        }
        IotHead known = head.clientId().isEmpty() ? head.withClientId(newId()) : head;
        return message.with(known.withDiagnostics(diagnostics.build()));
    }

    private String newId() {
        return new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() >>> 2) | Long.MIN_VALUE)
                .toString();
    }

    private static long bytes(List<Outgoing> entries) {
        long bytes = 0;
        for (Outgoing entry : entries) {
            bytes += entry.bytes();
        }
        return bytes;
    }
}
