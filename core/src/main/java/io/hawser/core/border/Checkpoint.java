package io.hawser.core.border;

import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.Topic;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One direction of a border at work. What is confined to a channel passes as it is, answers to requests therefore too: a
 * border is about the open bus. Requests are kept out, but never thinned. Thread-safe.
 */
public final class Checkpoint {
    private static final Ruling THINNED = new Ruling.Thinned();

    private final String name;
    private final Crossing crossing;
    private final InstantSource clock;
    private final Counters counters;
    private final Meters meters = new Meters();

    /**
     * A checkpoint that has seen nothing.
     *
     * @param name what its user calls it, such as {@code ivy.lab.in}
     * @param clock for rates
     * @param counters where it counts what does not pass
     */
    public Checkpoint(String name, Crossing crossing, InstantSource clock, Counters counters) {
        this.name = name;
        this.crossing = crossing;
        this.clock = clock;
        this.counters = counters;
    }

    /** True if a message can have another name on the other side. */
    public boolean renames() {
        return !crossing.renames().isEmpty();
    }

    /** Says whether {@code message} passes, and as what. Each call counts for the rates. */
    public Ruling judge(Message message) {
        Headers headers = message.headers();
        if (headers.channel().isPresent()) {
            return new Ruling.Passed(message);
        }
        String topic = message.topic().text();
        if (!crossing.admits(topic)) {
            counters.add(Counter.KEPT_AT_BORDER);
            return new Ruling.KeptOut(name + " lets nothing pass on " + topic);
        }
        if (headers.replyTo().isEmpty() && thinned(topic)) {
            counters.add(Counter.THINNED_AT_BORDER);
            return THINNED;
        }
        String other = crossing.renamed(topic);
        if (other.length() > Topic.MAX_LENGTH) {
            counters.add(Counter.KEPT_AT_BORDER);
            return new Ruling.KeptOut(name + " makes a name of " + other.length() + " characters of the topic " + topic
                    + "; the limit is " + Topic.MAX_LENGTH);
        }
        return new Ruling.Passed(other.equals(topic) ? message : message.renamed(new Topic(other)));
    }

    private boolean thinned(String topic) {
        Optional<Rate> rate = crossing.rate(topic);
        if (rate.isEmpty()) {
            return false;
        }
        AtomicLong meter = meters.of(topic);
        return !rate.get().takes(meter, TimeUnit.MILLISECONDS.toNanos(clock.millis()));
    }

    @Override
    public String toString() {
        return name;
    }
}
