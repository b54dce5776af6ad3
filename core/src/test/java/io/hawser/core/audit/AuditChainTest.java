package io.hawser.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.engine.MemoryStore;
import io.hawser.core.store.record.LoggedRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to one entry of the audit is found. */
class AuditChainTest {
    private static final int ENTRIES = 50;

    private final InstantSource clock = () -> Instant.ofEpochMilli(1_234);
    private final MemoryStore store =
            new MemoryStore(new StoreThread(Runnable::run, clock, (delay, task) -> {}), DurableListener.NONE);
    private final Audit audit = new Audit(store.records(), clock);
    private final Audit other = new Audit(store.records(), clock);

    AuditChainTest() {
        for (int i = 1; i <= ENTRIES; i++) {
            Audit.Deed deed = new Audit.Deed("alice", "127.0.0.1", "purge", "durable-" + i);
            (i % 3 == 0 ? other : audit).append(deed, "done", "").join();
        }
    }

    private List<LoggedRecord<AuditEntry>> log() {
        return new ArrayList<>(audit.read(1, 1_000).join());
    }

    private static List<String> faults(List<LoggedRecord<AuditEntry>> log, Map<Long, String> noted) {
        AuditChain chain = new AuditChain(ENTRIES, noted);
        assertThat(chain.take(log)).isFalse();
        return chain.faults();
    }

    private static AuditEntry changed(AuditEntry entry, int what) {
        String[] texts = {entry.who(), entry.where(), entry.action(), entry.target(), entry.outcome(), entry.detail()};
        if (what < texts.length) {
            texts[what] += "x";
        }
        return new AuditEntry(
                what < texts.length ? entry.time() : entry.time() + 1,
                texts[0],
                texts[1],
                texts[2],
                texts[3],
                texts[4],
                texts[5],
                entry.before());
    }

    @Test
    void whatWasWrittenIsSoundWhoeverWroteIt() {
        AuditChain chain = audit.verify(Map.of()).join();
        assertThat(chain.faults()).isEmpty();
        assertThat(chain.entries()).isEqualTo(ENTRIES);
        assertThat(chain.unchained()).isZero();
        audit.append(new Audit.Deed("bob", "", "a", "b"), "done", "").join();
        assertThat(audit.verify(Map.of((long) ENTRIES, chain.digest())).join().faults())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void anEntryThatWasChangedIsFound(int what) {
        for (int at = 0; at < ENTRIES - 1; at++) {
            List<LoggedRecord<AuditEntry>> log = log();
            log.set(at, new LoggedRecord<>(at + 1, changed(log.get(at).value(), what)));
            assertThat(faults(log, Map.of()))
                    .containsExactly("entry " + (at + 2) + " does not follow entry " + (at + 1)
                            + " as it is: one of them was changed");
        }
    }

    @Test
    void anEntryThatWasTakenOutIsFoundWhereverItWas() {
        for (int at = 0; at < ENTRIES; at++) {
            List<LoggedRecord<AuditEntry>> log = log();
            log.remove(at);
            AuditChain chain = new AuditChain(ENTRIES, Map.of());
            while (chain.take(log)) {
                log.clear();
            }
            assertThat(chain.faults()).containsExactly("entry " + (at + 1) + " is missing");
        }
    }

    @Test
    void entriesThatWereExchangedAreFound() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            List<LoggedRecord<AuditEntry>> log = log();
            int one = random.nextInt(ENTRIES);
            int two = (one + 1 + random.nextInt(ENTRIES - 1)) % ENTRIES;
            Collections.swap(log, one, two);
            log.set(one, new LoggedRecord<>(one + 1, log.get(one).value()));
            log.set(two, new LoggedRecord<>(two + 1, log.get(two).value()));
            assertThat(faults(log, Map.of()))
                    .as("seed %d, %d and %d", seed, one, two)
                    .isNotEmpty();
        }
    }

    @Test
    void aTailThatWasCutOffIsFoundByADigestThatWasNoted() {
        AuditChain before = audit.verify(Map.of()).join();
        AuditChain cut = new AuditChain(ENTRIES - 2, Map.of((long) ENTRIES, before.digest()));
        assertThat(cut.take(log())).isFalse();
        assertThat(cut.faults())
                .containsExactly("entry 50 is missing, whose digest was noted; the newest is " + (ENTRIES - 2));
    }

    @Test
    void aLogThatWasWrittenAnewIsFoundByADigestThatWasNoted() {
        String noted = log().get(ENTRIES - 1).value().digest(ENTRIES);
        MemoryStore forged =
                new MemoryStore(new StoreThread(Runnable::run, clock, (delay, task) -> {}), DurableListener.NONE);
        Audit anew = new Audit(forged.records(), clock);
        for (int i = 1; i <= ENTRIES; i++) {
            anew.append(new Audit.Deed("bob", "127.0.0.1", "purge", "durable-" + i), "done", "")
                    .join();
        }
        assertThat(anew.verify(Map.of()).join().faults()).isEmpty();
        assertThat(anew.verify(Map.of((long) ENTRIES, noted)).join().faults())
                .containsExactly("entry 50, or one before it, is another than it was when its digest was noted");
    }

    /** What hubs wrote before there was a chain is kept, and what comes behind it is chained to it. */
    @Test
    void entriesOfVersionOneAreCountedAndNoneMayFollowTheChain() throws Exception {
        List<LoggedRecord<AuditEntry>> log = log();
        byte[] bytes = AuditEntry.TYPE.write(log.get(0).value());
        AuditEntry old = AuditEntry.TYPE.read(1, Arrays.copyOf(bytes, bytes.length - 66));
        assertThat(old.before()).isEmpty();
        AuditEntry next = changed(log.get(1).value(), 7);
        List<LoggedRecord<AuditEntry>> both = List.of(
                new LoggedRecord<>(1, old), new LoggedRecord<>(2, next.after(Optional.of(new LoggedRecord<>(1, old)))));
        AuditChain chain = new AuditChain(2, Map.of());
        chain.take(both);
        assertThat(chain.faults()).isEmpty();
        assertThat(chain.unchained()).isEqualTo(1);
        log.set(5, new LoggedRecord<>(6, old));
        assertThat(faults(log, Map.of())).contains("entry 6 has lost the digest of the one before it");
    }
}
