package io.hawser.core.trace;

import io.hawser.core.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells traces what happens to messages. Callable from any thread. Where nobody traces, asking costs one read of a volatile field;
 * {@link #MOST} at a time may, each for {@link #LONGEST} at most.
 */
public final class Tracer {
    /** So many traces at a time. */
    public static final int MOST = 4;

    /** The longest a trace may go on. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /** Those that go on, and when it is; null if there are none. */
    private record Open(List<Trace> traces, InstantSource clock) {}

    private volatile @Nullable Open open;
    private long last;

    /** Nobody traces. */
    public Tracer() {}

    /** True if somebody traces. */
    public boolean on() {
        return open != null;
    }

    /**
     * {@code step} has happened to {@code message}.
     *
     * @param to who it is about beside whoever said it; empty if nobody
     */
    public void note(TraceStep step, Message message, String to, String detail) {
        Open now = open;
        if (now != null) {
            Instant time = now.clock().instant();
            now.traces().forEach(trace -> trace.note(time, step, message, to, detail));
        }
    }

    /**
     * Begins one more trace.
     *
     * @param time how long it goes on, unless it is ended before
     * @param messages what it is about
     * @param parties who it is about, by their names
     * @param clock the hub's
     * @return empty if there are {@link #MOST} already
     * @throws IllegalArgumentException with a text for the user if {@code time} is no time or too long
     */
    public synchronized Optional<Trace> begin(
            Duration time, Predicate<Message> messages, Predicate<String> parties, InstantSource clock) {
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a trace goes on for 1 s to " + LONGEST.toSeconds() + " s");
        }
        List<Trace> going = going(clock);
        if (going.size() >= MOST) {
            return Optional.empty();
        }
        Trace trace = new Trace(Long.toString(++last), clock.instant().plus(time), messages, parties);
        open = new Open(Stream.concat(going.stream(), Stream.of(trace)).toList(), clock);
        return Optional.of(trace);
    }

    /** Those that go on; those whose time is over are forgotten. */
    public synchronized List<Trace> going(InstantSource clock) {
        Open now = open;
        if (now == null) {
            return List.of();
        }
        Instant time = clock.instant();
        List<Trace> going = now.traces().stream()
                .filter(trace -> time.isBefore(trace.until()))
                .toList();
        keep(going, clock);
        return going;
    }

    /** Ends {@code trace}. */
    public synchronized void end(Trace trace) {
        Open now = open;
        if (now != null) {
            keep(now.traces().stream().filter(each -> each != trace).toList(), now.clock());
        }
    }

    private void keep(List<Trace> traces, InstantSource clock) {
        open = traces.isEmpty() ? null : new Open(traces, clock);
    }
}
