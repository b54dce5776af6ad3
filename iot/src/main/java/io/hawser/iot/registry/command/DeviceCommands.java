package io.hawser.iot.registry.command;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/** The commands of one device, by number: those that wait, and all. Owner: the registry's. */
final class DeviceCommands {
    private final TreeMap<Long, Command> all = new TreeMap<>();
    private final TreeMap<Long, Command> waiting = new TreeMap<>();
    private long waitingBytes;
    private int ended;

    void add(Command command) {
        all.put(command.number(), command);
        if (command.state() == CommandState.QUEUED) {
            waiting.put(command.number(), command);
            waitingBytes += command.size();
        }
        if (command.state().ended()) {
            ended++;
        }
    }

    void remove(Command command) {
        all.remove(command.number());
        if (waiting.remove(command.number()) != null) {
            waitingBytes -= command.size();
        }
        if (command.state().ended()) {
            ended--;
        }
    }

    /** The one to hand out after the one with {@code number}. */
    Optional<Command> after(long number) {
        return Optional.ofNullable(waiting.higherEntry(number)).map(entry -> entry.getValue());
    }

    Collection<Command> waiting() {
        return waiting.values();
    }

    long waitingBytes() {
        return waitingBytes;
    }

    int ended() {
        return ended;
    }

    /** The newest first. */
    Collection<Command> newestFirst() {
        return all.descendingMap().values();
    }

    Collection<Command> oldestFirst() {
        return all.values();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }
}
