package io.hawser.eftl.gateway.subscription;

import io.hawser.core.route.Interest;
import io.hawser.core.store.durable.Durables;
import io.hawser.core.store.durable.StoredMessage;
import io.hawser.eftl.gateway.kept.ChannelHistory;
import io.hawser.eftl.gateway.party.Party;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Looks through a channel's history for where the newest messages begin that a client wants and may hear. It keeps store ids alone,
 * and asks the store for a page at a time. Owner: the session's.
 */
final class NewestOfHistory {
    /** So many may be asked for. */
    static final int MOST = 1_000;

    private final Party party;
    private final Interest interest;
    private final int count;
    private final Deque<Long> found = new ArrayDeque<>();
    private final CompletableFuture<Long> start = new CompletableFuture<>();
    private long next;

    private NewestOfHistory(Party party, Interest interest, int count) {
        this.party = party;
        this.interest = interest;
        this.count = count;
    }

    /** Completes, on the session's owner, with the store id behind which the newest {@code count} stand, or all if those are fewer. */
    static CompletableFuture<Long> start(Party party, Interest interest, int count) {
        NewestOfHistory newest = new NewestOfHistory(party, interest, count);
        newest.look();
        return newest.start;
    }

    private void look() {
        String channel = party.mapping().channel().name();
        party.bus()
                .store()
                .durables()
                .view(ChannelHistory.name(channel), next, Durables.MOST_VIEWED)
                .whenCompleteAsync(
                        (page, failure) -> {
                            if (failure == null) {
                                take(page);
                            } else {
                                start.completeExceptionally(failure);
                            }
                        },
                        party.owner());
    }

    private void take(List<StoredMessage> page) {
        for (StoredMessage stored : page) {
            next = stored.id() + 1;
            if (HistoryFeed.tells(stored.message(), interest, party)) {
                found.addLast(stored.id());
            }
            if (found.size() > count) {
                found.removeFirst();
            }
        }
        if (page.isEmpty()) {
            start.complete(found.isEmpty() ? Math.max(0, next - 1) : found.getFirst() - 1);
        } else {
            look();
        }
    }
}
