package io.hawser.iot.dispatch;

import io.hawser.iot.dispatch.pace.ChunkSize;
import io.hawser.iot.dispatch.pace.Failures;
import io.hawser.iot.dispatch.pace.FibonacciWait;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.link.MessageLink;
import io.hawser.iot.wire.IotMessage;
import io.hawser.net.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is queued, one call at a time, and decides what becomes of a call that failed. Owner: the dispatcher's loop.
 *
 * <p>After an outage (nobody answers, 401, 403, 408, 429, 5xx) nothing is sent until a wait is over, except alerts that nobody has
 * tried to send yet. Each message of the call counts it, and is given up when its reliability is exhausted; messages that
 * were not sent count nothing. A refusal (any other status) concerns one message, but the server does not say which
 * ({@code specs/iot.md} 1.7): halves are tried until one is refused alone; that one steps aside, tries again later by itself, and nobody
 * waits for it.
 */
final class Transmitter {
    private static final Logger LOG = LoggerFactory.getLogger(Transmitter.class);
    private static final int SERVER_ERROR = 500;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    private final String endpointId;
    private final Loop loop;
    private final MessageLink link;
    private final DispatcherOptions options;
    private final Contents contents;
    private final Endings endings;
    private final Counters counters;
    private final Traffic traffic;
    private final FibonacciWait waits;
    private final ChunkSize chunk;
    private final OutgoingQueue queue = new OutgoingQueue();
    /** Those that the server refused, each with a timer that brings it back. */
    private final Set<Outgoing> aside = new LinkedHashSet<>();

    private List<Outgoing> inFlight = List.of();
    private CompletableFuture<?> call = CompletableFuture.completedFuture(null);
    private Optional<Loop.Timer> backingOff = Optional.empty();
    private long backingOffUntil;
    private long lastOrder;
    /** The same, of messages from before our time. */
    private long lastEarlier = Long.MIN_VALUE;

    /** Whether the last call found the server out; said once. */
    private boolean out;

    private boolean newAlert;
    private boolean paused;
    private boolean ended;
    private boolean closing;

    /** What goes on beside. */
    interface Traffic {
        /** How many bytes of requests may come back with a call. */
        int acceptBytes();

        /** A call was answered, with {@code requests}. */
        void answered(List<IotMessage.Request> requests);

        /** Nothing will be sent any more. */
        void ended();
    }

    Transmitter(
            String endpointId,
            Loop loop,
            MessageLink link,
            DispatcherOptions options,
            FibonacciWait waits,
            Contents contents,
            Endings endings,
            Counters counters,
            Traffic traffic) {
        this.endpointId = endpointId;
        this.loop = loop;
        this.link = link;
        this.options = options;
        this.waits = waits;
        this.contents = contents;
        this.endings = endings;
        this.counters = counters;
        this.traffic = traffic;
        this.chunk = new ChunkSize(options.maxMessagesPerConnection());
    }

    /** Queues new messages. */
    void add(List<Outgoing> entries) {
        for (Outgoing entry : entries) {
            Optional<DispatchException> failure = contents.failure(entry);
            if (failure.isPresent()) {
                endings.failed(List.of(entry), failure.get());
            } else if (ended) {
                endings.left(List.of(entry), closedBefore());
            } else {
                put(entry, ++lastOrder);
            }
        }
        pump();
    }

    /** Queues what was queued before our time, on disk, ahead of what is new. */
    void addEarlier(List<Outgoing> entries) {
        if (ended) {
            endings.left(entries, closedBefore());
            return;
        }
        entries.forEach(entry -> put(entry, ++lastEarlier));
        pump();
    }

    /** Sends what may go now. */
    void pump() {
        if (ended || paused || !inFlight.isEmpty() || (backingOff.isPresent() && !newAlert)) {
            return;
        }
        Predicate<Outgoing> wanted = backingOff.isPresent() ? Transmitter::isNewAlert : entry -> true;
        newAlert = false;
        List<Outgoing> batch = queue.take(chunk.now(), options.maxBytesPerConnection(), wanted, contents::holds);
        if (!batch.isEmpty()) {
            post(batch);
        } else if (closing && queue.isEmpty() && aside.isEmpty()) {
            end(closedBefore());
        }
    }

    /** {@code true}: the program reconnects, and nothing is sent until it says {@code false}; then at once. */
    void pause(boolean wait) {
        paused = wait;
        if (!wait) {
            waits.reset();
            stopBackingOff();
            pump();
        }
    }

    /** Messages that speak of a content that could not be stored are given up. */
    void contentFailed() {
        List<Outgoing> failed = queue.takeAll(entry -> contents.failure(entry).isPresent());
        failed.forEach(
                entry -> endings.failed(List.of(entry), contents.failure(entry).orElseThrow()));
        pump();
    }

    /** Gives up what {@code which} says among those that are not on their way. */
    void giveUp(Predicate<Outgoing> which, DispatchException cause) {
        endings.failed(queue.takeAll(which), cause);
    }

    /** Sends all that it has, unless it fails again, and then ends. */
    void close() {
        closing = true;
        if (paused) {
            end(closedBefore());
            return;
        }
        stopBackingOff();
        List.copyOf(aside).forEach(this::comeBack);
        pump();
    }

    /** Ends now. What was not delivered fails for {@code cause}, or stays on disk. */
    void end(Throwable cause) {
        if (ended) {
            return;
        }
        ended = true;
        stopBackingOff();
        call.cancel(false);
        List<Outgoing> rest = new ArrayList<>(inFlight);
        inFlight = List.of();
        rest.addAll(queue.takeAll(entry -> true));
        rest.addAll(aside);
        aside.clear();
        endings.left(rest, cause);
        traffic.ended();
    }

    private void put(Outgoing entry, long order) {
        entry.order(order);
        queue.put(entry);
        newAlert |= entry.isAlert();
    }

    private void post(List<Outgoing> batch) {
        inFlight = batch;
        int again = (int) batch.stream().filter(each -> each.failures() > 0).count();
        counters.retried(again);
        List<IotMessage> messages = batch.stream().map(Outgoing::message).toList();
        CompletableFuture<List<IotMessage.Request>> answer =
                Failures.caught(() -> link.post(messages, traffic.acceptBytes()));
        call = answer;
        answer.whenComplete((requests, failure) -> loop.execute(() -> {
            if (ended) {
                return;
            }
            inFlight = List.of();
            if (failure == null) {
                delivered(batch, requests);
            } else {
                failed(batch, Failures.of(failure));
            }
        }));
    }

    private void delivered(List<Outgoing> batch, List<IotMessage.Request> requests) {
        if (out) {
            LOG.info("device[{}] the server takes messages again", endpointId);
        }
        out = false;
        waits.reset();
        stopBackingOff();
        chunk.delivered();
        counters.sent(batch.size(), batch.stream().mapToLong(Outgoing::bytes).sum());
        endings.delivered(batch);
        traffic.answered(requests);
        pump();
    }

    private void failed(List<Outgoing> batch, LinkException why) {
        counters.failed();
        boolean refused = why.kind() == LinkException.Kind.REFUSED;
        boolean outage = !refused || isOutage(why.status());
        boolean alone = refused && batch.size() == 1;
        List<Outgoing> again = new ArrayList<>();
        for (Outgoing entry : batch) {
            if ((outage || alone) && !entry.mayRetry(options.baseRetries())) {
                endings.failed(List.of(entry), why);
            } else if (alone && closing) {
                endings.left(List.of(entry), why);
            } else if (alone) {
                stepAside(entry);
            } else {
                again.add(entry);
            }
        }
        queue.putBack(again);
        if (refused) {
            chunk.refused(batch.size());
        }
        if (outage) {
            if (!out && why.kind() != LinkException.Kind.CLOSED) {
                LOG.warn("device[{}] messages wait for the server: {}", endpointId, why.getMessage());
            }
            out = true;
            chunk.failed();
            backOff(why);
        }
        if (why.kind() == LinkException.Kind.CLOSED || (outage && closing)) {
            end(why);
        }
        pump();
    }

    /** A failure while waiting (an alert was tried) makes the wait no longer, unless the server asks for it. */
    private void backOff(LinkException why) {
        Duration wait = backingOff.isPresent() ? waits.asked(why) : waits.failed(why);
        long until = loop.nanoTime() + wait.toNanos();
        if (backingOff.isPresent() && until <= backingOffUntil) {
            return;
        }
        stopBackingOff();
        backingOffUntil = until;
        backingOff = Optional.of(loop.schedule(wait, () -> {
            backingOff = Optional.empty();
            pump();
        }));
    }

    private void stopBackingOff() {
        backingOff.ifPresent(Loop.Timer::cancel);
        backingOff = Optional.empty();
    }

    /** For longer than everybody waits when a server fails, so that others are tried before it. */
    private void stepAside(Outgoing entry) {
        aside.add(entry);
        loop.schedule(waits.after(entry.failures() + 2), () -> {
            comeBack(entry);
            pump();
        });
    }

    private void comeBack(Outgoing entry) {
        if (aside.remove(entry)) {
            queue.put(entry);
        }
    }

    private static boolean isNewAlert(Outgoing entry) {
        return entry.isAlert() && entry.failures() == 0;
    }

    private static boolean isOutage(int status) {
        return status >= SERVER_ERROR || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
    }

    private static DispatchException closedBefore() {
        return DispatchException.of(
                DispatchException.Reason.CLOSED, "the dispatcher is closed; the message was not sent");
    }
}
