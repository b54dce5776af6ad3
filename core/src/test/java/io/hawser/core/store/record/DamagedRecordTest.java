package io.hawser.core.store.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.shelf.MemoryDesk;
import io.hawser.core.store.shelf.MemoryShelf;
import io.hawser.core.time.ManualClock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A wrong bit is told with the table and the key, or the log and the id. */
class DamagedRecordTest {
    private final ManualClock clock = new ManualClock();
    private final MemoryShelf shelf = new MemoryShelf();
    private final RecordBook book = new RecordBook(shelf, RecordLimits.DEFAULT);
    private final Records records =
            new ShelfRecords(new MemoryDesk(new StoreThread(clock, clock, clock::schedule), shelf, book), book);
    private final RecordTable<User> users = records.table(User.TYPE);
    private final RecordLog<User> audit = records.log(User.AUDIT);

    private <T> T done(CompletableFuture<T> future) {
        clock.run();
        return future.join();
    }

    private void damaged(CompletableFuture<?> future, String why) {
        clock.run();
        assertThatThrownBy(future::join)
                .cause()
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(why);
    }

    @Test
    void everyBitOfARecordIsGuarded() {
        done(users.put(new User("ada", 1)));
        done(audit.append(new User("ada", 1)));
        byte[] record =
                shelf.get(RecordLayout.record(1, new byte[] {'a', 'd', 'a'})).orElseThrow();
        byte[] logged = shelf.get(RecordLayout.logged(2, 1)).orElseThrow();
        for (int bit = 0; bit < record.length * 8; bit++) {
            record[bit / 8] ^= (byte) (1 << bit % 8);
            logged[bit / 8] ^= (byte) (1 << bit % 8);
            damaged(users.get("ada"), "table users, record ada is damaged: its checksum is wrong");
            damaged(users.list("", "", 1), "table users, record ada is damaged: its checksum is wrong");
            damaged(users.putIfAbsent(new User("ada", 2)), "table users, record ada is damaged");
            damaged(audit.read(1, 1), "log audit, record 1 is damaged: its checksum is wrong");
            record[bit / 8] ^= (byte) (1 << bit % 8);
            logged[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(done(users.get("ada"))).isPresent();
    }

    @Test
    void bytesThatTheTypeCannotReadAreToldToo() {
        RecordType<User> type = User.AUDIT;
        RecordChange change = new RecordChange(type, null, new byte[] {7}, RecordChange.ANY);
        done(records.commit(List.of(change)));
        damaged(audit.read(1, 1), "log audit, record 1 is damaged: ");
        damaged(audit.read(1, 1), "restore a backup");
    }
}
