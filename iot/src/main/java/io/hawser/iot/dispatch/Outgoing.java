package io.hawser.iot.dispatch;

import io.hawser.iot.dispatch.kept.KeptRow;
import io.hawser.iot.wire.IotHead.Priority;
import io.hawser.iot.wire.IotHead.Reliability;
import io.hawser.iot.wire.IotMessage;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One message on its way out. What changes belongs to the dispatcher's loop. */
final class Outgoing implements Receipt {
    private static final byte[] NOTHING = {};
    private static final CompletableFuture<Void> AT_ONCE = CompletableFuture.completedFuture(null);

    private final IotMessage message;
    private final int bytes;
    private final Set<String> contents;
    private final CompletableFuture<Void> accepted;
    private final CompletableFuture<Void> delivered = new CompletableFuture<>();

    /** Its place among messages of its priority; 0 until it is queued. */
    private long order;
    /** How often it was sent without success. */
    private int failures;
    /** Its JSON, until it is handed to the disk. */
    private byte[] json;
    /** Where it lies on disk. */
    private Optional<KeptRow> row = Optional.empty();

    /**
     * A message that is not queued yet.
     *
     * @param json the message as it is sent and kept
     * @param contents what must be stored before it may leave
     * @param kept whether it is to be kept on disk
     */
    Outgoing(IotMessage message, byte[] json, Set<String> contents, boolean kept) {
        this.message = message;
        this.bytes = json.length;
        this.json = kept ? json : NOTHING;
        this.contents = contents;
        this.accepted = kept ? new CompletableFuture<>() : AT_ONCE;
    }

    /** A message that was found on disk. */
    Outgoing(IotMessage message, int bytes, KeptRow row) {
        this.message = message;
        this.bytes = bytes;
        this.contents = Set.of();
        this.accepted = AT_ONCE;
        this.json = NOTHING;
        this.row = Optional.of(row);
    }

    @Override
    public IotMessage message() {
        return message;
    }

    @Override
    public CompletableFuture<Void> accepted() {
        return accepted;
    }

    @Override
    public CompletableFuture<Void> delivered() {
        return delivered;
    }

    int bytes() {
        return bytes;
    }

    Set<String> contents() {
        return contents;
    }

    Priority priority() {
        return message.head().priority();
    }

    static boolean isGuaranteed(IotMessage message) {
        return message.head().reliability() == Reliability.GUARANTEED_DELIVERY;
    }

    boolean isAlert() {
        return message.type() == IotMessage.Type.ALERT;
    }

    boolean isResponse() {
        return message.type() == IotMessage.Type.RESPONSE;
    }

    long order() {
        return order;
    }

    void order(long place) {
        order = place;
    }

    Optional<KeptRow> row() {
        return row;
    }

    boolean wantsRow() {
        return json.length > 0;
    }

    /** Hands its JSON to the disk. */
    void row(Function<byte[], KeptRow> disk) {
        row = Optional.of(disk.apply(json));
        json = NOTHING;
    }

    int failures() {
        return failures;
    }

    /** Counts one more failure; true if the message may be sent again ({@code specs/iot.md} 3.2). */
    boolean mayRetry(int baseRetries) {
        failures++;
        return switch (message.head().reliability()) {
            case NO_GUARANTEE -> failures <= baseRetries;
            case BEST_EFFORT -> failures <= 2 * baseRetries;
            case GUARANTEED_DELIVERY -> true;
        };
    }
}
