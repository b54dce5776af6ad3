package io.hawser.store.durable;

import io.hawser.core.bytes.BytesException;
import io.hawser.core.message.Message;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.ledger.Entry;
import io.hawser.core.store.ledger.Kept;
import io.hawser.core.store.ledger.Turn;
import io.hawser.store.rack.Family;
import io.hawser.store.rack.Round;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A round, as the ledger sees it. Lives for one turn of the writer, its owner.
 *
 * <p>What need not be synced rides with whatever is synced next: if it is lost, a message is delivered again, counted, or one
 * that nobody waits for is removed later.
 */
final class RackTurn implements Turn {
    private final Round round;
    private final Changes changes;

    RackTurn(Round round, Changes changes) {
        this.round = round;
        this.changes = changes;
    }

    @Override
    public long now() {
        return round.now();
    }

    @Override
    public Kept message(long id) throws BytesException {
        Kept fresh = changes.appended().get(id);
        return fresh != null ? fresh : Layout.kept(id, record(id));
    }

    @Override
    public List<Integer> keepers(long id) {
        Kept fresh = changes.appended().get(id);
        try {
            return fresh != null ? fresh.durables() : Layout.keepers(id, record(id));
        } catch (BytesException damaged) {
            return List.of();
        }
    }

    private byte[] record(long id) {
        Optional<byte[]> record = round.rack().get(Family.MESSAGES, Layout.number(id));
        return record.orElse(new byte[0]);
    }

    @Override
    public void keep(long id, Message message, List<Integer> durables) {
        put(Family.MESSAGES, Layout.number(id), Layout.record(id, durables, message.encoded(Layout.BODY)));
        changes.appended().put(id, new Kept(message, durables));
    }

    @Override
    public void forget(long id) {
        changes.forget();
        round.delete(Family.MESSAGES, Layout.number(id));
    }

    @Override
    public void enter(int durable, long id, Entry entry) {
        put(Family.ENTRIES, Layout.entry(durable, id), Layout.entry(entry));
    }

    @Override
    public void leave(int durable, long id) {
        round.delete(Family.ENTRIES, Layout.entry(durable, id));
    }

    @Override
    public void define(int durable, DurableName name, DurableSettings settings, byte[] definition) {
        put(Family.FACTS, Layout.key(Layout.DEFINITION, durable), Layout.definition(name, settings, definition));
    }

    @Override
    public void undefine(int durable) {
        round.delete(Family.FACTS, Layout.key(Layout.DEFINITION, durable));
        round.delete(Family.FACTS, Layout.key(Layout.MARK, durable));
        round.delete(Family.FACTS, Layout.key(Layout.IDLE, durable));
        put(Family.FACTS, Layout.key(Layout.GONE, durable), new byte[0]);
    }

    @Override
    public void clear(int durable) {
        round.deleteRange(Family.ENTRIES, Layout.entry(durable, 0), Layout.entry(durable + 1, 0));
        round.delete(Family.FACTS, Layout.key(Layout.GONE, durable));
    }

    @Override
    public void mark(int durable, long id) {
        put(Family.FACTS, Layout.key(Layout.MARK, durable), Layout.number(id));
    }

    @Override
    public void idle(int durable, long since) {
        round.put(Family.FACTS, Layout.key(Layout.IDLE, durable), Layout.number(since));
    }

    @Override
    public void lastId(long id) {
        put(Family.FACTS, Layout.LAST_ID, Layout.number(id));
    }

    @Override
    public void seen(String lineage, long block, long[] bits, long time) {
        ByteBuffer value = ByteBuffer.allocate(8 + 8 * bits.length).putLong(time);
        for (long each : bits) {
            value.putLong(each);
        }
        put(Family.FACTS, Layout.seen(lineage, block), value.array());
    }

    @Override
    public void unseen(String lineage, long block) {
        round.delete(Family.FACTS, Layout.seen(lineage, block));
    }

    private void put(Family family, byte[] key, byte[] value) {
        round.put(family, key, value);
        round.sync();
    }

    @Override
    public void deliver(Runnable delivery) {
        round.deliver(delivery);
    }

    @Override
    public void afterwards(Runnable action) {
        round.afterwards(action);
    }
}
