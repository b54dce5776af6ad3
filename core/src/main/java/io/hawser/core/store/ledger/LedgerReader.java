package io.hawser.core.store.ledger;

import io.hawser.core.bytes.BytesException;
import io.hawser.core.message.Message;
import io.hawser.core.store.durable.DurableReader;
import io.hawser.core.store.durable.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One reader. Its mutable fields belong to the ledger's owner. */
final class LedgerReader implements DurableReader {
    private final Desk desk;
    private final Ledger ledger;
    private final Executor owner;
    private final Listener listener;
    private @Nullable Durable durable;
    private long cursor;
    private int credit;

    LedgerReader(Desk desk, Ledger ledger, Executor owner, Listener listener, long after) {
        this.desk = desk;
        this.ledger = ledger;
        this.owner = owner;
        this.listener = listener;
        this.cursor = after;
    }

    /**
     * What can be read of some messages.
     *
     * @param last the last that was looked at, read or damaged
     */
    record Look(List<StoredMessage> messages, long last) {
        /** Looks at no more than {@code count} messages of {@code durable}, none before {@code from}, of not too many bytes. */
        static Look at(Turn turn, Durable durable, long from, int count) {
            List<StoredMessage> messages = new ArrayList<>();
            long last = from - 1;
            long size = 0;
            for (long id : durable.ids(from, count)) {
                Optional<Message> message = readable(turn, id);
                message.ifPresent(whole -> messages.add(new StoredMessage(id, durable.deliveries(id), whole)));
                last = id;
                size += message.map(Message::weight).orElse(0);
                if (size > Durable.HAND_OUT) {
                    break;
                }
            }
            return new Look(messages, last);
        }

        private static Optional<Message> readable(Turn turn, long id) {
            try {
                return Optional.of(turn.message(id).message());
            } catch (BytesException damaged) {
                return Optional.empty();
            }
        }
    }

    @Override
    public void request(int messages) {
        desk.later(turn -> {
            credit += messages;
            if (durable != null) {
                ledger.touch(durable);
            }
        });
    }

    @Override
    public void close() {
        desk.later(turn -> {
            if (durable != null) {
                durable.readers().remove(this);
                durable = null;
            }
        });
    }

    /** It reads from {@code found}, or has nothing to read from. */
    void begin(Turn turn, @Nullable Durable found) {
        if (found == null) {
            end(turn);
        } else {
            durable = found;
            found.readers().add(this);
            ledger.touch(found);
        }
    }

    /** Tells what it has credit for. Returns true if there may be more for the next turn. */
    boolean tell(Turn turn, Durable from) {
        if (credit <= 0) {
            return false;
        }
        Look look = Look.at(turn, from, cursor + 1, Math.min(credit, Durable.MOST));
        boolean some = look.last() > cursor;
        cursor = Math.max(cursor, look.last());
        credit -= look.messages().size();
        if (!look.messages().isEmpty()) {
            List<StoredMessage> told = List.copyOf(look.messages());
            turn.deliver(() -> owner.execute(() -> listener.read(told)));
        }
        return some && credit > 0;
    }

    void end(Turn turn) {
        durable = null;
        turn.deliver(() -> owner.execute(listener::ended));
    }
}
