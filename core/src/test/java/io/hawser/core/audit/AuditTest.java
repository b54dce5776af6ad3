package io.hawser.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.engine.MemoryStore;
import io.hawser.core.store.record.LoggedRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTest {
    private final InstantSource clock = () -> Instant.ofEpochMilli(1_234);
    private final MemoryStore store =
            new MemoryStore(new StoreThread(Runnable::run, clock, (delay, task) -> {}), DurableListener.NONE);
    private final Audit audit = new Audit(store.records(), clock);

    @Test
    void entriesStayInTheirOrderAndAreWhole() {
        Audit.Deed deed = new Audit.Deed("alice", "127.0.0.1", "execute", "copter-1");
        assertThat(audit.append(deed, "asked", "reboot").join()).isEqualTo(1);
        assertThat(audit.append(deed, "failed", "it is offline").join()).isEqualTo(2);

        AuditEntry first =
                new AuditEntry(1_234, "alice", "127.0.0.1", "execute", "copter-1", "asked", "reboot", AuditEntry.FIRST);
        assertThat(log())
                .extracting(LoggedRecord::value)
                .containsExactly(
                        first,
                        new AuditEntry(
                                1_234,
                                "alice",
                                "127.0.0.1",
                                "execute",
                                "copter-1",
                                "failed",
                                "it is offline",
                                first.digest(1)));
    }

    @Test
    void longTextsAreCut() {
        String longest = "x".repeat(4_096);
        audit.append(new Audit.Deed("a", "", "execute", "b"), "asked", longest).join();
        audit.append(new Audit.Deed("a", "", "execute", "b"), "asked", longest + "y")
                .join();
        assertThat(log()).extracting(entry -> entry.value().detail()).containsExactly(longest, longest + "...");
    }

    private List<LoggedRecord<AuditEntry>> log() {
        return store.records().log(AuditEntry.TYPE).read(1, 100).join();
    }
}
