package io.hawser.iot.policy;

import io.hawser.iot.policy.rule.MessageFunction;
import io.hawser.iot.policy.rule.NetworkCost;
import io.hawser.iot.wire.IotMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The messages of one device and model that a policy holds back. DATA and ALERT alone are held; a request is answered at once. Owned by
 * the engine.
 */
final class Batch {
    private final HeldMessages kept;
    private final int most;
    private final List<IotMessage> held;
    private Optional<MessageFunction> function = Optional.empty();
    private Optional<Grid> grid = Optional.empty();
    private NetworkCost cost = NetworkCost.ETHERNET;
    private long due = Long.MAX_VALUE;

    /** With what was held when the program ended. */
    Batch(HeldMessages kept, int most) {
        this.kept = kept;
        this.most = most;
        this.held = new ArrayList<>(kept.load());
    }

    /** From now on {@code next} says what is held. */
    void follow(Optional<MessageFunction> next, long now, Outcome outcome) {
        function = next;
        grid = next.flatMap(each -> each.to(new Delays(now)));
        due = Long.MAX_VALUE;
        if (ready(held.size())) {
            release(outcome);
        } else if (!held.isEmpty()) {
            await(now);
        }
    }

    /** What was held when the program ended waits until it is known what is followed now. */
    void cost(NetworkCost current, Outcome outcome) {
        cost = current;
        if (function.isPresent() && ready(held.size())) {
            release(outcome);
        }
    }

    void offer(IotMessage message, long now, Outcome outcome) {
        if (!(message instanceof IotMessage.Data) && !(message instanceof IotMessage.Alert)) {
            outcome.message(message);
        } else if (urgent(message) || ready(held.size() + 1)) {
            release(outcome);
            outcome.message(message);
        } else {
            if (held.isEmpty()) {
                await(now);
            }
            held.add(message);
            kept.add(message);
        }
    }

    /** When what is held must go; {@link Long#MAX_VALUE} if it can wait for ever. */
    long due() {
        return due;
    }

    void release(Outcome outcome) {
        due = Long.MAX_VALUE;
        if (!held.isEmpty()) {
            outcome.messages(held);
            kept.release(List.copyOf(held));
            held.clear();
        }
    }

    private void await(long now) {
        due = grid.map(each -> each.atOrAfter(now + 1)).orElse(Long.MAX_VALUE);
    }

    private boolean urgent(IotMessage message) {
        return message instanceof IotMessage.Alert alert
                && function.isPresent()
                && alert.severity().compareTo(function.get().alertSeverity()) >= 0;
    }

    /** True if {@code count} messages must not be held. */
    private boolean ready(int count) {
        return count >= most || function.isEmpty() || function.get().to(new Ready(count, cost));
    }

    /** Whether so many messages go, at such a cost. */
    private record Ready(int count, NetworkCost cost) implements MessageFunction.Kinds<Boolean> {
        @Override
        public Boolean batchBySize(MessageFunction.BatchBySize function) {
            return count >= function.size();
        }

        @Override
        public Boolean batchByTime(MessageFunction.BatchByTime function) {
            return false;
        }

        @Override
        public Boolean batchByCost(MessageFunction.BatchByCost function) {
            return cost.compareTo(function.most()) <= 0;
        }
    }

    /** When messages go whatever else, under a policy that was assigned at {@code assigned}. */
    private record Delays(long assigned) implements MessageFunction.Kinds<Optional<Grid>> {
        @Override
        public Optional<Grid> batchBySize(MessageFunction.BatchBySize function) {
            return Optional.empty();
        }

        @Override
        public Optional<Grid> batchByTime(MessageFunction.BatchByTime function) {
            return Optional.of(Grid.of(assigned, function.delay(), function.delay()));
        }

        @Override
        public Optional<Grid> batchByCost(MessageFunction.BatchByCost function) {
            return Optional.empty();
        }
    }
}
