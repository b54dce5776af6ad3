package io.hawser.app.bench;

/** Parties at a hub that do one thing again and again. Belongs to one command. */
interface Load extends AutoCloseable {
    /**
     * Does it once more; when it has ended, {@link Measure} is told, on any thread.
     *
     * @param n 0 for the first
     * @param due since when it counts, as {@link System#nanoTime} has it
     */
    void begin(long n, long due);

    /** How often {@link Measure} is told of each. */
    default int endings() {
        return 1;
    }

    /** Leaves the hub as it was. */
    @Override
    void close();
}
