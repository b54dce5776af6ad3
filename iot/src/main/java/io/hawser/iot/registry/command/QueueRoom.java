package io.hawser.iot.registry.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** Whether there is room for one more command; those on their way to the store count. Owner: the registry's. */
final class QueueRoom {
    private record Load(int count, long bytes) {
        static final Load NONE = new Load(0, 0);

        Load with(int more, long moreBytes) {
            return new Load(count + more, bytes + moreBytes);
        }
    }

    private final CommandLimits limits;
    private final CommandBook book;
    private final IntSupplier kept;
    private final Map<String, Load> coming = new HashMap<>();
    private int comingInAll;

    QueueRoom(CommandLimits limits, CommandBook book, IntSupplier kept) {
        this.limits = limits;
        this.book = book;
        this.kept = kept;
    }

    /** Refuses {@code command} if there is no room for it, or says which ones that have ended must go for it. */
    List<Command> make(Command command) {
        Load load = coming.getOrDefault(command.device(), Load.NONE);
        int count = book.of(command.device())
                .map(commands -> commands.waiting().size())
                .orElse(0);
        long bytes = book.of(command.device()).map(DeviceCommands::waitingBytes).orElse(0L);
        limits.checkQueue(command.device(), count + load.count(), bytes + load.bytes(), command.size());
        int all = kept.getAsInt() + comingInAll;
        if (all < limits.all()) {
            return List.of();
        }
        List<Command> old = book.ended().stream().limit(all - limits.all() + 1L).toList();
        limits.checkAll(all - old.size());
        return old;
    }

    void reserve(Command command) {
        coming.merge(command.device(), new Load(1, command.size()), (a, b) -> a.with(b.count(), b.bytes()));
        comingInAll++;
    }

    void release(Command command) {
        coming.computeIfPresent(command.device(), (device, load) -> {
            Load less = load.with(-1, -command.size());
            return less.equals(Load.NONE) ? null : less;
        });
        comingInAll--;
    }
}
