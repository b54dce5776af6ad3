package io.hawser.core.border;

import io.hawser.core.match.TopicPattern;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many messages of each topic pass; what is beyond does not. Immutable: what is known of one topic is a number that
 * others keep, and hand in.
 *
 * <pre>
 *   TOPICS 10/s   at most ten a second of each topic, 30/m a minute, 5/h an hour
 *   TOPICS 1:5    the first of every five
 * </pre>
 */
public sealed interface Rate {
    /** The most that can be asked for: so many a time, or one of so many. */
    int MOST = 1_000_000;

    /** The topics that it is for, each for itself. */
    TopicPattern topics();

    /**
     * True if one more message passes now. Callable from any thread.
     *
     * @param meter what is known of the topic; 0 if nothing is
     * @param nanos the time, since any moment that stays the same
     */
    boolean takes(AtomicLong meter, long nanos);

    /**
     * So many each period, all at once if nothing came before, else spread. The meter is the time at which the topic's
     * messages would have ended, had they come evenly.
     *
     * @param count messages
     * @param period in nanoseconds
     */
    record Most(TopicPattern topics, int count, long period) implements Rate {
        @Override
        public boolean takes(AtomicLong meter, long nanos) {
            long step = period / count;
            while (true) {
                long before = meter.get();
                // further ahead than a period means that the clock was set back
                long from = before < nanos || before - nanos > period ? nanos : before;
                if (from - nanos > period - step) {
                    return false;
                }
                if (meter.compareAndSet(before, from + step)) {
                    return true;
                }
            }
        }
    }

    /**
     * One of so many. The meter is how many there were.
     *
     * @param of messages
     */
    record OneOf(TopicPattern topics, int of) implements Rate {
        @Override
        public boolean takes(AtomicLong meter, long nanos) {
            return meter.getAndIncrement() % of == 0;
        }
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException with a text for the user that says what is wrong
     */
    static Rate parse(String line) {
        Matcher parts = Pattern.compile("(\\S+)\\s+(?:([0-9]{1,9})/([smh])|1:([0-9]{1,9}))")
                .matcher(line.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("must be topics and how many of each pass: 'ivy/lab/> 10/s' for ten a"
                    + " second (30/m a minute, 5/h an hour), 'ivy/lab/> 1:5' for one of five");
        }
        TopicPattern topics = TopicPattern.parse(parts.group(1));
        boolean most = parts.group(2) != null;
        int count = Integer.parseInt(most ? parts.group(2) : parts.group(4));
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("must be a number from 1 to " + MOST
                    + (most ? "; to let none of a topic pass, say so in 'not'" : ""));
        }
        if (!most) {
            return new OneOf(topics, count);
        }
        TimeUnit unit = Map.of("s", TimeUnit.SECONDS, "m", TimeUnit.MINUTES, "h", TimeUnit.HOURS)
                .getOrDefault(parts.group(3), TimeUnit.SECONDS);
        return new Most(topics, count, unit.toNanos(1));
    }
}
