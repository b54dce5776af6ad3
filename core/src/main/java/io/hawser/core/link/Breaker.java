package io.hawser.core.link;

import io.hawser.core.message.Message;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Ends storms on one path: where a program of somebody else's carries messages in a circle, no number tells that they have
 * been here. But the same fields come on the same topic, faster and faster. When they do more often than the limits allow, the
 * path is interrupted for a while, in which whatever goes round comes to its end.
 *
 * <p>Looks at the last thousand different messages alone. Owner: the loop of the path.
 */
public final class Breaker {
    private static final int MOST_DIFFERENT = 1_000;

    /**
     * What counts as a storm.
     *
     * @param times how often the same message may come; 0: as often as it likes
     * @param within in so long
     * @param pause how long the path is interrupted then
     */
    public record Limits(int times, Duration within, Duration pause) {
        /** No storm is looked for. */
        public static final Limits NONE = new Limits(0, Duration.ofSeconds(1), Duration.ofSeconds(10));

        /** 200 a second; then nothing for ten seconds. */
        public static final Limits DEFAULT = new Limits(200, Duration.ofSeconds(1), Duration.ofSeconds(10));
    }

    /** How often one message has come since {@code since}. */
    private static final class Round {
        long since;
        int times;
    }

    private final Limits limits;
    private final LongSupplier nanoTime;
    private final Consumer<Message> storm;
    private final Map<Long, Round> rounds = new Recent<>(MOST_DIFFERENT);
    private long until;
    private boolean open;
    private long storms;
    private long held;

    /** A breaker on a path where nothing has come; {@code storm} hears of the message that interrupts it. */
    public Breaker(Limits limits, LongSupplier nanoTime, Consumer<Message> storm) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.storm = storm;
    }

    /** What counts as a storm. */
    public Limits limits() {
        return limits;
    }

    /** True if {@code message} may go on; else it ends here. */
    public boolean passes(Message message) {
        return limits.times() == 0 || passes(message, message.fields());
    }

    /** The same of a message that is no other than {@code content} tells, its text for example. */
    public boolean passes(Message message, Object content) {
        if (limits.times() == 0) {
            return true;
        }
        long now = nanoTime.getAsLong();
        if (isOpen(now)) {
            held++;
            return false;
        }
        long key = ((long) message.topic().text().hashCode() << Integer.SIZE) ^ content.hashCode();
        Round round = rounds.computeIfAbsent(key, first -> new Round());
        if (round.times == 0 || now - round.since > limits.within().toNanos()) {
            round.since = now;
            round.times = 0;
        }
        if (++round.times <= limits.times()) {
            return true;
        }
        open = true;
        until = now + limits.pause().toNanos();
        rounds.clear();
        storms++;
        held++;
        storm.accept(message);
        return false;
    }

    /** True if the path is interrupted. */
    public boolean isOpen() {
        return isOpen(nanoTime.getAsLong());
    }

    private boolean isOpen(long now) {
        open = open && now - until < 0;
        return open;
    }

    /** How often it has interrupted the path. */
    public long storms() {
        return storms;
    }

    /** How many messages have ended here. */
    public long held() {
        return held;
    }
}
