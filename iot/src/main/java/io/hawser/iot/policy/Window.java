package io.hawser.iot.policy;

import io.hawser.core.value.Value;
import io.hawser.iot.policy.rule.AttributeFunction.Windowed;
import io.hawser.iot.policy.rule.Statistic;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/**
 * A sliding window over numbers: takes all, and passes one at each moment of its grid that has any in the {@code window}
 * milliseconds before it, the moment itself excluded. Only buckets that hold something are kept, each as long as the greatest
 * common divisor of window and slide, so that both begin and end where a bucket does; without numbers nothing is ever due. Owned
 * by the engine.
 */
final class Window implements Stage {
    private final Statistic statistic;
    private final long window;
    private final long bucket;
    private final Grid grid;
    private final Deque<Bucket> buckets = new ArrayDeque<>();
    private long evaluated = Long.MIN_VALUE;
    private boolean fresh;

    /** What came in from {@code start} on, for the length of a bucket. */
    private record Bucket(long start, Summary numbers) {}

    Window(Windowed function, long assigned) {
        this.statistic = function.statistic();
        this.window = function.window();
        this.bucket = BigInteger.valueOf(window)
                .gcd(BigInteger.valueOf(function.slide()))
                .longValue();
        this.grid = Grid.of(assigned, window, function.slide());
    }

    @Override
    public Optional<Value> apply(Value value, Passage passage) {
        Optional<Double> number = Cast.number(value);
        if (number.isEmpty()) {
            passage.problem("a window takes numbers, and was given a "
                    + value.kind().name().toLowerCase(Locale.ROOT));
            return Optional.empty();
        }
        long time = passage.measured();
        long start = grid.first() + Math.floorDiv(time - grid.first(), bucket) * bucket;
        if (buckets.isEmpty() || buckets.getLast().start() < start) {
            buckets.addLast(new Bucket(start, new Summary()));
        }
        buckets.getLast().numbers().add(number.get());
        fresh = true;
        return Optional.empty();
    }

    /** When it must be evaluated next; {@link Long#MAX_VALUE} if there is nothing to evaluate. */
    long due() {
        while (!buckets.isEmpty()) {
            long start = buckets.getFirst().start();
            long end = grid.atOrAfter(Math.max(start + bucket, evaluated + 1));
            if (end - window <= start) {
                return end;
            }
            buckets.removeFirst();
        }
        return Long.MAX_VALUE;
    }

    /** What the window comes to at {@code moment}, which is due. */
    Optional<Value> evaluate(long moment) {
        Summary all = new Summary();
        for (Bucket each : buckets) {
            if (each.start() >= moment - window && each.start() + bucket <= moment) {
                all.add(each.numbers());
            }
        }
        evaluated = moment;
        fresh = fresh && buckets.getLast().start() + bucket > moment;
        return value(all);
    }

    /** What the numbers come to that were in no evaluation yet, together with those of the window before; it is empty then. */
    Optional<Value> flush(long now) {
        Summary all = new Summary();
        if (due() < Long.MAX_VALUE && fresh) {
            buckets.stream().filter(each -> each.start() >= now - window).forEach(each -> all.add(each.numbers()));
        }
        buckets.clear();
        fresh = false;
        return value(all);
    }

    private Optional<Value> value(Summary all) {
        return all.isEmpty() ? Optional.empty() : Optional.of(Value.of(all.value(statistic)));
    }
}
