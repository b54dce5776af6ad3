package io.hawser.iot.registry.command;

import java.util.List;

/**
 * What a poll takes.
 *
 * @param commands the commands, each handed out for the only time, in the order in which they go out
 * @param needed 0; or how many bytes a poll must accept to have the next one, if that was too long for it
 *     ({@code specs/iot.md} 1.7, {@code X-min-acceptBytes})
 */
public record Handout(List<Command> commands, int needed) {
    /** With a copy of the commands. */
    public Handout {
        commands = List.copyOf(commands);
    }
}
