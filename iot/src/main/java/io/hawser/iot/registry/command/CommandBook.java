package io.hawser.iot.registry.command;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** The commands that the store has, as they are looked for: by device, by number, by deadline. Owner: the registry's. */
final class CommandBook {
    private record Deadline(long at, long number) {}

    private final Map<String, DeviceCommands> byDevice = new HashMap<>();
    private final TreeMap<Long, Command> byNumber = new TreeMap<>();
    private final TreeMap<Long, Command> ended = new TreeMap<>();
    /** A command may be here more than once, and for what it no longer waits for. */
    private final PriorityQueue<Deadline> deadlines =
            new PriorityQueue<>(Comparator.comparingLong(Deadline::at).thenComparingLong(Deadline::number));

    void changed(Optional<Command> before, Optional<Command> after) {
        before.ifPresent(this::remove);
        after.ifPresent(this::add);
    }

    private void remove(Command command) {
        byNumber.remove(command.number());
        ended.remove(command.number());
        byDevice.computeIfPresent(command.device(), (device, commands) -> {
            commands.remove(command);
            return commands.isEmpty() ? null : commands;
        });
    }

    private void add(Command command) {
        byNumber.put(command.number(), command);
        byDevice.computeIfAbsent(command.device(), device -> new DeviceCommands())
                .add(command);
        if (command.state().ended()) {
            ended.put(command.number(), command);
        } else {
            remind(command);
        }
    }

    /** Gives {@code command} again when its deadline has passed. */
    void remind(Command command) {
        deadlines.add(new Deadline(command.deadline(), command.number()));
    }

    Optional<DeviceCommands> of(String device) {
        return Optional.ofNullable(byDevice.get(device));
    }

    /** Of whom there are commands; a copy. */
    List<String> devices() {
        return List.copyOf(byDevice.keySet());
    }

    long lastNumber() {
        return byNumber.isEmpty() ? 0 : byNumber.lastKey();
    }

    Collection<Command> newestFirst() {
        return Collections.unmodifiableCollection(byNumber.descendingMap().values());
    }

    /** Those that have ended, the oldest first. */
    Collection<Command> ended() {
        return Collections.unmodifiableCollection(ended.values());
    }

    /** Takes a command whose deadline has passed at {@code now}. */
    Optional<Command> due(long now) {
        for (Deadline next = deadlines.peek(); next != null && next.at() <= now; next = deadlines.peek()) {
            deadlines.remove();
            Optional<Command> command = Optional.ofNullable(byNumber.get(next.number()));
            if (command.filter(each -> each.deadline() <= now).isPresent()) {
                return command;
            }
        }
        return Optional.empty();
    }
}
