package io.hawser.core.store.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.engine.TestEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every engine's records must do. Each engine's test extends this and says how to make one. */
public abstract class RecordsContract {
    private static final RecordLimits LIMITS = new RecordLimits(20, 100, 10, 5);

    private final TestEngine engine = open(StoreLimits.IN_MEMORY.withRecords(LIMITS));
    private final Records records = engine.store().records();
    private final RecordTable<User> users = records.table(User.TYPE);
    private final RecordLog<User> audit = records.log(User.AUDIT);

    /** A new, empty engine. */
    protected abstract TestEngine open(StoreLimits limits);

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    private <T> T done(CompletableFuture<T> future) {
        engine.settle();
        assertThat(future).isDone();
        return future.join();
    }

    private void refused(CompletableFuture<?> future, String why) {
        engine.settle();
        assertThatThrownBy(future::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(why);
    }

    private List<String> names(String prefix, String after, int limit) {
        return done(users.list(prefix, after, limit)).records().stream()
                .map(record -> record.value().name())
                .toList();
    }

    @Test
    void whatIsPutIsReadBackWithItsRevision() {
        long first = done(users.put(new User("ada", 1)));
        long second = done(users.put(new User("ada", 2)));
        assertThat(second).isGreaterThan(first);
        assertThat(done(users.get("ada"))).contains(new StoredRecord<>(second, new User("ada", 2)));
        assertThat(done(users.get("bob"))).isEmpty();
    }

    @Test
    void putIfAbsentTellsWhatIsThere() {
        RecordOutcome put = done(users.putIfAbsent(new User("ada", 1)));
        assertThat(put.done()).isTrue();
        assertThat(done(users.putIfAbsent(new User("ada", 2)))).isEqualTo(new RecordOutcome(false, put.revision(), 0));
        assertThat(done(users.get("ada")).orElseThrow().value().rank()).isEqualTo(1);
    }

    @Test
    void replaceLosesAgainstAnyOtherRevision() {
        long first = done(users.put(new User("ada", 1)));
        RecordOutcome second = done(users.replace(new User("ada", 2), first));
        assertThat(second.done()).isTrue();
        assertThat(done(users.replace(new User("ada", 3), first)))
                .isEqualTo(new RecordOutcome(false, second.revision(), 0));
        assertThat(done(users.replace(new User("bob", 3), first))).isEqualTo(new RecordOutcome(false, 0, 0));
        assertThat(done(users.get("ada")).orElseThrow().value().rank()).isEqualTo(2);
    }

    @Test
    void removeTakesAnyOrOneRevision() {
        long revision = done(users.put(new User("ada", 1)));
        assertThat(done(users.remove("ada", 4711))).isEqualTo(new RecordOutcome(false, revision, 0));
        assertThat(done(users.remove("ada", revision)).done()).isTrue();
        assertThat(done(users.get("ada"))).isEmpty();
        done(users.remove("ada"));
        done(users.put(new User("ada", 1)));
        done(users.remove("ada"));
        assertThat(done(users.get("ada"))).isEmpty();
    }

    @Test
    void recordsAreListedInPagesInTheOrderOfTheirKeys() {
        List<String> all = List.of("a", "a/1", "a/2", "b", "\uffee", "\ud83d\ude00");
        for (int i = all.size(); i > 0; i--) {
            done(users.put(new User(all.get(i - 1), i)));
        }
        done(users.remove("c"));
        assertThat(names("", "", 10)).isEqualTo(all);
        assertThat(names("a/", "", 10)).containsExactly("a/1", "a/2");
        assertThat(names("a", "a/1", 10)).containsExactly("a/2");
        List<String> paged = new ArrayList<>();
        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
            RecordPage<User> page = done(users.list("", after.get(), 4));
            page.records().forEach(record -> paged.add(record.value().name()));
            after = page.next();
        }
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void aCommitMakesAllChangesOrNone() {
        long ada = done(users.put(new User("ada", 1)));
        done(users.put(new User("bob", 1)));
        RecordOutcome made = done(records.commit(List.of(
                users.toReplace(new User("ada", 2), ada),
                users.toRemove("bob"),
                users.toPutIfAbsent(new User("eve", 1)),
                audit.toAppend(new User("ada", 7)))));
        assertThat(made.done()).isTrue();
        assertThat(names("", "", 10)).containsExactly("ada", "eve");
        assertThat(done(users.get("ada")).orElseThrow().revision()).isEqualTo(made.revision());
        RecordOutcome lost = done(records.commit(List.of(
                audit.toAppend(new User("bob", 8)), users.toRemove("eve"), users.toReplace(new User("ada", 3), ada))));
        assertThat(lost).isEqualTo(new RecordOutcome(false, made.revision(), 2));
        assertThat(names("", "", 10)).containsExactly("ada", "eve");
        assertThat(done(audit.last())).isEqualTo(1);
    }

    @Test
    void aLogGrowsByOneIdAtATime() {
        assertThat(done(audit.last())).isZero();
        for (int n = 1; n <= 7; n++) {
            assertThat(done(audit.append(new User("ada", n)))).isEqualTo(n);
        }
        assertThat(done(audit.read(3, 2)))
                .containsExactly(new LoggedRecord<>(3, new User("ada", 3)), new LoggedRecord<>(4, new User("ada", 4)));
        assertThat(done(audit.read(0, 10))).hasSize(7);
        assertThat(done(audit.read(8, 10))).isEmpty();
        assertThat(done(audit.last())).isEqualTo(7);
    }

    @Test
    void aReadSeesWhatWasAskedForBeforeIt() {
        users.put(new User("ada", 1));
        CompletableFuture<Optional<StoredRecord<User>>> there = users.get("ada");
        users.remove("ada");
        CompletableFuture<Optional<StoredRecord<User>>> gone = users.get("ada");
        audit.append(new User("ada", 1));
        CompletableFuture<List<LoggedRecord<User>>> logged = audit.read(1, 1);
        engine.settle();
        assertThat(there.join()).isPresent();
        assertThat(gone.join()).isEmpty();
        assertThat(logged.join()).hasSize(1);
    }

    @Test
    void recordsOfAnOlderSchemaAreRead() {
        done(records.table(User.OLD).put(new User("ada", 9)));
        assertThat(done(users.get("ada")).orElseThrow().value()).isEqualTo(new User("ada", 0));
        done(users.put(new User("bob", 9)));
        assertThat(names("", "", 10)).containsExactly("ada", "bob");
    }

    @Test
    void aProgramThatIsOlderThanTheRecordsIsRefused() {
        RecordTable<User> old = records.table(User.OLD);
        done(old.put(new User("ada", 1)));
        done(users.put(new User("bob", 1)));
        String why = "table users was written with schema version 2, this program knows 1; start the version of hawser";
        refused(old.get("ada"), why);
        refused(old.list("", "", 1), why);
        refused(old.put(new User("ada", 2)), why);
        assertThat(done(users.get("ada")).orElseThrow().value()).isEqualTo(new User("ada", 0));
    }

    @Test
    void aTableIsNoLogAndALogIsNoTable() {
        done(users.put(new User("ada", 1)));
        refused(records.log(User.TYPE).append(new User("ada", 1)), "users is a table, not a log");
        refused(records.log(User.TYPE).read(1, 1), "users is a table, not a log");
        done(audit.append(new User("ada", 1)));
        RecordChange asTable = new RecordChange(User.AUDIT, new byte[] {'a'}, new byte[0], 0);
        refused(records.commit(List.of(asTable)), "audit is a log, not a table");
        refused(
                records.commit(List.of(asTable, audit.toAppend(new User("a", 1)))),
                "audit cannot be a table and a log");
    }

    @Test
    void limitsHoldAndAStepBeyondIsRefused() {
        done(users.put(new User("k".repeat(20), 1)));
        refused(users.put(new User("k".repeat(21), 1)), "a key of 21 bytes is too long for table users");
        refused(users.get(""), "must not be empty");
        refused(users.remove("\ud83d"), "must not hold NUL or half a surrogate pair");
        done(audit.append(new User("x".repeat(97), 1)));
        refused(audit.append(new User("x".repeat(98), 1)), "a record of 101 bytes is too long for table audit");
        refused(users.list("", "", 11), "ask for 1 to 10");
        refused(audit.read(1, 0), "ask for 1 to 10");
        RecordChange change = audit.toAppend(new User("ada", 1));
        assertThat(done(records.commit(List.of(change, change, change, change, change)))
                        .done())
                .isTrue();
        refused(
                records.commit(List.of(change, change, change, change, change, change)),
                "a commit of 6 changes is too large; the limit is 5");
        refused(
                records.commit(List.of(users.toRemove("a"), users.toPut(new User("a", 1)))),
                "a record of table users stands twice in one commit");
    }

    @Test
    void aClosedStoreRefuses() {
        engine.store().close();
        refused(users.put(new User("ada", 1)), "closed");
        refused(audit.read(1, 1), "closed");
    }
}
