package io.hawser.iot.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Value;
import io.hawser.iot.registry.Registration;
import io.hawser.iot.registry.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random lives of a hub against a naive model: what is queued is not lost, nothing is handed out twice, a queue keeps its order,
 * and each command is in the state that the model says, however often the hub ends in the middle of things.
 */
class CommandsModelTest {
    private static final int RUNS = 60;
    private static final int STEPS = 120;
    private static final int SIZE = 100;
    private static final int TTL = 60;
    private static final int ANSWER = 20;

    /** What the model knows of a command. */
    private static final class Known {
        final String device;
        final long made;
        CommandState state = CommandState.QUEUED;
        long delivered;

        Known(String device, long made) {
            this.device = device;
            this.made = made;
        }
    }

    private static final class Run {
        final Random random;
        final Scene scene = Scene.inMemory();
        final String lab;
        final List<String> devices;
        final Map<String, Known> model = new LinkedHashMap<>();
        final Set<String> handedOut = new HashSet<>();

        Run(long seed) {
            random = new Random(seed);
            lab = scene.done(scene.registry().applications().add("lab", "", Map.of()))
                    .id();
            devices = IntStream.range(0, 3)
                    .mapToObj(n -> scene.done(scene.registry().devices().register(Registration.of("DEV-" + n, lab)))
                            .id())
                    .toList();
        }

        void go() {
            for (int i = 0; i < STEPS; i++) {
                switch (random.nextInt(9)) {
                    case 0, 1, 2 -> queue();
                    case 3, 4 -> poll();
                    case 5 -> answer();
                    case 6 -> cancel();
                    case 7 -> pass(random.nextInt(30));
                    default -> die();
                }
                same();
            }
            scene.close();
        }

        long now() {
            return scene.clock().millis();
        }

        Commands commands() {
            return scene.registry().commands();
        }

        CompletableFuture<Command> order(String device) {
            CommandOrder order = new CommandOrder(
                    device,
                    lab,
                    "desk",
                    "GET",
                    "x",
                    Map.of(),
                    new Value.Opaque(new byte[0]),
                    Duration.ofSeconds(TTL),
                    Duration.ofSeconds(ANSWER));
            return scene.registry().queue(order, command -> SIZE);
        }

        void queue() {
            String device = any();
            model.put(scene.done(order(device)).id(), new Known(device, now()));
        }

        String any() {
            return devices.get(random.nextInt(devices.size()));
        }

        void poll() {
            Set<String> polled = new HashSet<>(List.of(any(), any()));
            int accept = random.nextInt(5) * (SIZE + 2);
            Handout handout = scene.done(commands().next(polled, accept));
            List<String> expected = model.entrySet().stream()
                    .filter(each -> each.getValue().state == CommandState.QUEUED)
                    .filter(each -> polled.contains(each.getValue().device))
                    .limit(accept / (SIZE + 2))
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(handout.commands()).extracting(Command::id).isEqualTo(expected);
            expected.forEach(this::delivered);
        }

        void delivered(String id) {
            assertThat(handedOut.add(id)).as("handed out once").isTrue();
            Known known = known(id);
            known.state = CommandState.DELIVERED;
            known.delivered = now();
        }

        Known known(String id) {
            return Objects.requireNonNull(model.get(id));
        }

        void answer() {
            model.entrySet().stream()
                    .filter(each -> handedOut.contains(each.getKey()))
                    .skip(random.nextInt(3))
                    .findFirst()
                    .ifPresent(each -> {
                        int status = random.nextBoolean() ? 200 : 500;
                        scene.done(commands()
                                .answer(each.getValue().device, each.getKey(), status, new Value.Opaque(new byte[0])));
                        if (each.getValue().state == CommandState.DELIVERED) {
                            each.getValue().state = status == 200 ? CommandState.COMPLETED : CommandState.FAILED;
                        }
                    });
        }

        void cancel() {
            List<String> ids = List.copyOf(model.keySet());
            if (!ids.isEmpty()) {
                String id = ids.get(random.nextInt(ids.size()));
                scene.done(commands().cancel(id).handle((done, refused) -> true));
                Known known = known(id);
                known.state = known.state == CommandState.QUEUED ? CommandState.CANCELLED : known.state;
            }
        }

        void pass(int seconds) {
            scene.clock().advance(Duration.ofSeconds(seconds));
            scene.registry().tick();
            scene.done(scene.registry().applications().add("a" + random.nextLong(), "", Map.of()));
            model.values().forEach(known -> {
                if (known.state == CommandState.QUEUED && now() >= known.made + TTL * 1_000) {
                    known.state = CommandState.EXPIRED;
                } else if (known.state == CommandState.DELIVERED && now() >= known.delivered + ANSWER * 1_000) {
                    known.state = CommandState.FAILED;
                }
            });
        }

        /** The hub ends while it is asked for several things; what it has said of them by then holds. */
        void die() {
            String device = any();
            CompletableFuture<Command> queuing = order(device);
            CompletableFuture<Handout> polling = commands().next(List.of(device), 2 * SIZE + 4);
            boolean told = random.nextBoolean();
            if (told) {
                scene.done(queuing);
            } else if (random.nextBoolean()) {
                scene.clock().run();
            }
            if (queuing.isDone()) {
                model.put(queuing.join().id(), new Known(device, now()));
            }
            List<String> taken = polling.isDone() ? ids(polling.join()) : List.of();
            taken.forEach(this::delivered);
            scene.restart();
            adopt();
        }

        /** What was asked for in the moment of the end has happened or has not; what was said has. */
        void adopt() {
            for (Command each : commands()
                    .list(new CommandQuery(
                            Optional.empty(), Optional.empty(), Set.of(CommandState.values()), 0, 10_000))) {
                Known known = model.computeIfAbsent(each.id(), id -> new Known(each.device(), each.created()));
                if (known.state == CommandState.QUEUED && each.state() == CommandState.DELIVERED) {
                    handedOut.add(each.id());
                    known.state = CommandState.DELIVERED;
                    known.delivered = each.delivered();
                }
            }
        }

        List<String> ids(Handout handout) {
            return handout.commands().stream().map(Command::id).toList();
        }

        void same() {
            Map<String, CommandState> actual = new LinkedHashMap<>();
            Map<String, CommandState> expected = new LinkedHashMap<>();
            new ArrayList<>(model.keySet()).forEach(id -> {
                expected.put(id, known(id).state);
                commands().get(id).ifPresent(command -> actual.put(id, command.state()));
            });
            assertThat(actual).isEqualTo(expected);
        }
    }

    @Test
    void theRegistryDoesWhatTheModelDoes() {
        long first = new Random().nextLong();
        for (int run = 0; run < RUNS; run++) {
            long seed = first + run;
            try {
                new Run(seed).go();
            } catch (AssertionError different) {
                throw new AssertionError("seed " + seed, different);
            }
        }
    }
}
