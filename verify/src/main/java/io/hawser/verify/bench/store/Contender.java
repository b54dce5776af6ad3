package io.hawser.verify.bench.store;

import java.io.IOException;
import java.time.Duration;

/** One system that does what a scenario asks, with what it needs at hand. Owner: the benchmark's thread. */
interface Contender extends AutoCloseable {
    /** How far a publisher may be ahead of what is acknowledged. */
    int WINDOW = 1000;

    /**
     * What a round came to.
     *
     * @param messages how many were done
     * @param nanos in how long
     */
    record Measure(long messages, long nanos) {
        double perSecond() {
            return messages * 1e9 / nanos;
        }
    }

    /** Goes on for {@code time}, then finishes what is under way. */
    Measure round(Duration time) throws IOException;

    /** The processor time that it has taken so far, in this process and in one of its own. */
    default Duration processorTime() {
        return processorTime(ProcessHandle.current());
    }

    /** The processor time that {@code process} has taken; zero where the system does not say. */
    static Duration processorTime(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    void close() throws IOException;
}
