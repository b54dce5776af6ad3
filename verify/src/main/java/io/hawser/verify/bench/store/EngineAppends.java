package io.hawser.verify.bench.store;

import java.nio.file.Path;
import java.time.Duration;

/** The local engine: appends for a durable whose client is away. */
final class EngineAppends implements Contender {
    private final LocalEngine engine;
    private long done;

    EngineAppends(Path folder, int bytes) {
        this.engine = new LocalEngine(folder, bytes);
    }

    @Override
    public Measure round(Duration time) {
        long start = System.nanoTime();
        long messages = 0;
        while (System.nanoTime() - start < time.toNanos()) {
            engine.append(engine::admit);
            messages++;
        }
        engine.settle();
        done += messages;
        return new Measure(messages, System.nanoTime() - start);
    }

    /** How many messages came onto the disk with one sync. */
    int batch() {
        return (int) Math.max(1, done / Math.max(1, engine.syncs()));
    }

    @Override
    public void close() {
        engine.close();
    }
}
