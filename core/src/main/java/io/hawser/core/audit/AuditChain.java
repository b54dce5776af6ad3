package io.hawser.core.audit;

import io.hawser.core.store.record.LoggedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks whether the audit is as it was written: it is given all entries, in their order. Not thread-safe; belongs to whoever
 * made it, one thread at a time.
 */
public final class AuditChain {
    /** More are not told one by one. */
    private static final int MOST_FAULTS = 100;

    private final long newest;
    private final List<String> faults = new ArrayList<>();
    private final Map<Long, String> noted;
    private long last;
    private long unchained;
    private boolean chained;
    private String digest = AuditEntry.FIRST;

    /**
     * Nothing was given yet.
     *
     * @param newest the id of the newest entry, as the log says
     * @param noted the digests of some entries that somebody kept elsewhere, by id
     */
    AuditChain(long newest, Map<Long, String> noted) {
        this.newest = newest;
        this.noted = Map.copyOf(noted);
    }

    /** From which id on it wants entries. */
    long next() {
        return last + 1;
    }

    /** Looks at {@code entries}; false if there are no more. */
    boolean take(List<LoggedRecord<AuditEntry>> entries) {
        for (LoggedRecord<AuditEntry> entry : entries) {
            if (entry.id() <= newest) {
                take(entry.id(), entry.value());
            }
        }
        if (!entries.isEmpty() && last < newest) {
            return true;
        }
        if (last < newest) {
            missing(last + 1, newest);
        }
        noted.keySet().stream()
                .filter(id -> id > last)
                .sorted()
                .forEach(id -> fault("entry " + id + " is missing, whose digest was noted; the newest is " + last));
        return false;
    }

    private void take(long id, AuditEntry entry) {
        if (id != last + 1) {
            missing(last + 1, id - 1);
        } else if (entry.before().isEmpty()) {
            unchained++;
            if (chained) {
                fault("entry " + id + " has lost the digest of the one before it");
            }
        } else if (!entry.before().equals(digest)) {
            fault("entry " + id + " does not follow entry " + (id - 1) + " as it is: one of them was changed");
        }
        chained |= !entry.before().isEmpty();
        last = id;
        digest = entry.digest(id);
        if (!noted.getOrDefault(id, digest).equals(digest)) {
            fault("entry " + id + ", or one before it, is another than it was when its digest was noted");
        }
    }

    private void missing(long from, long to) {
        fault(from == to ? "entry " + from + " is missing" : "entries " + from + " to " + to + " are missing");
    }

    private void fault(String text) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(text);
        }
    }

    /** What is wrong, a line each; empty if the log is as it was written. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** How many entries there are. */
    public long entries() {
        return last;
    }

    /** How many were written before each had the digest of the one before. */
    public long unchained() {
        return unchained;
    }

    /** The digest of the newest entry, which depends on all. */
    public String digest() {
        return digest;
    }
}
