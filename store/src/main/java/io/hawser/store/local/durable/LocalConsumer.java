package io.hawser.store.local.durable;

import io.hawser.core.store.durable.DurableConsumer;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.StoredMessage;
import io.hawser.store.local.disk.Round;
import io.hawser.store.local.disk.Writer;
import java.util.List;
import java.util.concurrent.Executor;

/** One consumer. Its credit belongs to the writer. */
final class LocalConsumer implements DurableConsumer {
    private final Writer writer;
    private final Ledger ledger;
    private final DurableName name;
    private final Executor owner;
    private final Listener listener;
    private int credit;

    LocalConsumer(Writer writer, Ledger ledger, DurableName name, Executor owner, Listener listener) {
        this.writer = writer;
        this.ledger = ledger;
        this.name = name;
        this.owner = owner;
        this.listener = listener;
    }

    @Override
    public void request(int messages) {
        writer.later(round -> ledger.with(name, this, durable -> {
            credit += messages;
            ledger.touch(durable);
        }));
    }

    @Override
    public void acknowledge(List<Long> ids) {
        List<Long> done = List.copyOf(ids);
        writer.later(round -> ledger.with(name, this, durable -> ledger.acknowledge(round, durable, done)));
    }

    @Override
    public void close() {
        writer.later(round -> ledger.with(name, this, LocalDurable::detach));
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
