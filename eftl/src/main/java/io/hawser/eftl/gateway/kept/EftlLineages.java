package io.hawser.eftl.gateway.kept;

import io.hawser.core.store.record.RecordPage;
import io.hawser.core.store.record.RecordTable;
import io.hawser.core.store.record.Records;
import io.hawser.core.store.record.StoredRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Under which lineage each client's publications are numbered, across sessions and restarts of the hub ({@code specs/eftl.md}
 * 1.6): a client that shows the token of its last welcome goes on counting, any other begins anew. One record a client id,
 * for a day after it was there last; in times of very many clients for less. Callable from any thread.
 */
public final class EftlLineages {
    static final Duration REFRESH = Duration.ofHours(1);
    private static final Duration LIFE = Duration.ofDays(1);
    private static final int MOST = 100_000;
    private static final int PAGE = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(EftlLineages.class);

    private final RecordTable<LineageRecord> table;
    private final InstantSource clock;
    private final AtomicLong swept = new AtomicLong();
    private volatile Duration life = LIFE;

    /** The lineages in {@code records}. */
    public EftlLineages(Records records, InstantSource clock) {
        this.table = records.table(LineageRecord.TYPE);
        this.clock = clock;
    }

    long now() {
        return clock.millis();
    }

    /**
     * Completes when {@code record} is kept, with the lineage of the one before instead of its own if that had the token
     * {@code before} and the same user. It had the token that was told last and the one before: its welcome may have been lost.
     */
    CompletableFuture<LineageRecord> begin(LineageRecord record, String before, Executor owner) {
        long last = swept.get();
        if (record.seen() - last >= REFRESH.toMillis() && swept.compareAndSet(last, record.seen())) {
            sweep("", 0);
        }
        return table.get(record.client())
                .thenComposeAsync(
                        found -> {
                            LineageRecord kept = found.map(StoredRecord::value)
                                    .filter(older -> goesOn(older, record, before))
                                    .map(older -> of(record, before, older.lineage()))
                                    .orElse(record);
                            return keep(kept).thenApply(done -> kept);
                        },
                        owner);
    }

    private boolean goesOn(LineageRecord older, LineageRecord record, String before) {
        return (older.token().equals(before) || older.before().equals(before))
                && older.user().equals(record.user())
                && older.seen() >= record.seen() - life.toMillis();
    }

    private static LineageRecord of(LineageRecord record, String before, String lineage) {
        return new LineageRecord(record.client(), record.token(), before, record.user(), lineage, record.seen());
    }

    CompletableFuture<Long> keep(LineageRecord record) {
        return table.put(record);
    }

    private void sweep(String after, int living) {
        table.list("", after, PAGE).whenComplete((page, failure) -> {
            if (failure == null) {
                swept(page, living);
            } else {
                LOG.warn("lineages that are too old stay for now", failure);
            }
        });
    }

    private void swept(RecordPage<LineageRecord> page, int before) {
        int living = before;
        long oldest = now() - life.toMillis();
        for (StoredRecord<LineageRecord> record : page.records()) {
            if (record.value().seen() >= oldest) {
                living++;
            } else {
                table.remove(record.value().client(), record.revision());
            }
        }
        Optional<String> next = page.next();
        if (next.isPresent()) {
            sweep(next.get(), living);
        } else {
            life = living > MOST ? life.dividedBy(2) : LIFE;
        }
    }
}
