package io.hawser.store.durable;

import io.hawser.core.message.Message;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.Durables;
import io.hawser.core.store.ledger.Desk;
import io.hawser.core.store.ledger.Ledger;
import io.hawser.core.store.ledger.LedgerDurables;
import io.hawser.core.store.ledger.Turn;
import io.hawser.store.rack.Part;
import io.hawser.store.rack.Rack;
import io.hawser.store.rack.Round;
import io.hawser.store.rack.Writer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The durables of an engine that keeps sorted bytes. Owner: whoever opens the store, then the writer.
 *
 * <p>After a restart, whatever may have been delivered before and was not acknowledged goes out with a delivery count of at
 * least 2.
 */
public final class RackDurables implements Part {
    private final Ledger ledger;
    private final Changes changes = new Changes();
    private final Tidying tidying = new Tidying();

    /**
     * The durables that {@code rack} holds: reads every entry, no message.
     *
     * @param now milliseconds since the epoch
     * @param listener hears what happens without anybody asking for it
     */
    public RackDurables(Rack rack, long now, DurableListener listener) {
        this.ledger = new Ledger(listener);
        new Reader(ledger, now).read(rack);
    }

    /** What {@code writer}, which must have this part, is asked for. */
    public Durables on(Writer writer) {
        return new LedgerDurables(new Work(writer), ledger);
    }

    @Override
    public void turn(Round round) {
        ledger.turn(new RackTurn(round, changes));
        changes.appended().clear();
        if (changes.takeForgotten()) {
            tidying.begin(round.now());
        }
        if (tidying.due() <= round.now()) {
            tidying.go(round, ledger.lowest());
        }
    }

    @Override
    public long due() {
        return Math.min(ledger.due(), tidying.due());
    }

    /** Every piece of work is a step of the writer. */
    private final class Work implements Desk {
        private final Writer writer;

        Work(Writer writer) {
            this.writer = writer;
        }

        @Override
        public int prepare(Message message) {
            return message.encoded(Layout.BODY).length;
        }

        @Override
        public <T> CompletableFuture<T> submit(long bytes, CompletableFuture<T> done, Consumer<Turn> work) {
            return writer.submit(bytes, done, round -> work.accept(new RackTurn(round, changes)));
        }

        @Override
        public <T> CompletableFuture<T> grow(long bytes, CompletableFuture<T> done, Consumer<Turn> work) {
            return writer.grow(bytes, done, round -> work.accept(new RackTurn(round, changes)));
        }

        @Override
        public void later(Consumer<Turn> work) {
            writer.later(round -> work.accept(new RackTurn(round, changes)));
        }
    }
}
