package io.hawser.store.rack;

import io.hawser.core.store.StoreException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is written at once, and what may be told when it is on stable storage. Owner: the writer for one turn, then the
 * committer.
 */
public final class Round {
    private static final Logger LOG = LoggerFactory.getLogger(Round.class);

    private final Rack rack;
    private final Batch batch = new Batch();
    private final Map<Family, Changes> changes = new EnumMap<>(Family.class);
    private final List<Runnable> deliveries = new ArrayList<>();
    private final List<Runnable> afterwards = new ArrayList<>();
    private final long now;
    private final Consumer<StoreException> refused;
    private boolean sync;
    private int deletes;

    /**
     * An empty one.
     *
     * @param now milliseconds since the epoch
     * @param refused hears why nothing of it may be told
     */
    Round(Rack rack, long now, Consumer<StoreException> refused) {
        this.rack = rack;
        this.now = now;
        this.refused = refused;
    }

    /** One that is for {@code rack} alone: nobody is told. */
    public Round(Rack rack) {
        this(rack, 0, why -> {});
    }

    /** Where things are read; what this round changes is not there yet, but in its {@link #changes}. */
    public Rack rack() {
        return rack;
    }

    /** The time of this turn, milliseconds since the epoch. */
    public long now() {
        return now;
    }

    /** Somebody relies on this round: it is on stable storage before anything is told. */
    public void sync() {
        sync = true;
    }

    /** Keeps {@code value} under {@code key}. */
    public void put(Family family, byte[] key, byte[] value) {
        batch.put(rack.number(family), key, value);
        if (family.shelf()) {
            changes(family).put(key, Optional.of(value));
        }
    }

    /** Removes what is under {@code key}. */
    public void delete(Family family, byte[] key) {
        batch.delete(rack.number(family), key);
        if (family.shelf()) {
            changes(family).put(key, Optional.empty());
        }
        deletes++;
    }

    /** What this round changes on a shelf. */
    Changes changes(Family family) {
        return changes.computeIfAbsent(family, key -> new Changes());
    }

    /** Removes what is under the keys from {@code first} to before {@code last}. */
    public void deleteRange(Family family, byte[] first, byte[] last) {
        batch.deleteRange(rack.number(family), first, last);
    }

    /** Does {@code action} once everything is written. */
    public void afterwards(Runnable action) {
        afterwards.add(action);
    }

    /** Does {@code delivery} once everything is written, before what else is to be done then. */
    public void deliver(Runnable delivery) {
        deliveries.add(delivery);
    }

    /** About how many bytes this round writes so far. */
    public long bytes() {
        return batch.size();
    }

    /** How many things this round removes so far. */
    public int deletes() {
        return deletes;
    }

    /** Writes what there is. */
    public void write() {
        if (batch.count() > 0) {
            rack.write(batch);
        }
    }

    /** True if somebody relies on it. */
    public boolean synced() {
        return sync;
    }

    /** Everything is where it has to be. */
    void tell() {
        deliveries.forEach(Round::tell);
        afterwards.forEach(Round::tell);
    }

    /** Nothing of it may be told. */
    void refuse(StoreException why) {
        refused.accept(why);
    }

    /** Whoever cannot be told, because its thread has ended, does not concern the others. */
    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException gone) {
            LOG.debug("store: nobody there to tell", gone);
        } catch (Error bug) {
            LOG.error("store: whoever was told failed", bug);
        }
    }
}
