package io.hawser.iot.registry.command;

import io.hawser.core.value.Value;
import io.hawser.iot.registry.kept.Edit;
import io.hawser.iot.registry.kept.Image;
import io.hawser.iot.registry.kept.Keeper;
import io.hawser.iot.registry.kept.RegistryException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * All commands. Owner only; every future completes on the owner, when the store has the change, or with a
 * {@link RegistryException}.
 *
 * <p>Recovery: what is in the store is what is true. A command is stored before its operator hears of it, and stored as
 * delivered before it is handed out; so after a kill one that waits goes on waiting, and one that was about to go out is given
 * up when no answer comes. It is never handed out twice.
 *
 * <p>Concurrency: each step of a command is a turn in its name. A command that is in a turn is not handed out, and nothing
 * behind it in its queue is.
 */
public final class Commands {
    private final Keeper keeper;
    private final InstantSource clock;
    private final CommandLimits limits;
    private final Supplier<String> ids;
    private final CommandBook book = new CommandBook();
    private final Image<Command> image;
    private final List<Consumer<Command>> listeners = new ArrayList<>();
    private final Map<CommandState, Long> counts = new EnumMap<>(CommandState.class);
    private final QueueRoom room;
    private final CommandRetention retention;
    private final Map<String, CompletableFuture<Command>> endings = new HashMap<>();
    private long late;
    private long lastNumber;
    private boolean loaded;

    /**
     * The commands in the store, none until they are loaded.
     *
     * @param ids makes ids that nobody can guess
     */
    public Commands(Keeper keeper, InstantSource clock, CommandLimits limits, Supplier<String> ids) {
        this.keeper = keeper;
        this.clock = clock;
        this.limits = limits;
        this.ids = ids;
        this.image = new Image<>(keeper.records(), CommandSchema.COMMANDS, this::changed);
        this.room = new QueueRoom(limits, book, image::size);
        this.retention = new CommandRetention(limits, book);
    }

    /** Reads what is kept; completes on the owner. */
    public CompletableFuture<Void> load() {
        return image.load(keeper.owner()).thenRun(() -> {
            lastNumber = book.lastNumber();
            loaded = true;
        });
    }

    private void changed(Optional<Command> before, Optional<Command> after) {
        book.changed(before, after);
        after.ifPresent(command -> {
            retention.seen(command);
            if (loaded) {
                count(before, command);
                List.copyOf(listeners).forEach(listener -> listener.accept(command));
                end(command);
            }
        });
    }

    private void count(Optional<Command> before, Command command) {
        if (before.map(Command::state).filter(command.state()::equals).isEmpty()) {
            counts.merge(command.state(), 1L, Long::sum);
        } else if (command.late()) {
            late++;
        }
    }

    /**
     * Tells {@code listener} of every command that is new or has changed, on the owner. After that there may be something to hand
     * out to its device.
     */
    public void listen(Consumer<Command> listener) {
        listeners.add(listener);
    }

    private void end(Command command) {
        CompletableFuture<Command> ending = command.state().ended() ? endings.remove(command.id()) : null;
        if (ending != null) {
            ending.complete(command);
        }
    }

    /** Completes, on the owner, when the command {@code id} has ended, however that may be. */
    public CompletableFuture<Command> ended(String id) {
        Optional<Command> command = get(id);
        if (command.isEmpty()) {
            return CompletableFuture.failedFuture(RegistryException.unknown("command " + id));
        }
        return command.get().state().ended()
                ? CompletableFuture.completedFuture(command.get())
                : endings.computeIfAbsent(id, each -> new CompletableFuture<>()).copy();
    }

    /** How many commands have come to {@code state} in this life of the hub. */
    public long count(CommandState state) {
        return counts.getOrDefault(state, 0L);
    }

    /** How many answers came too late in this life of the hub. */
    public long late() {
        return late;
    }

    /** The command with the id {@code id}. */
    public Optional<Command> get(String id) {
        return image.get(id);
    }

    /** The commands that {@code query} wants, the newest first. */
    public List<Command> list(CommandQuery query) {
        Collection<Command> all = query.device().isEmpty()
                ? book.newestFirst()
                : query.device()
                        .flatMap(book::of)
                        .map(DeviceCommands::newestFirst)
                        .orElse(List.of());
        return all.stream()
                .filter(query::wants)
                .skip(query.offset())
                .limit(query.limit())
                .toList();
    }

    /**
     * Queues a command; completes when it can no longer be lost.
     *
     * @param size tells how many bytes it takes on its way to the device, its id included
     */
    public CompletableFuture<Command> queue(CommandOrder order, ToIntFunction<Command> size) {
        try {
            limits.check(order);
            Command raw = new Command(
                    ids.get(),
                    lastNumber + 1,
                    order,
                    0,
                    clock.millis(),
                    CommandState.QUEUED,
                    "",
                    0,
                    0,
                    Optional.empty(),
                    false);
            Command command = raw.sized(size.applyAsInt(raw));
            limits.checkSize(command.size());
            List<Edit> edits = room.make(command).stream()
                    .map(over -> image.remove(over.id()))
                    .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
            edits.add(image.put(command));
            lastNumber++;
            room.reserve(command);
            return keeper.commit(edits, command).whenComplete((done, failure) -> room.release(command));
        } catch (RegistryException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /**
     * Hands out what waits for {@code devices}, the oldest first, as much as a poll accepts. Each is stored as delivered before
     * this completes, and whoever takes it must send it: it is handed out this once.
     *
     * @param devices the endpoint ids of a device, or of a gateway and all behind it
     * @param acceptBytes what the poll says; 0 takes nothing
     */
    public CompletableFuture<Handout> next(Collection<String> devices, int acceptBytes) {
        Handout chosen = new Selection(book, command -> keeper.isBusy(name(command.id()))).choose(devices, acceptBytes);
        if (chosen.commands().isEmpty()) {
            return CompletableFuture.completedFuture(chosen);
        }
        long now = clock.millis();
        List<Command> out = chosen.commands().stream()
                .map(command -> command.handedOut(now))
                .toList();
        return keeper.inTurns(
                out.stream().map(command -> name(command.id())).toList(),
                () -> keeper.commit(out.stream().map(image::put).toList(), new Handout(out, 0)));
    }

    /**
     * Keeps what {@code device} answered. An answer that is too late is shown, but changes nothing; the same answer again changes
     * nothing at all, because devices repeat what they are not sure of.
     *
     * @param id what the answer says as {@code requestId}
     */
    public CompletableFuture<Command> answer(String device, String id, int status, Value.Opaque body) {
        return change(id, command -> {
            if (!command.device().equals(device)) {
                throw RegistryException.invalid("command " + id + " was not for device " + device);
            }
            if (command.delivered() == 0) {
                throw RegistryException.conflict(
                        "command " + id + " is " + command.state() + "; it was never delivered, so nobody can answer");
            }
            boolean known = command.answer().isPresent();
            return known ? command : command.answered(new CommandAnswer(status, body, clock.millis()));
        });
    }

    /** Takes back a command that waits. */
    public CompletableFuture<Command> cancel(String id) {
        return change(id, command -> {
            if (command.state() != CommandState.QUEUED) {
                throw RegistryException.conflict(
                        "command " + id + " is " + command.state() + "; only one that waits can be cancelled");
            }
            return command.over(CommandState.CANCELLED, "cancelled", clock.millis());
        });
    }

    /** Cancels all that waits for {@code device}, which is gone. */
    public CompletableFuture<Void> abandon(String device, String why) {
        List<CompletableFuture<Command>> all = book.of(device).map(DeviceCommands::waiting).orElse(List.of()).stream()
                .map(command -> change(
                        command.id(),
                        each -> each.state() == CommandState.QUEUED
                                ? each.over(CommandState.CANCELLED, why, clock.millis())
                                : each))
                .toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    /** Of whom there are commands. */
    public List<String> devices() {
        return book.devices();
    }

    /** Ends what has waited too long, and removes what has been kept long enough; the owner calls it about once a second. */
    public void tick() {
        long now = clock.millis();
        for (Optional<Command> due = book.due(now); due.isPresent(); due = book.due(now)) {
            Command command = due.get();
            change(command.id(), each -> over(each, now)).whenComplete((done, failure) -> {
                if (failure != null) {
                    book.remind(command);
                }
            });
        }
        List<Edit> old = retention.old(now).stream()
                .map(command -> image.remove(command.id()))
                .toList();
        keeper.commit(old, true);
    }

    private static Command over(Command command, long now) {
        if (command.deadline() > now) {
            return command;
        }
        return command.state() == CommandState.QUEUED
                ? command.over(CommandState.EXPIRED, "no poll came in time", now)
                : command.over(CommandState.FAILED, "no answer", now);
    }

    private CompletableFuture<Command> change(String id, UnaryOperator<Command> step) {
        return keeper.inTurn(name(id), () -> {
            Command before = get(id).orElseThrow(() -> RegistryException.unknown("command " + id));
            Command after = step.apply(before);
            return keeper.commit(after.equals(before) ? List.of() : List.of(image.put(after)), after);
        });
    }

    private static String name(String id) {
        return "command " + id;
    }
}
