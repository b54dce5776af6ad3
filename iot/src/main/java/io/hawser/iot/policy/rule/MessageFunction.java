package io.hawser.iot.policy.rule;

import io.hawser.iot.wire.IotMessage.Severity;

/**
 * How a policy holds whole messages back and releases them together ({@code specs/iot.md} 4.2). The family is closed; {@link #to}
 * makes dispatch total.
 */
public sealed interface MessageFunction {
    /** An alert that is as bad as this, or worse, is not held, and releases what is. */
    Severity alertSeverity();

    /** What {@code kinds} makes of this kind of function. */
    <T> T to(Kinds<T> kinds);

    /**
     * Each kind of function.
     *
     * @param <T> what is made of it
     */
    interface Kinds<T> {
        /** Releases a number of messages. */
        T batchBySize(BatchBySize function);

        /** Releases in an interval. */
        T batchByTime(BatchByTime function);

        /** Releases when sending is cheap. */
        T batchByCost(BatchByCost function);
    }

    /** {@code batchBySize}: as soon as there are {@code size} messages. */
    record BatchBySize(int size, Severity alertSeverity) implements MessageFunction {
        @Override
        public <T> T to(Kinds<T> kinds) {
            return kinds.batchBySize(this);
        }
    }

    /** {@code batchByTime}: once every {@code delay} milliseconds. */
    record BatchByTime(long delay, Severity alertSeverity) implements MessageFunction {
        @Override
        public <T> T to(Kinds<T> kinds) {
            return kinds.batchByTime(this);
        }
    }

    /** {@code batchByCost}: while the network costs no more than {@code most}. */
    record BatchByCost(NetworkCost most, Severity alertSeverity) implements MessageFunction {
        @Override
        public <T> T to(Kinds<T> kinds) {
            return kinds.batchByCost(this);
        }
    }
}
