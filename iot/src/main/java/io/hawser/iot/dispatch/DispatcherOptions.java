package io.hawser.iot.dispatch;

import io.hawser.core.value.Fields;
import io.hawser.iot.dispatch.kept.DeviceFile;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How a dispatcher behaves; the names of the originals' properties stand in {@code specs/iot.md} 5. Immutable; each method with a
 * value gives a changed copy, and refuses a value out of range with an IllegalArgumentException.
 */
public final class DispatcherOptions {
    private static final int FEWEST_RETRIES = 3;
    private static final int SMALLEST_BUFFER = 4_192;
    private static final Duration SHORTEST_BACKOFF = Duration.ofMillis(100);

    private int maxQueueSize = 10_000;
    private long maxQueueBytes = 32L << 20;
    private int maxMessagesPerConnection = 1_000;
    private int maxBytesPerConnection = 1 << 20;
    private Duration pollingInterval = Duration.ofSeconds(3);
    private Duration settleTime = Duration.ofSeconds(10);
    private Duration closeTimeout = Duration.ofSeconds(5);
    private int baseRetries = FEWEST_RETRIES;
    private Duration backoff = Duration.ofSeconds(1);
    private double jitter = 0.25;
    private boolean longPolling = true;
    private int requestBufferSize = SMALLEST_BUFFER;
    private MessageFilter filter = CompletableFuture::completedFuture;
    private Supplier<Fields> info = () -> Fields.EMPTY;
    private Supplier<Fields> messageDiagnostics = () -> Fields.EMPTY;
    private Optional<DeviceFile> file = Optional.empty();

    private DispatcherOptions() {}

    private DispatcherOptions(DispatcherOptions other) {
        maxQueueSize = other.maxQueueSize;
        maxQueueBytes = other.maxQueueBytes;
        maxMessagesPerConnection = other.maxMessagesPerConnection;
        maxBytesPerConnection = other.maxBytesPerConnection;
        pollingInterval = other.pollingInterval;
        settleTime = other.settleTime;
        closeTimeout = other.closeTimeout;
        baseRetries = other.baseRetries;
        backoff = other.backoff;
        jitter = other.jitter;
        longPolling = other.longPolling;
        requestBufferSize = other.requestBufferSize;
        filter = other.filter;
        info = other.info;
        messageDiagnostics = other.messageDiagnostics;
        file = other.file;
    }

    /** Everything as each method says. */
    public static DispatcherOptions defaults() {
        return new DispatcherOptions();
    }

    // ---- the queue ----

    /** {@code dispatcher_max_queue_size}: messages that may wait or be on their way, at least 1. By default 10,000. */
    public DispatcherOptions maxQueueSize(int messages) {
        return with(messages >= 1, "a queue of " + messages, changed -> changed.maxQueueSize = messages);
    }

    /** Their bytes as JSON, at least 1 KiB. By default 32 MiB. */
    public DispatcherOptions maxQueueBytes(long bytes) {
        return with(bytes >= 1 << 10, "a queue of " + bytes + " bytes", changed -> changed.maxQueueBytes = bytes);
    }

    /** {@code dispatcher_max_messages_per_connection}: messages that go in one call, at least 1. By default 1,000. */
    public DispatcherOptions maxMessagesPerConnection(int messages) {
        return with(messages >= 1, "calls of " + messages, changed -> changed.maxMessagesPerConnection = messages);
    }

    /** Their bytes as JSON, unless one message alone has more; at least 1. By default 1 MiB. */
    public DispatcherOptions maxBytesPerConnection(int bytes) {
        return with(bytes >= 1, "calls of " + bytes + " bytes", changed -> changed.maxBytesPerConnection = bytes);
    }

    /** What {@link MessageDispatcher#offer} passes messages through. By default they are all queued. */
    public DispatcherOptions filter(MessageFilter policies) {
        return with(changed -> changed.filter = policies);
    }

    /** Diagnostics that each message is given when it is queued, beside its own. Called on any thread. By default none. */
    public DispatcherOptions messageDiagnostics(Supplier<Fields> each) {
        return with(changed -> changed.messageDiagnostics = each);
    }

    /** Where messages with guaranteed delivery outlive the program. By default nowhere. Whoever opened it closes it. */
    public DispatcherOptions file(DeviceFile kept) {
        return with(changed -> changed.file = Optional.of(kept));
    }

    // ---- when the server does not answer ----

    /**
     * {@code dispatcher_base_number_of_retries}: how often a message without guarantee is sent again, at least 3; twice as often one
     * with best effort, and one with guaranteed delivery until it is delivered. By default 3.
     */
    public DispatcherOptions baseRetries(int times) {
        return with(times >= FEWEST_RETRIES, times + " retries", changed -> changed.baseRetries = times);
    }

    /** {@code message_dispatcher_backoff}: the unit of the waits 1, 1, 2, 3, 5, 8, ...; at least 100 ms. By default 1 s. */
    public DispatcherOptions backoff(Duration unit) {
        return with(unit.compareTo(SHORTEST_BACKOFF) >= 0, "a back-off of " + unit, changed -> changed.backoff = unit);
    }

    /** By up to which part a wait is longer, by chance: 0 to 1. By default 0.25. */
    public DispatcherOptions jitter(double part) {
        return with(part >= 0 && part <= 1, "a jitter of " + part, changed -> changed.jitter = part);
    }

    /** How long {@link MessageDispatcher#close} goes on sending. By default 5 s. */
    public DispatcherOptions closeTimeout(Duration most) {
        return with(!most.isNegative(), "a time-out of " + most, changed -> changed.closeTimeout = most);
    }

    // ---- requests ----

    /** The opposite of {@code disable_periodpolling}: whether the server holds a poll until it has a request. By default it does. */
    public DispatcherOptions longPolling(boolean held) {
        return with(changed -> changed.longPolling = held);
    }

    /** {@code dispatcher_polling_interval}: how often to ask without long polling; 0: only after sending. By default 3 s. */
    public DispatcherOptions pollingInterval(Duration between) {
        return with(!between.isNegative(), "an interval of " + between, changed -> changed.pollingInterval = between);
    }

    /** {@code dispatcher_settle_time}: how long after the start a request waits for its handler. By default 10 s. */
    public DispatcherOptions settleTime(Duration period) {
        return with(!period.isNegative(), "a settle time of " + period, changed -> changed.settleTime = period);
    }

    /**
     * {@code request_buffer_size}: bytes of requests that may come with one call; while as many have no answer, none are asked for.
     * Below 4,192 it is 4,192, the default.
     */
    public DispatcherOptions requestBufferSize(int bytes) {
        return with(changed -> changed.requestBufferSize = Math.max(bytes, SMALLEST_BUFFER));
    }

    /** What the resource {@code diagnostics/info} tells, asked each time on an executor. By default nothing. */
    public DispatcherOptions info(Supplier<Fields> values) {
        return with(changed -> changed.info = values);
    }

    // ---- what was said ----

    /** The value of {@link #maxQueueSize(int)}. */
    public int maxQueueSize() {
        return maxQueueSize;
    }

    /** The value of {@link #maxMessagesPerConnection(int)}. */
    public int maxMessagesPerConnection() {
        return maxMessagesPerConnection;
    }

    long maxQueueBytes() {
        return maxQueueBytes;
    }

    int maxBytesPerConnection() {
        return maxBytesPerConnection;
    }

    Duration pollingInterval() {
        return pollingInterval;
    }

    Duration settleTime() {
        return settleTime;
    }

    Duration closeTimeout() {
        return closeTimeout;
    }

    int baseRetries() {
        return baseRetries;
    }

    Duration backoff() {
        return backoff;
    }

    double jitter() {
        return jitter;
    }

    boolean longPolling() {
        return longPolling;
    }

    int requestBufferSize() {
        return requestBufferSize;
    }

    MessageFilter filter() {
        return filter;
    }

    Supplier<Fields> info() {
        return info;
    }

    Supplier<Fields> messageDiagnostics() {
        return messageDiagnostics;
    }

    Optional<DeviceFile> file() {
        return file;
    }

    private DispatcherOptions with(Consumer<DispatcherOptions> change) {
        DispatcherOptions changed = new DispatcherOptions(this);
        change.accept(changed);
        return changed;
    }

    private DispatcherOptions with(boolean inRange, String what, Consumer<DispatcherOptions> change) {
        if (!inRange) {
            throw new IllegalArgumentException("out of range: " + what);
        }
        return with(change);
    }
}
