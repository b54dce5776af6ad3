package io.hawser.iot.policy;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.policy.rule.DevicePolicy;
import io.hawser.iot.policy.rule.NetworkCost;
import io.hawser.iot.policy.rule.PolicyException;
import io.hawser.iot.policy.rule.PolicyLimits;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotMessage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/**
 * The policy of one device for one model at work ({@code specs/iot.md} 4). Pure, and owned by one thread: whoever calls it hands in the
 * time, sees to what comes out ({@link PolicyResult}), and calls {@link #due} at {@link #nextDue}.
 *
 * <p>Times are milliseconds of a clock that does not go backwards, from wherever it counts; one that does is the newest one heard. What is due at an
 * earlier time than that of a call is done first, so that no value finds itself in the wrong window because a timer was late.
 *
 * <p><b>What is offered together</b> travels together: a formula reads {@code $(x)} as it is on its way, behind the functions that it has
 * passed so far, and as the current value once it was withheld. What arrives is one DATA message, together with the metrics whose
 * attributes have all arrived. Alerts come before it.
 *
 * <p><b>Windows</b> have a value at each end of a slide where anything was measured, and none where nothing was. One message has what is
 * due at one moment.
 *
 * <p><b>Nothing is lost</b> when a policy changes or ends, or the device closes: {@link #assign}, {@link #unassign} and {@link #flush}
 * evaluate windows with what they have so far, and release what a batch holds.
 */
public final class PolicyEngine {
    private final DeviceModel model;
    private final Function<String, Optional<Value>> device;
    private final RandomGenerator random;
    private final LongFunction<IotHead> heads;
    private final Batch batch;
    private final Map<String, Value> passed = new HashMap<>();
    private Lines lines;
    private Optional<DevicePolicy> policy = Optional.empty();
    /** The newest time that was heard, and the moment that is being worked on: not later. */
    private long newest = Long.MIN_VALUE;

    private long now = Long.MIN_VALUE;

    /**
     * An engine that holds what {@code held} kept; say {@link #assign} or {@link #unassign} next.
     *
     * @param current by the name of an attribute the value that the device has; nothing if nobody keeps one, then the last value that
     *     passed its policy counts, else the default. Called while the engine is called
     * @param random for samples
     * @param heads makes the head of a message that is so many milliseconds old: client id, source and event time, by a clock that need
     *     not be that of the engine
     */
    public PolicyEngine(
            DeviceModel model,
            Function<String, Optional<Value>> current,
            HeldMessages held,
            PolicyLimits limits,
            RandomGenerator random,
            LongFunction<IotHead> heads) {
        this.model = model;
        this.device = current;
        this.random = random;
        this.heads = heads;
        this.batch = new Batch(held, limits.maxHeld());
        this.lines = Lines.none(model);
    }

    /** The policy that is followed. */
    public Optional<DevicePolicy> policy() {
        return policy;
    }

    /**
     * From now on {@code next} is followed, and no other. One that is not enabled says nothing.
     *
     * @throws PolicyException if it does not go with the model; what was followed before is followed still
     */
    public PolicyResult assign(DevicePolicy next, long time) throws PolicyException {
        long start = Math.max(newest, time);
        Lines other = Lines.of(model, next.enabled() ? next.attributes() : List.of(), random, start);
        Outcome outcome = begin(time);
        if (policy.isPresent()) {
            flush(outcome);
        }
        next.warnings().forEach(outcome::problem);
        other.warnings().forEach(outcome::problem);
        lines = other;
        policy = Optional.of(next);
        batch.follow(next.enabled() ? next.messages() : Optional.empty(), now, outcome);
        return outcome.result();
    }

    /** From now on no policy is followed. */
    public PolicyResult unassign(long time) {
        Outcome outcome = begin(time);
        flush(outcome);
        lines = Lines.none(model);
        policy = Optional.empty();
        batch.follow(Optional.empty(), now, outcome);
        return outcome.result();
    }

    /**
     * Values that are offered together.
     *
     * @param values by name or alias of the attribute; NaN is ignored, what the model does not take is a problem
     */
    public PolicyResult offer(Fields values, long time) {
        Outcome outcome = begin(time);
        offer(values, Optional.empty(), outcome);
        return outcome.result();
    }

    /**
     * Whole messages of the device. The items of DATA with attributes of the model are offered together, and what arrives stands in that
     * message; all other messages are only held back, or not.
     */
    public PolicyResult offer(List<IotMessage> messages, long time) {
        Outcome outcome = begin(time);
        for (IotMessage message : messages) {
            if (message instanceof IotMessage.Data data && data.format().equals(format())) {
                offer(data.items(), Optional.of(data.head()), outcome);
            } else {
                batch.offer(message, now, outcome);
            }
        }
        return outcome.result();
    }

    /** From now on it costs {@code cost} to send something; ETHERNET until this is called. */
    public PolicyResult networkCost(NetworkCost cost, long time) {
        Outcome outcome = begin(time);
        batch.cost(cost, outcome);
        return outcome.result();
    }

    /** When {@link #due} must be called; nothing if there is no need to. It changes with each call of the engine. */
    public OptionalLong nextDue() {
        long due = Math.min(lines.due(), batch.due());
        return due == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(due);
    }

    /** Evaluates the windows and releases the batches whose time has come. */
    public PolicyResult due(long time) {
        return begin(time).result();
    }

    /** As if all windows and batches ended now: for a device that closes. */
    public PolicyResult flush(long time) {
        Outcome outcome = begin(time);
        flush(outcome);
        return outcome.result();
    }

    /** What is due up to {@code time}, which is now. */
    private Outcome begin(long time) {
        Outcome outcome = new Outcome();
        newest = Math.max(newest, time);
        for (long at = Math.min(lines.due(), batch.due()); at <= newest; at = Math.min(lines.due(), batch.due())) {
            long moment = at;
            now = moment;
            Passage passage = passage(moment - 1, outcome);
            lines.timed().forEach(line -> line.evaluate(moment, passage));
            arrive(passage, Optional.empty(), outcome);
            if (batch.due() <= moment) {
                batch.release(outcome);
            }
        }
        now = newest;
        return outcome;
    }

    private void flush(Outcome outcome) {
        Passage passage = passage(now, outcome);
        lines.timed().forEach(line -> line.flush(now, passage));
        arrive(passage, Optional.empty(), outcome);
        batch.release(outcome);
    }

    private void offer(Fields values, Optional<IotHead> head, Outcome outcome) {
        Passage passage = passage(now, outcome);
        Map<Line, Value> offered = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            String name = values.name(i);
            Value value = values.value(i);
            Optional<Line> line = lines.find(name);
            if (line.isEmpty()) {
                outcome.problem("the model " + model.urn() + " has no attribute " + name);
            } else if (!(value instanceof Value.Real real) || !Double.isNaN(real.value())) {
                line.get().fit(value, passage).ifPresent(fit -> offered.put(line.get(), fit));
            }
        }
        offered.forEach((line, value) -> passage.travels(line.name(), value));
        offered.forEach((line, value) -> line.run(value, passage));
        arrive(passage, head, outcome);
    }

    private Passage passage(long measured, Outcome outcome) {
        return new Passage(model, this::current, outcome, measured);
    }

    private Optional<Value> current(String attribute) {
        return device.apply(attribute)
                .or(() -> Optional.ofNullable(passed.get(attribute)))
                .or(() -> model.attribute(attribute).flatMap(each -> each.defaultValue()));
    }

    /** What has arrived, and alerts on the way, become messages. */
    private void arrive(Passage passage, Optional<IotHead> head, Outcome outcome) {
        lines.compute(passage);
        for (Passage.Raised alert : passage.alerts()) {
            IotHead urgent = head().with(IotHead.Priority.HIGHEST, IotHead.Reliability.BEST_EFFORT);
            batch.offer(alert.message(urgent), now, outcome);
        }
        if (passage.arrived().isEmpty()) {
            return;
        }
        Fields.Builder items = Fields.builder();
        passage.arrived().forEach((name, value) -> {
            items.put(name, value);
            passed.put(name, value);
            outcome.value(name, value);
        });
        batch.offer(new IotMessage.Data(head.orElseGet(this::head), format(), items.build()), now, outcome);
    }

    private IotHead head() {
        return heads.apply(newest - now);
    }

    private String format() {
        return model.urn() + IotMessage.ATTRIBUTES;
    }
}
