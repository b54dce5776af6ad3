package io.hawser.core.audit;

import io.hawser.core.store.record.LoggedRecord;
import io.hawser.core.store.record.RecordLog;
import io.hawser.core.store.record.Records;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Writes down who does what, where nobody changes it any more. Whoever does something that must not go unseen waits until it is
 * written that it was asked for, and then writes what became of it. Callable from any thread.
 *
 * <p>Each entry has the digest of the one before, so that none can be changed, taken out or exchanged without those behind it
 * telling; {@link AuditChain} looks. Whoever can write everything can write everything anew: against that helps only a digest
 * that is kept elsewhere.
 */
public final class Audit {
    /** Longer texts are cut, so that an entry always has room. */
    private static final int LONGEST = 4_096;

    /** The most bytes of an entry. */
    private static final int MOST = 6 * 4 * LONGEST;

    private static final int PAGE = 500;

    private final RecordLog<AuditEntry> log;
    private final InstantSource clock;

    /** The log in {@code records}. */
    public Audit(Records records, InstantSource clock) {
        this.log = records.log(AuditEntry.TYPE);
        this.clock = clock;
    }

    /**
     * Who asks for what.
     *
     * @param who in whose name
     * @param where from where; may be empty
     * @param action what
     * @param target to whom or to what
     */
    public record Deed(String who, String where, String action, String target) {}

    /** Appends that {@code deed} had {@code outcome}; completes when that is on stable storage, as {@link Records} says. */
    public CompletableFuture<Long> append(Deed deed, String outcome, String detail) {
        AuditEntry entry = new AuditEntry(
                clock.millis(),
                cut(deed.who()),
                cut(deed.where()),
                cut(deed.action()),
                cut(deed.target()),
                outcome,
                cut(detail),
                "");
        return log.append(MOST, newest -> entry.after(newest));
    }

    /** Completes with entries from the id {@code from} on, none at the end. */
    public CompletableFuture<List<LoggedRecord<AuditEntry>>> read(long from, int count) {
        return log.read(from, count);
    }

    /** Completes with the id of the newest entry, 0 if there is none. */
    public CompletableFuture<Long> last() {
        return log.last();
    }

    /**
     * Completes with what the whole log is like, up to the entry that is the newest now.
     *
     * @param noted the digests of some entries that somebody kept elsewhere, by id
     */
    public CompletableFuture<AuditChain> verify(Map<Long, String> noted) {
        return last().thenCompose(newest -> verify(new AuditChain(newest, noted)));
    }

    private CompletableFuture<AuditChain> verify(AuditChain chain) {
        return log.read(chain.next(), PAGE)
                .thenCompose(entries -> chain.take(entries) ? verify(chain) : CompletableFuture.completedFuture(chain));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
