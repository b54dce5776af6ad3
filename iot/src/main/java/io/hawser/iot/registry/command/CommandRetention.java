package io.hawser.iot.registry.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which commands that have ended have been kept long enough: by age, and by their number of each device. Owner: the registry's. */
final class CommandRetention {
    /** How many go at once; a commit makes no more changes. */
    private static final int MOST = 1_000;

    private static final long SWEEP_MILLIS = 60_000;

    private final CommandLimits limits;
    private final CommandBook book;
    private final Set<String> crowded = new HashSet<>();
    private long swept;

    CommandRetention(CommandLimits limits, CommandBook book) {
        this.limits = limits;
        this.book = book;
    }

    /** Looks whether the device of {@code command} has too many of them now. */
    void seen(Command command) {
        int ended = book.of(command.device()).map(DeviceCommands::ended).orElse(0);
        if (ended > limits.ended()) {
            crowded.add(command.device());
        }
    }

    /** Those that can go. Until they have gone they may be told again. */
    List<Command> old(long now) {
        Set<Command> old = new LinkedHashSet<>();
        for (String device : List.copyOf(crowded)) {
            if (old.size() < MOST) {
                crowded.remove(device);
                old.addAll(tooMany(device));
            }
        }
        if (now - swept >= SWEEP_MILLIS) {
            swept = now;
            long oldest = now - limits.keep().toMillis();
            book.ended().stream().filter(command -> command.ended() < oldest).forEach(old::add);
        }
        return new ArrayList<>(old).subList(0, Math.min(old.size(), MOST));
    }

    private List<Command> tooMany(String device) {
        return book.of(device).stream()
                .flatMap(commands -> commands.oldestFirst().stream()
                        .filter(command -> command.state().ended())
                        .limit(Math.max(0, commands.ended() - limits.ended())))
                .toList();
    }
}
