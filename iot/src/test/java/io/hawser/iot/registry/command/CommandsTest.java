package io.hawser.iot.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Value;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.Devices;
import io.hawser.iot.registry.Registration;
import io.hawser.iot.registry.RegistryLimits;
import io.hawser.iot.registry.Scene;
import io.hawser.iot.registry.kept.RegistryException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a command, step by step, and across lives of the hub. */
class CommandsTest {
    private static final int SIZE = 100;
    private static final Value.Opaque BODY = new Value.Opaque(new byte[] {1, 2});

    @TempDir
    private Path temp;

    private Scene scene = Scene.inMemory();
    private final String lab =
            scene.done(scene.registry().applications().add("lab", "", Map.of())).id();
    private final String device = register("DEV-1");

    @AfterEach
    void end() {
        scene.close();
    }

    private String register(String hardwareId) {
        Devices devices = scene.registry().devices();
        Device registered = scene.done(devices.register(Registration.of(hardwareId, lab)));
        return registered.id();
    }

    private Commands commands() {
        return scene.registry().commands();
    }

    private CommandOrder order(String to) {
        return new CommandOrder(
                to, lab, "desk", "PUT", "a/b", Map.of("h", "v"), BODY, Duration.ofMinutes(10), Duration.ofSeconds(30));
    }

    private CompletableFuture<Command> queue(String to) {
        return scene.registry().queue(order(to), command -> SIZE);
    }

    private Command queued(String to) {
        return scene.done(queue(to));
    }

    private List<String> next(String... devices) {
        return ids(scene.done(commands().next(List.of(devices), 100_000)));
    }

    private static List<String> ids(Handout handout) {
        return handout.commands().stream().map(Command::id).toList();
    }

    private CommandState state(Command command) {
        return commands().get(command.id()).orElseThrow().state();
    }

    @Test
    void aCommandIsQueuedDeliveredAndCompleted() {
        List<CommandState> heard = new ArrayList<>();
        commands().listen(command -> heard.add(command.state()));
        Command command = queued(device);
        assertThat(command.state()).isEqualTo(CommandState.QUEUED);
        scene.clock().advance(Duration.ofSeconds(4));
        assertThat(next(device)).containsExactly(command.id());
        assertThat(next(device)).isEmpty();
        scene.clock().advance(Duration.ofSeconds(2));
        Command done = scene.done(commands().answer(device, command.id(), 202, BODY));
        assertThat(done.state()).isEqualTo(CommandState.COMPLETED);
        assertThat(done.answer()).contains(new CommandAnswer(202, BODY, Scene.START + 6_000));
        assertThat(done.delivered()).isEqualTo(Scene.START + 4_000);
        assertThat(done.ended()).isEqualTo(Scene.START + 6_000);
        assertThat(heard).containsExactly(CommandState.QUEUED, CommandState.DELIVERED, CommandState.COMPLETED);
        assertThat(commands().count(CommandState.COMPLETED)).isEqualTo(1);
    }

    @Test
    void whoeverWaitsHearsHowItEnded() {
        Command command = queued(device);
        CompletableFuture<Command> ended = commands().ended(command.id());
        next(device);
        assertThat(ended).isNotDone();
        Command done = scene.done(commands().answer(device, command.id(), 200, BODY));
        assertThat(ended).isCompletedWithValue(done);
        assertThat(commands().ended(command.id())).isCompletedWithValue(done);
        assertThat(scene.refused(commands().ended("none"))).hasMessage("there is no command none");
    }

    @Test
    void whatTheDeviceRefusesHasFailed() {
        Command command = queued(device);
        next(device);
        Command done = scene.done(commands().answer(device, command.id(), 404, BODY));
        assertThat(done.state()).isEqualTo(CommandState.FAILED);
        assertThat(done.reason()).isEqualTo("the device answered 404");
    }

    @Test
    void withoutAPollItExpires() {
        Command command = queued(device);
        scene.clock().advance(Duration.ofMinutes(10).minusMillis(1));
        scene.registry().tick();
        assertThat(next()).isEmpty();
        assertThat(state(command)).isEqualTo(CommandState.QUEUED);
        scene.clock().advance(Duration.ofMillis(1));
        scene.registry().tick();
        assertThat(next(device)).isEmpty();
        assertThat(settled(command)).isEqualTo(CommandState.EXPIRED);
        assertThat(scene.refused(commands().cancel(command.id())))
                .hasMessageContaining("is EXPIRED; only one that waits");
    }

    /** Its state when whatever goes on with it is over. */
    private CommandState settled(Command command) {
        scene.done(queue(device));
        return state(command);
    }

    @Test
    void withoutAnAnswerItFailsAndALateOneIsShownAndCountedButChangesNothing() {
        Command command = queued(device);
        next(device);
        scene.clock().advance(Duration.ofSeconds(30).minusMillis(1));
        scene.registry().tick();
        assertThat(commands().get(command.id()).orElseThrow().state()).isEqualTo(CommandState.DELIVERED);
        scene.clock().advance(Duration.ofMillis(1));
        scene.registry().tick();
        assertThat(settled(command)).isEqualTo(CommandState.FAILED);
        Command late = scene.done(commands().answer(device, command.id(), 200, BODY));
        assertThat(late.state()).isEqualTo(CommandState.FAILED);
        assertThat(late.reason()).isEqualTo("no answer");
        assertThat(late.late()).isTrue();
        assertThat(late.answer()).isPresent();
        assertThat(scene.done(commands().answer(device, command.id(), 500, BODY)))
                .isEqualTo(late);
        assertThat(commands().late()).isEqualTo(1);
    }

    @Test
    void anAnswerThatComesTwiceCountsOnceEvenIfBothComeAtOnce() {
        Command command = queued(device);
        next(device);
        CompletableFuture<Command> first = commands().answer(device, command.id(), 200, BODY);
        CompletableFuture<Command> second = commands().answer(device, command.id(), 500, BODY);
        assertThat(scene.done(second)).isEqualTo(scene.done(first));
        assertThat(first.join().state()).isEqualTo(CommandState.COMPLETED);
        assertThat(commands().late()).isZero();
    }

    @Test
    void onlyWhoWasAskedAnswersAndOnlyWhatItWasHanded() {
        Command command = queued(device);
        assertThat(scene.refused(commands().answer(device, command.id(), 200, BODY)))
                .hasMessageContaining("never delivered");
        next(device);
        assertThat(scene.refused(commands().answer("other", command.id(), 200, BODY)))
                .hasMessageContaining("was not for device other");
        assertThat(scene.refused(commands().answer(device, "none", 200, BODY))).hasMessage("there is no command none");
    }

    @Test
    void whatIsCancelledIsNotHandedOutAndWhatIsHandedOutNotCancelled() {
        Command first = queued(device);
        Command second = queued(device);
        CompletableFuture<Command> cancelling = commands().cancel(first.id());
        assertThat(next(device)).as("nothing overtakes what is being cancelled").isEmpty();
        assertThat(scene.done(cancelling).state()).isEqualTo(CommandState.CANCELLED);
        CompletableFuture<Handout> handing = commands().next(List.of(device), 10_000);
        CompletableFuture<Command> tooLate = commands().cancel(second.id());
        assertThat(ids(scene.done(handing))).containsExactly(second.id());
        assertThat(scene.refused(tooLate)).hasMessageContaining("is DELIVERED; only one that waits");
    }

    @Test
    void twoPollsAtOnceNeverHaveTheSameCommand() {
        Command command = queued(device);
        CompletableFuture<Handout> one = commands().next(List.of(device), 10_000);
        CompletableFuture<Handout> two = commands().next(List.of(device), 10_000);
        assertThat(ids(scene.done(one))).containsExactly(command.id());
        assertThat(ids(scene.done(two))).isEmpty();
    }

    @Test
    void nothingIsHandedOutBeforeTheStoreKnowsIt() {
        Command command = queued(device);
        CompletableFuture<Handout> handing = commands().next(List.of(device), 10_000);
        assertThat(handing).isNotDone();
        assertThat(state(command)).isEqualTo(CommandState.QUEUED);
        scene.done(handing);
        assertThat(state(command)).isEqualTo(CommandState.DELIVERED);
    }

    @Test
    void aPollTakesWhatItAcceptsAndIsToldHowMuchTheNextNeeds() {
        List<String> ids = Stream.generate(() -> queued(device).id()).limit(3).toList();
        assertThat(scene.done(commands().next(List.of(device), 0))).isEqualTo(new Handout(List.of(), 0));
        assertThat(scene.done(commands().next(List.of(device), SIZE + 1))).isEqualTo(new Handout(List.of(), SIZE + 2));
        assertThat(ids(scene.done(commands().next(List.of(device), 2 * SIZE + 4))))
                .isEqualTo(ids.subList(0, 2));
        assertThat(ids(scene.done(commands().next(List.of(device), SIZE + 2)))).isEqualTo(ids.subList(2, 3));
    }

    @Test
    void aGatewayTakesWhatIsForThoseBehindItInTheOrderInWhichItWasAsked() {
        String other = register("DEV-2");
        List<String> ids = Stream.of(device, other, device, other)
                .map(to -> queued(to).id())
                .toList();
        assertThat(next(other, device)).isEqualTo(ids);
    }

    @Test
    void afterARestartWhatWaitsIsHandedOutAndWhatWasHandedOutIsNot() {
        scene.close();
        scene = Scene.on(temp.resolve("data"));
        Registry3 three = new Registry3();
        scene.restart();
        assertThat(state(three.delivered)).isEqualTo(CommandState.DELIVERED);
        assertThat(next(three.id)).containsExactly(three.waiting.id());
        scene.clock().advance(Duration.ofSeconds(30));
        scene.restart();
        scene.registry().tick();
        scene.done(commands()
                .cancel(scene.done(scene.registry().queue(order(three.id), command -> SIZE))
                        .id()));
        assertThat(state(three.delivered)).isEqualTo(CommandState.FAILED);
        assertThat(state(three.done)).isEqualTo(CommandState.COMPLETED);
        assertThat(commands().get(three.done.id()).orElseThrow().answer()).isPresent();
    }

    /** A device with one command done, one delivered and one that waits. */
    private final class Registry3 {
        final String id;
        final Command done;
        final Command delivered;
        final Command waiting;

        Registry3() {
            String application = scene.done(scene.registry().applications().add("lab", "", Map.of()))
                    .id();
            Devices devices = scene.registry().devices();
            id = scene.done(devices.register(Registration.of("DEV-1", application)))
                    .id();
            done = queued(id);
            delivered = queued(id);
            assertThat(next(id)).containsExactly(done.id(), delivered.id());
            scene.done(commands().answer(id, done.id(), 200, BODY));
            waiting = queued(id);
        }
    }

    @Test
    void theCommandsOfADeviceThatIsGoneAreCancelledAlsoIfTheHubEndedBetweenTheTwo() {
        Command command = queued(device);
        scene.done(scene.registry().devices().decommission(device));
        assertThat(scene.refused(queue(device))).hasMessage("there is no device " + device);
        String other = register("DEV-2");
        scene.done(queue(other));
        assertThat(state(command)).isEqualTo(CommandState.CANCELLED);
        Command orphan = queued(other);
        CompletableFuture<Device> removing = scene.registry().devices().remove(other);
        scene.clock().run();
        scene.restart();
        assertThat(removing).as("the hub ended before it knew").isNotDone();
        scene.done(commands().cancel(orphan.id()).handle((done, failure) -> true));
        assertThat(state(orphan)).isEqualTo(CommandState.CANCELLED);
        assertThat(commands().get(orphan.id()).orElseThrow().reason()).isEqualTo("the device is gone");
    }

    @Test
    void aCommandThatIsOnItsWayIntoTheQueueOfADeviceThatGoesIsCancelled() {
        CompletableFuture<Device> removing = scene.registry().devices().decommission(device);
        CompletableFuture<Command> queued = queue(device);
        scene.done(removing);
        Command command = scene.done(queued);
        assertThat(command.state()).isEqualTo(CommandState.CANCELLED);
        assertThat(command.reason()).isEqualTo("the device is gone");
        assertThat(state(command)).isEqualTo(CommandState.CANCELLED);
    }

    @Test
    void eachLimitIsTakenAtItAndRefusedBeyondIt() {
        limit(CommandLimits.DEFAULT.withQueue(2, 10_000));
        CompletableFuture<Command> first = queue(device);
        Command second = queued(device);
        assertThat(scene.refused(queue(device)))
                .hasMessageContaining("2 commands wait for device " + device + ", and the limit is 2")
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.LIMIT));
        scene.done(commands().cancel(second.id()));
        assertThat(scene.done(first).state()).isEqualTo(CommandState.QUEUED);
        queued(device);
        limit(CommandLimits.DEFAULT.withQueue(10, 3 * SIZE));
        queued(device);
        assertThat(scene.refused(queue(device))).hasMessageContaining("commands of 300 bytes wait");
        limit(CommandLimits.DEFAULT);
        String other = register("DEV-2");
        assertThat(scene.done(commands().queue(order(other), command -> 4_188)).size())
                .isEqualTo(4_188);
        assertThat(scene.refused(commands().queue(order(other), command -> 4_189)))
                .hasMessageContaining("takes 4189 bytes on its way")
                .hasMessageContaining("no device takes more than 4188");
    }

    private void limit(CommandLimits limits) {
        scene.restart(RegistryLimits.DEFAULT.withCommands(limits));
    }

    @Test
    void timesMustBeSensible() {
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofDays(367), Duration.ofSeconds(-1))) {
            CommandOrder order =
                    new CommandOrder(device, lab, "desk", "PUT", "a", Map.of(), BODY, wrong, Duration.ofSeconds(1));
            assertThat(scene.refused(scene.registry().queue(order, command -> SIZE)))
                    .hasMessageContaining("the time to live is " + wrong.toSeconds() + " s");
        }
        CommandOrder nowhere = new CommandOrder(
                device, lab, "desk", "PUT", " ", Map.of(), BODY, Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThat(scene.refused(scene.registry().queue(nowhere, command -> SIZE)))
                .hasMessageContaining("needs a method and a URL");
    }

    @Test
    void whenThereAreTooManyTheOldestThatHasEndedGoesButNoneThatGoesOn() {
        limit(CommandLimits.DEFAULT.withAll(3));
        Command first = queued(device);
        Command second = queued(device);
        queued(device);
        assertThat(scene.refused(queue(device))).hasMessageContaining("there are 3 commands, and the limit is 3");
        scene.done(commands().cancel(second.id()));
        queued(device);
        assertThat(commands().get(second.id())).isEmpty();
        assertThat(commands().get(first.id())).isPresent();
    }

    @Test
    void whatHasEndedIsKeptForATimeAndUpToANumber() {
        limit(CommandLimits.DEFAULT.withKept(2, Duration.ofHours(1)));
        List<Command> all = Stream.generate(() -> queued(device)).limit(4).toList();
        all.subList(0, 3).forEach(command -> scene.done(commands().cancel(command.id())));
        scene.registry().tick();
        assertThat(settled(all.get(1))).isEqualTo(CommandState.CANCELLED);
        assertThat(commands().get(all.get(0).id())).isEmpty();
        assertThat(commands().get(all.get(3).id())).isPresent();
        scene.clock().advance(Duration.ofHours(1).minusMillis(1));
        scene.registry().tick();
        assertThat(commands().get(all.get(1).id())).isPresent();
        scene.clock().advance(Duration.ofMinutes(1));
        scene.registry().tick();
        scene.done(queue(device));
        scene.restart();
        assertThat(commands().list(CommandQuery.of(device, 100)))
                .extracting(Command::state)
                .containsOnly(CommandState.QUEUED, CommandState.EXPIRED);
    }

    @Test
    void commandsAreListedTheNewestFirstByDeviceApplicationAndState() {
        String other = register("DEV-2");
        List<Command> all =
                Stream.of(device, other, device, device).map(this::queued).toList();
        scene.done(commands().cancel(all.get(2).id()));
        assertThat(commands().list(CommandQuery.of(device, 2)))
                .extracting(Command::id)
                .containsExactly(all.get(3).id(), all.get(2).id());
        CommandQuery waiting = new CommandQuery(Optional.empty(), Optional.of(lab), Set.of(CommandState.QUEUED), 1, 5);
        assertThat(commands().list(waiting))
                .extracting(Command::id)
                .containsExactly(all.get(1).id(), all.get(0).id());
        CommandQuery foreign =
                new CommandQuery(Optional.empty(), Optional.of("none"), Set.of(CommandState.QUEUED), 0, 5);
        assertThat(commands().list(foreign)).isEmpty();
    }
}
