package io.hawser.iot.dispatch;

import io.hawser.iot.dispatch.pace.Failures;
import io.hawser.iot.dispatch.pace.FibonacciWait;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.link.MessageLink;
import io.hawser.iot.wire.IotMessage;
import io.hawser.net.Loop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Asks the server for requests: by long polling, or at intervals ({@code specs/iot.md} 3.3). After a failure it waits and asks again
 * by itself; a call that was answered ends the wait. While requests of {@code requestBufferSize} bytes have no answer yet, no more
 * are asked for. (The original asks for what is left of its buffer; then a hub holds a larger request, and the poll, until the end.) Owner: the dispatcher's loop.
 */
final class Receiver {
    /** What the originals keep free. */
    private static final int MARGIN = 2;
    /** A server that answers a long poll sooner than this, with nothing, is not asked again at once. */
    private static final Duration QUICK = Duration.ofSeconds(1);

    private static final Duration QUICK_UNIT = Duration.ofMillis(100);

    private final Loop loop;
    private final MessageLink link;
    private final DispatcherOptions options;
    private final FibonacciWait waits;
    private final Counters counters;
    private final Consumer<List<IotMessage.Request>> arrived;

    private Optional<Loop.Timer> timer = Optional.empty();
    private Optional<CompletableFuture<?>> call = Optional.empty();
    /** Which call that is; an answer to an older one is of no interest. */
    private long calls;

    private Duration interval;
    private boolean failing;
    private int quick;
    private int used;
    private boolean stopped = true;

    Receiver(
            Loop loop,
            MessageLink link,
            DispatcherOptions options,
            FibonacciWait waits,
            Counters counters,
            Consumer<List<IotMessage.Request>> arrived) {
        this.loop = loop;
        this.link = link;
        this.options = options;
        this.waits = waits;
        this.counters = counters;
        this.arrived = arrived;
        this.interval = options.pollingInterval();
    }

    /** Begins to ask. */
    void start() {
        stopped = false;
        failing = false;
        waits.reset();
        if (options.longPolling()) {
            poll();
        } else {
            pollLater();
        }
    }

    /** Asks no more; a call that waits is taken back. */
    void stop() {
        stopped = true;
        calls++;
        cancelTimer();
        call.ifPresent(waiting -> waiting.cancel(false));
        call = Optional.empty();
    }

    void interval(Duration between) {
        interval = between;
        if (!options.longPolling() && !failing && call.isEmpty() && !stopped) {
            pollLater();
        }
    }

    /** How many bytes of requests may come with a call that sends. */
    int acceptBytes() {
        return options.longPolling() || isFull() ? 0 : room();
    }

    /** The server has answered a call that sent messages. */
    void sent(boolean withRequests) {
        if (stopped || call.isPresent()) {
            return;
        }
        if (failing || withRequests) {
            failing = false;
            poll();
        } else if (!options.longPolling()) {
            pollLater();
        }
    }

    /** A request of {@code bytes} has come and is not answered. */
    void open(int bytes) {
        used += bytes;
    }

    /** The answer to a request of {@code bytes} has left. */
    void closed(int bytes) {
        used -= bytes;
        if (stopped || timer.isPresent() || call.isPresent()) {
            return;
        }
        if (options.longPolling()) {
            poll();
        } else {
            pollLater();
        }
    }

    private int room() {
        return options.requestBufferSize() - MARGIN;
    }

    private boolean isFull() {
        return used >= options.requestBufferSize();
    }

    private void poll() {
        if (stopped || call.isPresent() || isFull()) {
            return;
        }
        cancelTimer();
        long begun = loop.nanoTime();
        CompletableFuture<List<IotMessage.Request>> answer =
                Failures.caught(() -> link.poll(room(), options.longPolling()));
        long mine = ++calls;
        call = Optional.of(answer);
        answer.whenComplete((requests, failure) -> loop.execute(() -> {
            if (mine != calls || stopped) {
                return;
            }
            call = Optional.empty();
            if (failure == null) {
                answered(requests, Duration.ofNanos(loop.nanoTime() - begun));
            } else {
                failed(Failures.of(failure));
            }
        }));
    }

    private void answered(List<IotMessage.Request> requests, Duration took) {
        failing = false;
        waits.reset();
        arrived.accept(requests);
        if (!requests.isEmpty()) {
            quick = 0;
            poll();
        } else if (!options.longPolling()) {
            pollLater();
        } else if (took.compareTo(QUICK) < 0) {
            quick++;
            Duration wait = QUICK_UNIT.multipliedBy(FibonacciWait.number(quick));
            later(wait.compareTo(interval) > 0 && !interval.isZero() ? interval : wait);
        } else {
            quick = 0;
            poll();
        }
    }

    private void failed(LinkException why) {
        counters.failed();
        if (why.kind() == LinkException.Kind.CLOSED) {
            stopped = true;
            return;
        }
        failing = true;
        later(waits.failed(why));
    }

    private void pollLater() {
        cancelTimer();
        if (!interval.isZero()) {
            later(interval);
        }
    }

    private void later(Duration wait) {
        cancelTimer();
        timer = Optional.of(loop.schedule(wait, () -> {
            timer = Optional.empty();
            poll();
        }));
    }

    private void cancelTimer() {
        timer.ifPresent(Loop.Timer::cancel);
        timer = Optional.empty();
    }
}
