package io.hawser.iot.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.time.ManualClock;
import io.hawser.iot.dispatch.kept.DeviceFile;
import io.hawser.iot.dispatch.kept.KeptLimits;
import io.hawser.iot.dispatch.kept.KeptMessage;
import io.hawser.iot.wire.IotHead.Priority;
import io.hawser.iot.wire.IotHead.Reliability;
import io.hawser.iot.wire.IotMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs and servers of a seeded generator, with kills: at the end each message that was taken is accounted for, once. A kill is what
 * the system has of the file at that moment, opened by another dispatcher.
 */
class AccountTest {
    private static final int SEEDS = 60;
    private static final int STEPS = 120;
    private static final List<Priority> PRIORITIES =
            List.of(Priority.LOWEST, Priority.LOW, Priority.MEDIUM, Priority.HIGH);
    private static final List<Reliability> RELIABILITIES = List.of(Reliability.values());

    @TempDir
    private Path folder;

    @Test
    void everyMessageIsDeliveredOrReportedOrKept() throws Exception {
        int kills = 0;
        int delivered = 0;
        int failed = 0;
        int kept = 0;
        long first = new Random().nextInt(1_000_000);
        for (long seed = first; seed < first + SEEDS; seed++) {
            Story story = new Story(seed, Files.createDirectory(folder.resolve("seed" + seed)));
            story.play();
            story.settle();
            kills += story.lives - 1;
            delivered += story.delivered.size();
            failed += story.failed.size();
            kept += story.kept;
        }
        assertThat(List.of(kills, delivered, failed, kept))
                .as("each way to end was taken, from seed %d", first)
                .allMatch(times -> times > SEEDS / 10);
    }

    /** One program, through its lives, and its server. */
    private static final class Story {
        private final long seed;
        private final Path folder;
        private final Random random;
        private final ManualClock clock = new ManualClock();
        private final List<DeviceFile> files = new ArrayList<>();

        /** What the program holds of messages that were not told to have ended; those of earlier lives have lost all but this. */
        private final Map<String, Receipt> open = new HashMap<>();

        private final Set<String> owed = new HashSet<>();
        private final Set<String> received = new HashSet<>();
        private final Set<String> delivered = new HashSet<>();
        private final Set<String> failed = new HashSet<>();
        private final Set<String> ended = new HashSet<>();
        private final Set<String> poison = new HashSet<>();
        private final Set<String> sentBefore = new HashSet<>();
        private final Map<Priority, Long> lastFirst = new HashMap<>();
        private Stage stage;
        private Path file;
        private int lives;
        private int kept;
        private long count;

        Story(long seed, Path folder) throws Exception {
            this.seed = seed;
            this.folder = folder;
            this.random = new Random(seed);
            this.file = folder.resolve("life0");
            this.stage = live();
        }

        void play() throws Exception {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(12)) {
                    case 0, 1, 2, 3 -> queue();
                    case 4, 5, 6 -> answer();
                    case 7, 8 -> stage.advance(random.nextInt(4_000));
                    case 9 -> content();
                    case 10 -> stage.run();
                    default -> {
                        if (random.nextInt(8) == 0) {
                            kill();
                        }
                    }
                }
            }
        }

        /** Ends well or badly, and counts. */
        void settle() {
            boolean server = random.nextBoolean();
            CompletableFuture<Void> closed = stage.dispatcher().closeAsync();
            for (int i = 0; i < 1_000 && !closed.isDone(); i++) {
                stage.run();
                if (stage.isPosting() && server) {
                    accept();
                } else if (stage.isPosting()) {
                    stage.unreachable();
                }
                stage.advance(100);
            }
            assertThat(closed).as("seed %d", seed).isCompleted();
            assertThat(stage.dispatcher().queueSize()).as("seed %d", seed).isZero();
            for (Map.Entry<String, Receipt> each : open.entrySet()) {
                assertThat(each.getValue().delivered())
                        .as("seed %d: %s has ended, and nobody was told", seed, each.getKey())
                        .isCompletedExceptionally();
                kept++;
            }
            for (String id : owed) {
                assertThat(delivered.contains(id) || received.contains(id) || failed.contains(id) || onDisk(id))
                        .as("seed %d: %s was accepted and is lost", seed, id)
                        .isTrue();
            }
            for (DeviceFile each : files) {
                each.closeAsync();
            }
            clock.run();
        }

        private Stage live() throws Exception {
            lives++;
            DeviceFile disk = DeviceFile.open(file, KeptLimits.DEFAULT, clock, clock);
            files.add(disk);
            Stage born = new Stage(
                    clock,
                    Stage.options()
                            .jitter(0.25)
                            .maxQueueSize(40)
                            .maxMessagesPerConnection(1 + random.nextInt(8))
                            .file(disk),
                    random);
            int life = lives;
            born.dispatcher().onDelivery(messages -> messages.forEach(each -> ended(life, each, delivered)));
            born.dispatcher().onError((messages, cause) -> messages.forEach(each -> ended(life, each, failed)));
            ended.clear();
            lastFirst.clear();
            sentBefore.clear();
            return born;
        }

        private void ended(int life, IotMessage message, Set<String> how) {
            if (life != lives || message instanceof IotMessage.ResourcesReport) {
                return;
            }
            String id = message.head().clientId();
            // In another life it may end again, if the kill came before it was forgotten on disk.
            assertThat(ended.add(id)).as("seed %d: %s ends once", seed, id).isTrue();
            how.add(id);
            open.remove(id);
        }

        private void queue() {
            List<IotMessage> messages = new ArrayList<>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                messages.add(message("" + count++));
            }
            Set<String> contents = random.nextInt(8) == 0 ? Set.of("c" + random.nextInt(2)) : Set.of();
            try {
                for (Receipt receipt : stage.dispatcher().queue(messages, contents)) {
                    String id = receipt.message().head().clientId();
                    open.put(id, receipt);
                    if (random.nextInt(20) == 0) {
                        poison.add(id);
                    }
                }
            } catch (QueueFullException full) {
                assertThat(stage.dispatcher().queueSize() + messages.size()).isGreaterThan(40);
            }
        }

        private IotMessage message(String id) {
            if (random.nextInt(10) == 0) {
                return Stage.alert(id);
            }
            Priority priority = PRIORITIES.get(random.nextInt(PRIORITIES.size()));
            return Stage.data(id, priority, RELIABILITIES.get(random.nextInt(RELIABILITIES.size())));
        }

        private void content() {
            String content = "c" + random.nextInt(2);
            switch (random.nextInt(3)) {
                case 0 -> stage.dispatcher().await(content);
                case 1 -> stage.dispatcher().arrived(content);
                default -> stage.dispatcher().failed(content, new IOException("no"));
            }
        }

        private void answer() {
            stage.run();
            if (!stage.isPosting()) {
                return;
            }
            inOrder();
            boolean bad = stage.posted().stream()
                    .anyMatch(each -> poison.contains(each.head().clientId()));
            switch (random.nextInt(6)) {
                case 0 -> stage.busy();
                case 1 -> stage.unreachable();
                case 2 -> {
                    // The server has them, but its answer is lost.
                    receive();
                    stage.unreachable();
                }
                default -> {
                    if (bad) {
                        stage.refuses(400);
                    } else {
                        accept();
                    }
                }
            }
        }

        private void accept() {
            receive();
            stage.accepts();
        }

        private void receive() {
            stage.posted().forEach(each -> received.add(each.head().clientId()));
        }

        /** Within one priority messages are sent for the first time in the order of queueing. */
        private void inOrder() {
            for (IotMessage each : stage.posted()) {
                if (!(each instanceof IotMessage.ResourcesReport)
                        && sentBefore.add(each.head().clientId())) {
                    long number = Long.parseLong(each.head().clientId());
                    Long before = lastFirst.put(each.head().priority(), number);
                    assertThat(before == null || before < number)
                            .as("seed %d: %s leaves before %d", seed, before, number)
                            .isTrue();
                }
            }
        }

        private void kill() throws Exception {
            open.forEach((id, receipt) -> {
                boolean guaranteed = receipt.message().head().reliability() == Reliability.GUARANTEED_DELIVERY;
                if (guaranteed
                        && receipt.accepted().isDone()
                        && !receipt.accepted().isCompletedExceptionally()) {
                    owed.add(id);
                }
            });
            open.clear();
            Path image = folder.resolve("life" + lives);
            for (String end : List.of("", "-wal")) {
                Files.copy(Path.of(file + end), Path.of(image + end));
            }
            file = image;
            stage = live();
        }

        private boolean onDisk(String id) {
            DeviceFile disk = files.get(files.size() - 1);
            CompletableFuture<List<KeptMessage>> found = disk.messages().load(Stage.ENDPOINT);
            clock.run();
            return found.join().stream()
                    .anyMatch(each -> each.message().head().clientId().equals(id));
        }
    }
}
