package io.hawser.iot.registry.command;

import java.util.Optional;
import java.util.Set;

/**
 * Which commands somebody wants to see, the newest first.
 *
 * @param device only those of this device
 * @param application only those of this application
 * @param states only those that are so far
 * @param offset how many are passed over
 * @param limit the most
 */
public record CommandQuery(
        Optional<String> device, Optional<String> application, Set<CommandState> states, int offset, int limit) {
    /** With a copy of the states. */
    public CommandQuery {
        states = Set.copyOf(states);
    }

    /** The newest commands of {@code device}, whatever their state. */
    public static CommandQuery of(String device, int limit) {
        return new CommandQuery(Optional.of(device), Optional.empty(), Set.of(CommandState.values()), 0, limit);
    }

    boolean wants(Command command) {
        return device.map(command.device()::equals).orElse(true)
                && application.map(command.order().application()::equals).orElse(true)
                && states.contains(command.state());
    }
}
