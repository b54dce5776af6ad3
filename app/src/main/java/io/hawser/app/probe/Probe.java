package io.hawser.app.probe;

import io.hawser.app.text.SafeText;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A probe on one or several Ivy buses: shows what happens there, and says on all of them what it is told to.
 *
 * <p>Its commands are for one thread; {@link #joined}, {@link #left} and {@link #end} are called on callback threads.
 */
public final class Probe implements AutoCloseable {
    private final ProbeScreen screen;
    private final Runnable onEnd;
    private final int awaited;
    private final CountDownLatch everybodyIsThere;
    private final List<ProbeBus> buses = new ArrayList<>();
    private volatile boolean showsBindings;
    private volatile boolean ended;
    private int present;

    /**
     * Joins the buses.
     *
     * @param onEnd called, on any thread, when somebody wants the probe to end
     * @throws IllegalArgumentException with a text for the user if a wish makes no sense
     * @throws io.hawser.net.CannotListenException if a port cannot be bound
     */
    public Probe(ProbeWishes wishes, ProbeScreen screen, Runnable onEnd) {
        this.screen = screen;
        this.onEnd = onEnd;
        this.awaited = wishes.awaited();
        this.everybodyIsThere = new CountDownLatch(awaited > 0 ? 1 : 0);
        this.showsBindings = wishes.showsBindings();
        wishes.regexps().forEach(regexp -> screen.show(SafeText.of("Binding to '" + regexp + "'")));
        try {
            for (String domain : wishes.buses()) {
                String prefix = wishes.buses().size() == 1 ? "" : "[" + domain + "] ";
                buses.add(new ProbeBus(this, wishes, domain, prefix));
            }
            wishes.regexps().forEach(regexp -> buses.forEach(bus -> bus.bind(regexp)));
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /** Returns when as many agents are there as were waited for. */
    public void awaitEverybody() throws InterruptedException {
        everybodyIsThere.await();
    }

    /** Says {@code TEST TIMER 1} every second and {@code TEST TIMER 5} five times every five, as ivyprobe's switch does. */
    public void startTimers(InstantSource clock) {
        ProbeBus first = buses.get(0);
        first.agent().every(Duration.ofSeconds(1), new Tick(clock, 1));
        first.agent().repeat(5, Duration.ofSeconds(5), new Tick(clock, 5));
    }

    /** The buses, in the order in which they were named. */
    List<ProbeBus> buses() {
        return List.copyOf(buses);
    }

    ProbeScreen screen() {
        return screen;
    }

    boolean showsBindings() {
        return showsBindings;
    }

    void toggleBindings() {
        showsBindings = !showsBindings;
    }

    synchronized void joined() {
        present++;
        if (present >= awaited) {
            everybodyIsThere.countDown();
        }
    }

    synchronized void left() {
        present--;
    }

    void end() {
        ended = true;
        onEnd.run();
    }

    /** True if somebody wants the probe to end. */
    public boolean ended() {
        return ended;
    }

    /** Says goodbye on all buses. */
    @Override
    public void close() {
        buses.forEach(ProbeBus::close);
    }

    /** One of ivyprobe's test timers. */
    private final class Tick implements Runnable {
        private final InstantSource clock;
        private final int number;
        private long before;

        Tick(InstantSource clock, int number) {
            this.clock = clock;
            this.number = number;
            this.before = clock.millis();
        }

        @Override
        public void run() {
            long now = clock.millis();
            screen.show("Timer callback: " + number + " delta " + (now - before) + " ms");
            before = now;
            buses.forEach(bus -> bus.send("TEST TIMER " + number));
        }
    }
}
