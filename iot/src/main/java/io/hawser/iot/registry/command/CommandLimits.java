package io.hawser.iot.registry.command;

import io.hawser.iot.registry.kept.RegistryException;
import java.time.Duration;

/**
 * How many commands wait, and how many that have ended are kept.
 *
 * @param bytes the longest command on its way to a device; the buffer of the original's library takes no longer one
 *     ({@code specs/iot.md} 1.7)
 * @param queue the most commands that wait for one device
 * @param queueBytes the most bytes that wait for one device
 * @param all the most commands in all, ended ones included
 * @param ended the most commands of one device that are kept when they have ended
 * @param keep for how long one that has ended is kept
 * @param patience the longest time to live and the longest time for an answer
 */
public record CommandLimits(
        int bytes, int queue, long queueBytes, int all, int ended, Duration keep, Duration patience) {
    /** Commands of 4,188 bytes, 1,000 and 1 MiB in a queue, 200,000 in all; of each device the last 100 for 30 days. */
    public static final CommandLimits DEFAULT =
            new CommandLimits(4_188, 1_000, 1 << 20, 200_000, 100, Duration.ofDays(30), Duration.ofDays(366));

    /** These limits with another queue. */
    public CommandLimits withQueue(int newQueue, long newQueueBytes) {
        return new CommandLimits(bytes, newQueue, newQueueBytes, all, ended, keep, patience);
    }

    /** These limits with another number of commands in all. */
    public CommandLimits withAll(int newAll) {
        return new CommandLimits(bytes, queue, queueBytes, newAll, ended, keep, patience);
    }

    /** These limits with another retention. */
    public CommandLimits withKept(int newEnded, Duration newKeep) {
        return new CommandLimits(bytes, queue, queueBytes, all, newEnded, newKeep, patience);
    }

    void check(CommandOrder order) {
        checkTime("the time to live", order.timeToLive());
        checkTime("the time for an answer", order.answerTimeout());
        if (order.method().isBlank() || order.url().isBlank()) {
            throw RegistryException.invalid("a command needs a method and a URL; give both");
        }
    }

    private void checkTime(String what, Duration time) {
        if (time.isNegative() || time.isZero() || time.compareTo(patience) > 0) {
            throw RegistryException.invalid(
                    what + " is " + time.toSeconds() + " s; give 1 to " + patience.toSeconds() + " s");
        }
    }

    void checkSize(int size) {
        if (size > bytes) {
            throw RegistryException.limit("the command takes " + size
                    + " bytes on its way to the device, and no device takes more than " + bytes + "; make it shorter");
        }
    }

    void checkQueue(String device, int count, long waiting, int size) {
        if (count >= queue) {
            throw RegistryException.limit(count + " commands wait for device " + device + ", and the limit is " + queue
                    + "; cancel some, or wait until it polls");
        }
        if (waiting + size > queueBytes) {
            throw RegistryException.limit("commands of " + waiting + " bytes wait for device " + device
                    + ", and the limit is " + queueBytes + "; cancel some, or wait until it polls");
        }
    }

    void checkAll(int count) {
        if (count >= all) {
            throw RegistryException.limit(
                    "there are " + count + " commands, and the limit is " + all + "; keep fewer that have ended");
        }
    }
}
