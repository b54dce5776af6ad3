package io.hawser.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.message.Message;
import io.hawser.core.message.TestMessages;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.record.RecordBook;
import io.hawser.core.store.record.RecordLimits;
import io.hawser.core.store.record.Records;
import io.hawser.core.store.record.ShelfRecords;
import io.hawser.core.store.shelf.Desk;
import io.hawser.core.store.shelf.MemoryDesk;
import io.hawser.core.store.shelf.MemoryShelf;
import io.hawser.core.store.shelf.Turn;
import io.hawser.core.time.ManualClock;
import io.hawser.core.value.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is retained comes into the store, though not always at once. */
class StoredRetainedTest {
    private final ManualClock clock = new ManualClock();
    private final MemoryShelf shelf = new MemoryShelf();
    private final RecordBook book = new RecordBook(shelf, RecordLimits.DEFAULT);
    private final Disk disk =
            new Disk(new MemoryDesk(new StoreThread(Runnable::run, clock, clock::schedule), shelf, book));
    private final Records records = new ShelfRecords(disk, book);
    private final List<String> problems = new ArrayList<>();
    private final StoredRetained stored = open();

    /** A disk that can be full: nothing grows then. */
    private static final class Disk implements Desk {
        private final Desk sound;
        private boolean full;
        private int attempts;

        Disk(Desk sound) {
            this.sound = sound;
        }

        @Override
        public <T> CompletableFuture<T> submit(long bytes, CompletableFuture<T> done, Consumer<Turn> work) {
            return sound.submit(bytes, done, work);
        }

        @Override
        public <T> CompletableFuture<T> grow(long bytes, CompletableFuture<T> done, Consumer<Turn> work) {
            attempts++;
            return full
                    ? CompletableFuture.failedFuture(new StoreException("the disk is full"))
                    : sound.grow(bytes, done, work);
        }
    }

    private StoredRetained open() {
        return new StoredRetained(records, new StoreThread(clock, clock, clock::schedule), problems::add);
    }

    private void put(String topic, long n) {
        stored.put(TestMessages.on(topic, Fields.builder().put("n", n).build()));
        clock.run();
    }

    private List<String> afterARestart() {
        List<String> loaded = new ArrayList<>();
        open().load(message ->
                loaded.add(message.topic() + "=" + message.fields().find("n")));
        return loaded;
    }

    @Test
    void whatTheDiskHasNoRoomForIsTriedAgainNowAndThenUntilItHas() {
        put("robot/1", 1);
        disk.full = true;
        put("robot/1", 2);
        put("robot/2", 3);
        disk.attempts = 0;
        clock.advance(Duration.ofMinutes(1));
        assertThat(disk.attempts).isEqualTo(2 * 12);
        assertThat(afterARestart()).containsExactly("robot/1=1");
        disk.full = false;
        clock.advance(StoredRetained.AGAIN);
        assertThat(afterARestart()).containsExactly("robot/1=2", "robot/2=3");
        disk.attempts = 0;
        clock.advance(Duration.ofMinutes(1));
        assertThat(disk.attempts).isZero();
    }

    @Test
    void whatIsTriedAgainNeverReplacesSomethingNewer() {
        disk.full = true;
        put("robot/1", 1);
        put("robot/2", 1);
        put("robot/3", 1);
        disk.full = false;
        put("robot/1", 2);
        stored.remove("robot/2");
        clock.advance(StoredRetained.AGAIN);
        assertThat(afterARestart()).containsExactly("robot/1=2", "robot/3=1");
    }

    @Test
    void aFullDiskIsToldOnceAMinute() {
        disk.full = true;
        for (int i = 0; i < 100; i++) {
            put("robot/" + i, 1);
        }
        assertThat(problems)
                .containsExactly(
                        "what is retained of robot/0 could not be stored and is tried again: the disk is full");
        clock.advance(Duration.ofSeconds(59));
        assertThat(problems).hasSize(1);
        clock.advance(Duration.ofSeconds(10));
        assertThat(problems).hasSize(2);
    }

    @Test
    void whatIsTooLongForTheStoreEndsWhatItHasAndIsNotTriedAgain() {
        put("robot/1", 1);
        stored.put(TestMessages.on("robot/1", Message.textFields("x".repeat(1 << 20))));
        clock.run();
        assertThat(afterARestart()).isEmpty();
        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("what is retained of robot/1 is not stored: a record of ")
                .endsWith(" bytes is too long for table retained; the limit is 1048576");
        disk.attempts = 0;
        clock.advance(Duration.ofMinutes(2));
        assertThat(disk.attempts).isZero();
        assertThat(problems).hasSize(1);
    }

    @Test
    void aTopicThatIsNoKeyIsToldAndChangesNothing() {
        put("robot/1", 1);
        put("robot/" + "x".repeat(600), 2);
        stored.remove("robot/" + "x".repeat(600));
        clock.advance(Duration.ofMinutes(2));
        assertThat(problems).singleElement().asString().endsWith("too long for table retained; the limit is 512");
        assertThat(afterARestart()).containsExactly("robot/1=1");
    }
}
