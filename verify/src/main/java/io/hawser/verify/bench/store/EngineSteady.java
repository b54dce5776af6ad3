package io.hawser.verify.bench.store;

import io.hawser.core.store.durable.StoredMessage;
import java.nio.file.Path;
import java.time.Duration;

/** The local engine: each message is appended, handed out and acknowledged; the window counts what is not acknowledged. */
final class EngineSteady implements Contender {
    private final LocalEngine engine;

    EngineSteady(Path folder, int bytes) {
        this.engine = new LocalEngine(folder, bytes);
        engine.consume(
                (consumer, messages) -> {
                    consumer.acknowledge(
                            messages.stream().map(StoredMessage::id).toList());
                    consumer.request(messages.size());
                    messages.forEach(message -> engine.admit());
                },
                WINDOW);
    }

    @Override
    public Measure round(Duration time) {
        long start = System.nanoTime();
        long messages = 0;
        while (System.nanoTime() - start < time.toNanos()) {
            engine.append(() -> {});
            messages++;
        }
        engine.settle();
        return new Measure(messages, System.nanoTime() - start);
    }

    @Override
    public void close() {
        engine.close();
    }
}
