package io.hawser.core.audit;

import io.hawser.core.store.record.RecordLog;
import io.hawser.core.store.record.Records;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/**
 * Writes down who does what, where nobody changes it any more. Whoever does something that must not go unseen waits until it is
 * written that it was asked for, and then writes what became of it. Callable from any thread.
 */
public final class Audit {
    /** Longer texts are cut, so that an entry always has room. */
    private static final int LONGEST = 4_096;

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
        return log.append(new AuditEntry(
                clock.millis(),
                cut(deed.who()),
                cut(deed.where()),
                cut(deed.action()),
                cut(deed.target()),
                outcome,
                cut(detail)));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
