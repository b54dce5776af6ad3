package io.hawser.core.store.ledger;

import io.hawser.core.bytes.BytesException;
import io.hawser.core.message.Message;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import java.util.List;

/**
 * What an engine gives the ledger for one piece of work: the time, the messages, a place for every change, and a way to tell
 * when the changes are safe. A durable is known by a number, which is never used again.
 *
 * <p>What is said to be synced is on stable storage before anything is told, the rest rides with it.
 */
public interface Turn {
    /** The time, milliseconds since the epoch. */
    long now();

    /**
     * The message with this store id.
     *
     * @throws BytesException if it is not there as it was kept
     */
    Kept message(long id) throws BytesException;

    /** For whom the message was kept; empty if that cannot be read. */
    List<Integer> keepers(long id);

    /** Keeps a message; synced. */
    void keep(long id, Message message, List<Integer> durables);

    /** Nobody needs the message any more. */
    void forget(long id);

    /** The durable waits for the message; synced. */
    void enter(int durable, long id, Entry entry);

    /** The durable is done with the message. */
    void leave(int durable, long id);

    /** The durable is what these say; synced. */
    void define(int durable, DurableName name, DurableSettings settings, byte[] definition);

    /** The durable is no more, but its entries are; synced. */
    void undefine(int durable);

    /** The durable was undefined, and this is the last that is heard of it: what entries it has are to be removed. */
    void clear(int durable);

    /** Messages of the durable up to this id may have been delivered; synced. */
    void mark(int durable, long id);

    /** Since when the durable has no consumer, milliseconds since the epoch; 0: it has one. */
    void idle(int durable, long since);

    /** The highest store id given out; synced. */
    void lastId(long id);

    /**
     * Which of the message ids {@code block} * {@link Seen#BLOCK} and following were kept, a bit each; synced.
     *
     * @param time when the last of them was
     */
    void seen(String lineage, long block, long[] bits, long time);

    /** These message ids need not be known any more. */
    void unseen(String lineage, long block);

    /** Does {@code delivery} once everything is written, before what else is to be done then. */
    void deliver(Runnable delivery);

    /** Does {@code action} once everything is written. */
    void afterwards(Runnable action);
}
