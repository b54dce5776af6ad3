package io.hawser.core.store.ledger;

import io.hawser.core.store.durable.DurableConsumer;
import io.hawser.core.store.durable.StoredMessage;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One consumer. Its mutable fields belong to the ledger's owner. */
final class LedgerConsumer implements DurableConsumer {
    private final Desk desk;
    private final Ledger ledger;
    private final Executor owner;
    private final Listener listener;
    private @Nullable Durable durable;
    private int credit;
    private long cursor;

    LedgerConsumer(Desk desk, Ledger ledger, Executor owner, Listener listener) {
        this.desk = desk;
        this.ledger = ledger;
        this.owner = owner;
        this.listener = listener;
    }

    @Override
    public void request(int messages) {
        with((turn, from) -> credit += messages);
    }

    @Override
    public void acknowledge(List<Long> ids) {
        List<Long> done = List.copyOf(ids);
        with((turn, from) -> from.acknowledge(turn, this, done));
    }

    @Override
    public void acknowledgeUpTo(long id) {
        with((turn, from) -> from.acknowledge(turn, this, from.heldFor(this, id)));
    }

    @Override
    public void reject(List<Long> ids) {
        List<Long> unusable = List.copyOf(ids);
        with((turn, from) -> from.reject(turn, this, unusable));
    }

    @Override
    public void close() {
        with((turn, from) -> from.detach(turn, this));
    }

    private void with(BiConsumer<Turn, Durable> action) {
        desk.later(turn -> {
            Durable from = durable;
            if (from != null) {
                action.accept(turn, from);
                ledger.touch(from);
            }
        });
    }

    /** From now on it gets messages of {@code from}; of none if that is null. */
    void at(@Nullable Durable from) {
        durable = from;
    }

    int credit() {
        return credit;
    }

    /** Up to which store id it has got everything; for last-value durables. */
    long cursor() {
        return cursor;
    }

    void reached(long id) {
        cursor = id;
    }

    /** One message is about to be handed. */
    void spend() {
        credit--;
    }

    void hand(Turn turn, List<StoredMessage> messages) {
        List<StoredMessage> out = List.copyOf(messages);
        turn.deliver(() -> owner.execute(() -> listener.delivered(out)));
    }

    void withdraw(Turn turn, List<Long> ids) {
        turn.deliver(() -> owner.execute(() -> listener.withdrawn(ids)));
    }

    void displace(Turn turn) {
        turn.deliver(() -> owner.execute(listener::displaced));
    }
}
