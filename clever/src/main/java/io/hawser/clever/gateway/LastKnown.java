package io.hawser.clever.gateway;

import io.hawser.core.store.record.RecordPage;
import io.hawser.core.store.record.RecordTable;
import io.hawser.net.Loop;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What copters that are not there were like, across restarts of the hub. What is known of one that is there is kept at most once a
 * second, and never while the store is still at it: a slow disk delays nobody. Owner: the gateway's loop.
 */
final class LastKnown {
    /** So many are remembered; the one that was seen longest ago goes first. */
    private static final int MOST = 1_000;

    private static final int PAGE = 500;
    private static final long BETWEEN_MILLIS = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(LastKnown.class);

    private final RecordTable<CopterRecord> table;
    private final Loop loop;
    private final InstantSource clock;
    private final Map<String, Copter> absent = new HashMap<>();
    private final Map<String, Writing> writings = new HashMap<>();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private boolean closing;

    /** What is being kept of one copter. */
    private static final class Writing {
        private @Nullable Copter next;
        private long at;
        private boolean busy;
    }

    LastKnown(RecordTable<CopterRecord> table, Loop loop, InstantSource clock) {
        this.table = table;
        this.loop = loop;
        this.clock = clock;
    }

    /** Remembers what is kept; before anything else, and not for the loop. */
    void load() {
        try {
            Optional<String> after = Optional.of("");
            while (after.isPresent() && absent.size() < MOST) {
                RecordPage<CopterRecord> page =
                        table.list("", after.get(), PAGE).join();
                page.records()
                        .forEach(stored ->
                                absent.put(stored.value().id(), stored.value().absent()));
                after = page.next();
            }
        } catch (CompletionException unreadable) {
            LOG.warn("clever: what earlier copters were like cannot be read: {}", unreadable.getMessage());
        }
    }

    /** Those that are not there. */
    Collection<Copter> absent() {
        return absent.values();
    }

    /** What {@code id} was like, which is not there. */
    Optional<Copter> of(String id) {
        return Optional.ofNullable(absent.get(id));
    }

    /** {@code copter} is there. */
    void here(Copter copter) {
        absent.remove(copter.id());
        keep(copter, false);
    }

    /** {@code copter} is not there any more. */
    void gone(Copter copter) {
        absent.put(copter.id(), copter);
        keep(copter, true);
        if (absent.size() > MOST) {
            absent.values().stream()
                    .min(Comparator.comparingLong(Copter::since))
                    .ifPresent(oldest -> {
                        absent.remove(oldest.id());
                        table.remove(oldest.id());
                    });
        }
    }

    /** Keeps what has yet to be kept, and nothing new; completes when the store is done. */
    CompletableFuture<Void> close() {
        closing = true;
        writings.forEach((id, writing) -> {
            if (!writing.busy) {
                write(id, writing);
            }
        });
        rest();
        return idle;
    }

    private void rest() {
        if (closing && writings.values().stream().noneMatch(writing -> writing.busy)) {
            idle.complete(null);
        }
    }

    private void keep(Copter copter, boolean now) {
        if (closing || copter.id().equals(copter.address())) {
            return; // of the latter: it comes back under another one
        }
        Writing writing = writings.computeIfAbsent(copter.id(), first -> new Writing());
        writing.next = copter;
        if (!writing.busy && (now || clock.millis() - writing.at >= BETWEEN_MILLIS)) {
            write(copter.id(), writing);
        }
    }

    private void write(String id, Writing writing) {
        Copter copter = writing.next;
        if (copter == null) {
            return;
        }
        writing.next = null;
        writing.busy = true;
        writing.at = clock.millis();
        table.put(CopterRecord.of(copter, writing.at))
                .whenCompleteAsync(
                        (revision, failure) -> {
                            writing.busy = false;
                            if (failure != null) {
                                LOG.warn("clever[{}] could not be kept: {}", id, failure.getMessage());
                            } else if ((closing || absent.containsKey(id)) && writing.next != null) {
                                write(id, writing);
                            } else if (absent.containsKey(id)) {
                                writings.remove(id);
                            }
                            rest();
                        },
                        loop);
    }
}
