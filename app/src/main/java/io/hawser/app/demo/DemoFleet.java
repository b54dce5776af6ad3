package io.hawser.app.demo;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Some copters that connect to one ground station. */
public final class DemoFleet implements AutoCloseable {
    private final List<SimulatedCopter> copters = new ArrayList<>();

    /**
     * Starts them; they connect when the server is there.
     *
     * @param server {@code host:port} of a ground station, ours or an original
     * @param obeyed is told each action that a copter is told, on a thread of that copter
     */
    public DemoFleet(int count, String server, InstantSource clock, Consumer<String> obeyed) {
        for (int number = 1; number <= count; number++) {
            copters.add(new SimulatedCopter("copter-" + number, number, server, clock, obeyed));
        }
    }

    /** How many there are. */
    public int size() {
        return copters.size();
    }

    @Override
    public void close() {
        copters.forEach(SimulatedCopter::close);
    }
}
