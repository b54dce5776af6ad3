package io.hawser.store.local;

import io.hawser.core.store.DurableConsumer;
import io.hawser.core.store.DurableName;
import io.hawser.core.store.StoredMessage;
import java.util.List;
import java.util.concurrent.Executor;

/** One consumer. Its credit belongs to the writer. */
final class LocalConsumer implements DurableConsumer {
    private final LocalStore store;
    private final DurableName name;
    private final Executor owner;
    private final Listener listener;
    private int credit;

    LocalConsumer(LocalStore store, DurableName name, Executor owner, Listener listener) {
        this.store = store;
        this.name = name;
        this.owner = owner;
        this.listener = listener;
    }

    @Override
    public void request(int messages) {
        store.later((ledger, round) -> ledger.with(name, this, durable -> {
            credit += messages;
            round.touch(durable);
        }));
    }

    @Override
    public void acknowledge(List<Long> ids) {
        List<Long> done = List.copyOf(ids);
        store.later((ledger, round) -> ledger.with(name, this, durable -> ledger.acknowledge(round, durable, done)));
    }

    @Override
    public void close() {
        store.later((ledger, round) -> ledger.with(name, this, LocalDurable::detach));
    }

    int credit() {
        return credit;
    }

    void hand(Round round, List<StoredMessage> messages) {
        credit -= messages.size();
        List<StoredMessage> out = List.copyOf(messages);
        round.deliver(() -> owner.execute(() -> listener.delivered(out)));
    }

    void displace(Round round) {
        round.afterwards(() -> owner.execute(listener::displaced));
    }
}
