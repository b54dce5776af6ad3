package io.hawser.iot.device.virtual;

import io.hawser.core.value.Fields;
import io.hawser.iot.model.AttributeValues;
import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.policy.ActionCall;
import io.hawser.iot.policy.HeldMessages;
import io.hawser.iot.policy.MemoryHeldMessages;
import io.hawser.iot.policy.PolicyEngine;
import io.hawser.iot.policy.PolicyResult;
import io.hawser.iot.policy.rule.DevicePolicy;
import io.hawser.iot.policy.rule.NetworkCost;
import io.hawser.iot.policy.rule.PolicyException;
import io.hawser.iot.policy.rule.PolicyLimits;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotMessage;
import io.hawser.net.Loop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policies of one virtual device at work ({@code specs/iot.md} 4). Owner: the virtual device's monitor, in which each method is called. */
final class PolicyDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyDesk.class);

    private final VirtualDevice device;
    private final AttributeValues attributes;
    private final Outlet outlet;
    private final Consumer<ActionCall> actions;
    private final PolicyEngine engine;
    private Optional<Loop.Timer> timer = Optional.empty();

    /** No policy is known yet, and what another program held is held still; {@code actions} calls what policies say, and returns at once. */
    PolicyDesk(VirtualDevice device, AttributeValues attributes, Outlet outlet, Consumer<ActionCall> actions) {
        this.device = device;
        this.attributes = attributes;
        this.outlet = outlet;
        this.actions = actions;
        DeviceModel model = device.getDeviceModel();
        this.engine = new PolicyEngine(
                model,
                name -> attributes.get(attributes.known(name)),
                held(model),
                PolicyLimits.DEFAULT,
                new Random(),
                age -> IotHead.of(
                        UUID.randomUUID().toString(),
                        device.getEndpointId(),
                        outlet.clock().millis() - age));
    }

    private HeldMessages held(DeviceModel model) {
        return outlet.batches()
                .<HeldMessages>map(table -> new KeptBatch(table, device.getEndpointId(), model.urn()))
                .orElseGet(MemoryHeldMessages::new);
    }

    Optional<DevicePolicy> policy() {
        return engine.policy();
    }

    /** From now on this policy is followed, or none; what the one before held is let go. */
    void follow(Optional<DevicePolicy> policy) throws PolicyException {
        done(policy.isPresent() ? engine.assign(policy.get(), now()) : engine.unassign(now()));
    }

    /** From now on it costs so much to send something. */
    void networkCost(NetworkCost cost) {
        done(engine.networkCost(cost, now()));
    }

    /** Offers values that fit the model; completes when the server has what of them is sent now. */
    CompletableFuture<Void> offer(Fields values) {
        return done(engine.offer(values, now()));
    }

    /** What is to be queued now in the place of {@code messages}. */
    List<IotMessage> filter(List<IotMessage> messages) {
        return took(engine.offer(messages, now()));
    }

    /** What was held back, as the device is being closed. */
    List<IotMessage> release() {
        timer.ifPresent(Loop.Timer::cancel);
        return took(engine.flush(now()));
    }

    void due() {
        done(engine.due(now()));
    }

    private CompletableFuture<Void> done(PolicyResult result) {
        return CompletableFuture.allOf(took(result).stream()
                .map(message -> outlet.put(message, failure -> device.undelivered(message, failure)))
                .toArray(CompletableFuture[]::new));
    }

    /** Does all but queue the messages, which are returned. */
    private List<IotMessage> took(PolicyResult result) {
        attributes.put(result.values());
        result.calls().forEach(actions);
        result.problems().forEach(problem -> LOG.warn("iot[{}] a policy: {}", device, problem));
        plan();
        return result.messages();
    }

    private void plan() {
        timer.ifPresent(Loop.Timer::cancel);
        OptionalLong next = engine.nextDue();
        timer = next.isEmpty()
                ? Optional.empty()
                : Optional.of(outlet.loop()
                        .schedule(Duration.ofMillis(Math.max(1, next.getAsLong() - now())), () -> outlet.workers()
                                .execute(device::policiesAreDue)));
    }

    /** Not the clock of messages, which jumps when the server corrects it. */
    private long now() {
        return TimeUnit.NANOSECONDS.toMillis(outlet.loop().nanoTime());
    }
}
