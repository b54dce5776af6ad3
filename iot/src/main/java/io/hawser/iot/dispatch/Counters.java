package io.hawser.iot.dispatch;

import java.util.concurrent.atomic.AtomicLong;

/** What a dispatcher counts. Callable from any thread. */
final class Counters {
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicLong bytesReceived = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong retried = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();

    void sent(int messages, long bytes) {
        sent.addAndGet(messages);
        bytesSent.addAndGet(bytes);
    }

    void received(int messages, long bytes) {
        received.addAndGet(messages);
        bytesReceived.addAndGet(bytes);
    }

    void retried(int messages) {
        retried.addAndGet(messages);
    }

    void failed() {
        errors.incrementAndGet();
    }

    void reset() {
        for (AtomicLong each : new AtomicLong[] {bytesSent, bytesReceived, received, retried, sent, errors}) {
            each.set(0);
        }
    }

    DispatcherCounters snapshot(double load) {
        return new DispatcherCounters(
                load, bytesSent.get(), bytesReceived.get(), received.get(), retried.get(), sent.get(), errors.get());
    }
}
