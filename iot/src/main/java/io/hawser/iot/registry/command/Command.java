package io.hawser.iot.registry.command;

import java.util.Optional;

/**
 * A command and what became of it.
 *
 * @param id what the device's answer names
 * @param number 1 for the first of the hub; commands of a device are handed out by growing numbers
 * @param order what is asked
 * @param size how many bytes it takes on its way to the device
 * @param created when, in milliseconds since the epoch
 * @param state how far it is
 * @param reason why it ended, for people; empty if it is done or goes on
 * @param delivered when it was handed out; 0 if it was not
 * @param ended when it ended; 0 if it goes on
 * @param answer what the device answered, if it did
 * @param late whether the answer came when it had been given up
 */
public record Command(
        String id,
        long number,
        CommandOrder order,
        int size,
        long created,
        CommandState state,
        String reason,
        long delivered,
        long ended,
        Optional<CommandAnswer> answer,
        boolean late) {
    /** The endpoint id of who is asked. */
    public String device() {
        return order.device();
    }

    /** When something happens to it if nothing else does; the end of time for one that has ended. */
    long deadline() {
        return switch (state) {
            case QUEUED -> created + order.timeToLive().toMillis();
            case DELIVERED -> delivered + order.answerTimeout().toMillis();
            case COMPLETED, FAILED, EXPIRED, CANCELLED -> Long.MAX_VALUE;
        };
    }

    /** What it takes of a poll's {@code acceptBytes}: the device keeps two bytes of length with it ({@code specs/iot.md} 1.7). */
    public int cost() {
        return size + 2;
    }

    Command sized(int newSize) {
        return new Command(id, number, order, newSize, created, state, reason, delivered, ended, answer, late);
    }

    Command handedOut(long now) {
        return new Command(
                id, number, order, size, created, CommandState.DELIVERED, "", now, 0, Optional.empty(), false);
    }

    Command over(CommandState how, String why, long now) {
        return new Command(id, number, order, size, created, how, why, delivered, now, Optional.empty(), false);
    }

    /** Answered in time, or {@link #late}: then it stays what it is. */
    Command answered(CommandAnswer said) {
        Optional<CommandAnswer> known = Optional.of(said);
        if (state.ended()) {
            return new Command(id, number, order, size, created, state, reason, delivered, ended, known, true);
        }
        boolean done = said.status() >= 100 && said.status() < 400;
        CommandState how = done ? CommandState.COMPLETED : CommandState.FAILED;
        String why = done ? "" : "the device answered " + said.status();
        return new Command(id, number, order, size, created, how, why, delivered, said.at(), known, false);
    }
}
