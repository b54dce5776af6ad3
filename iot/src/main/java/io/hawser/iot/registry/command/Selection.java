package io.hawser.iot.registry.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * What a poll takes of the queues of several devices: the oldest first, each queue in its order. Pure.
 *
 * @param book all commands
 * @param busy says whether something is happening to a command just now
 */
record Selection(CommandBook book, Predicate<Command> busy) {
    /** The most commands of one poll; a commit makes no more changes. */
    private static final int MOST = 500;

    /** As much as {@code acceptBytes} allow; where the next one of a queue is too long, nothing behind it goes before it. */
    Handout choose(Collection<String> devices, int acceptBytes) {
        if (acceptBytes <= 0) {
            return new Handout(List.of(), 0);
        }
        PriorityQueue<Command> heads = new PriorityQueue<>(Comparator.comparingLong(Command::number));
        devices.forEach(device -> after(device, 0).ifPresent(heads::add));
        List<Command> chosen = new ArrayList<>();
        int room = acceptBytes;
        int needed = 0;
        for (Command head = heads.poll(); head != null && chosen.size() < MOST; head = heads.poll()) {
            if (head.cost() <= room) {
                chosen.add(head);
                room -= head.cost();
                after(head.device(), head.number()).ifPresent(heads::add);
            } else if (needed == 0) {
                needed = head.cost();
            }
        }
        return new Handout(chosen, chosen.isEmpty() ? needed : 0);
    }

    private Optional<Command> after(String device, long number) {
        return book.of(device).flatMap(commands -> commands.after(number)).filter(busy.negate());
    }
}
