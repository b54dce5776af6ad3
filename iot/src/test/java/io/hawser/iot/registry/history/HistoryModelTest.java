package io.hawser.iot.registry.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Value;
import io.hawser.iot.registry.Registration;
import io.hawser.iot.registry.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A device repeats each call until it is answered, while the hub ends in the middle of things: each message is kept exactly once, in order. */
class HistoryModelTest {
    private static final int RUNS = 15;
    private static final int CALLS = 40;

    private static final class Run {
        final Random random;
        final Scene scene = Scene.inMemory();
        final String device;
        final List<String> said = new ArrayList<>();
        int told;

        Run(long seed) {
            random = new Random(seed);
            String lab = scene.done(scene.registry().applications().add("lab", "", Map.of()))
                    .id();
            device = scene.done(scene.registry().devices().register(Registration.of("DEV", lab)))
                    .id();
        }

        void go() {
            for (int call = 0; call < CALLS; call++) {
                List<DeviceMessage> messages = new ArrayList<>();
                for (int left = 1 + random.nextInt(5); left > 0; left--) {
                    String id = "m" + said.size();
                    said.add(id);
                    boolean alert = random.nextInt(4) == 0;
                    messages.add(
                            alert
                                    ? Said.alert(device, id, said.size())
                                    : Said.attribute(device, id, "n", said.size(), Scene.START + said.size()));
                }
                scene.clock().advance(Duration.ofMillis(random.nextInt(3)));
                post(messages);
                if (call % 20 == 19) {
                    same();
                }
            }
            scene.close();
        }

        /** Until it is answered. */
        void post(List<DeviceMessage> messages) {
            boolean answered = false;
            while (!answered) {
                CompletableFuture<List<KeptMessage>> answer =
                        scene.registry().history().accept(messages);
                switch (random.nextInt(4)) {
                    case 0 -> scene.restart();
                    case 1 -> {
                        scene.clock().run();
                        scene.restart();
                    }
                    case 2 -> {
                        // the answer is lost on the way
                        told += scene.done(answer).size();
                    }
                    default -> {
                        told += scene.done(answer).size();
                        answered = true;
                    }
                }
            }
        }

        void same() {
            History history = scene.registry().history();
            List<KeptMessage> kept = scene.done(history.read(new HistoryQuery(
                            Optional.of(device), id -> true, Optional.empty(), -1, Long.MAX_VALUE, 0, 100_000, false)))
                    .messages();
            assertThat(kept).extracting(each -> each.message().clientId()).isEqualTo(said);
            assertThat(told).as("told to the bus, at most once").isLessThanOrEqualTo(said.size());
            List<Long> values = kept.stream()
                    .filter(each -> each.message().attributes())
                    .map(each -> each.message().eventTime() - Scene.START)
                    .toList();
            if (!values.isEmpty()) {
                assertThat(history.known(device, Said.MODEL).orElseThrow().attributes())
                        .extractingByKey("n")
                        .extracting(KnownValue::value)
                        .isEqualTo(Value.of(values.get(values.size() - 1)));
            }
        }
    }

    @Test
    void eachMessageIsKeptExactlyOnceInOrder() {
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
