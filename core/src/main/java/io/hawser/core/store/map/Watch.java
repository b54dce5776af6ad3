package io.hawser.core.store.map;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.shelf.Desk;
import io.hawser.core.store.shelf.KeyText;
import io.hawser.core.store.shelf.Refusal;
import io.hawser.core.store.shelf.Shelf;
import io.hawser.core.store.shelf.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One watch. All its state belongs to the store's thread.
 *
 * <p>As long as it has credit it takes each change when it is made. Without credit it is {@code behind}: it keeps nothing
 * but its position, and reads what came after it from the shelf, where each key stands once with its newest change, when
 * there is credit again.
 */
final class Watch implements MapWatch {
    /** So many changes are looked at, and about so many bytes told, in one turn. */
    private static final int PIECE = 4096;

    private static final long PIECE_BYTES = 4 << 20;

    private final Desk desk;
    private final MapBook book;
    private final MapName name;
    private final String prefix;
    private final Executor owner;
    private final Listener listener;
    private final List<MapEntry> pending = new ArrayList<>();
    /** Everything up to here was told; counts only while behind. */
    private long position;
    /** Removals up to here do not concern it: it began later. */
    private long silent;

    private int credit;
    private boolean behind;

    Watch(Desk desk, MapBook book, MapName name, String prefix, Executor owner, Listener listener) {
        this.desk = desk;
        this.book = book;
        this.name = name;
        this.prefix = prefix;
        this.owner = owner;
        this.listener = listener;
    }

    MapName name() {
        return name;
    }

    @Override
    public void request(int changes) {
        desk.later(turn -> {
            credit += changes;
            book.feedSoon(this);
        });
    }

    @Override
    public void close() {
        desk.later(turn -> book.end(this));
    }

    /** Begins, when the store's latest revision is {@code last}. */
    void begin(Turn turn, MapStart start, long last) {
        position = start.revision();
        behind = position >= 0;
        if (position == 0) {
            silent = last;
        } else if (position > last) {
            restart(turn, last);
        }
    }

    /** The map was dropped, or this watch has missed something: what is there is told again. */
    void restart(Turn turn, long last) {
        flush(turn);
        turn.afterwards(() -> owner.execute(listener::restarted));
        position = 0;
        silent = last;
        behind = true;
    }

    /** A change is made just now. */
    void hear(MapEntry change) {
        if (behind || !change.key().startsWith(prefix)) {
            return;
        }
        if (credit > 0) {
            credit--;
            pending.add(change);
        } else {
            behind = true;
            position = change.revision() - 1;
        }
    }

    boolean hungry() {
        return behind && credit > 0;
    }

    /** Tells a piece of what it missed. */
    void feed(Turn turn, @Nullable KeptMap map, long last) {
        if (!hungry()) {
            return;
        }
        if (map == null) {
            behind = false;
            return;
        }
        if (map.floor() > Math.max(position, silent)) {
            restart(turn, last);
        }
        try {
            read(turn, map);
        } catch (Refusal damaged) {
            flush(turn);
            refuse(turn, damaged.why());
            book.end(this);
        }
    }

    /** Tells that nothing more comes. */
    void refuse(Turn turn, StoreException why) {
        turn.afterwards(() -> owner.execute(() -> listener.failed(why)));
    }

    private void read(Turn turn, KeptMap map) {
        Missed missed = new Missed();
        turn.walk(
                MapLayout.key(MapLayout.CHANGE, map.number()),
                MapLayout.at(MapLayout.CHANGE, map.number(), position + 1),
                missed);
        long size = 0;
        for (byte[] key : missed.keys) {
            if (credit == 0 || size > PIECE_BYTES) {
                return;
            }
            Leaf leaf = map.load(turn, key);
            if (leaf == null) {
                throw new Refusal(map.lost(key));
            }
            if (leaf.live() || leaf.revision() > silent) {
                pending.add(leaf.entry(map.place(key), KeyText.text(key)));
                credit--;
                size += leaf.size();
            }
            position = leaf.revision();
        }
        position = missed.last;
        behind = missed.more;
    }

    /** Tells what was made or found in this turn. */
    void flush(Turn turn) {
        if (!pending.isEmpty()) {
            List<MapEntry> told = List.copyOf(pending);
            pending.clear();
            turn.afterwards(() -> owner.execute(() -> listener.changed(told)));
        }
    }

    /** The keys that changed, up to the credit. */
    private final class Missed implements Shelf.Visitor {
        private final List<byte[]> keys = new ArrayList<>();
        private long last = position;
        private int seen;
        private boolean more;

        @Override
        public boolean visit(byte[] at, byte[] key) {
            more = keys.size() == credit || seen == PIECE;
            if (more) {
                return false;
            }
            seen++;
            last = MapLayout.revision(at);
            if (KeyText.text(key).startsWith(prefix)) {
                keys.add(key);
            }
            return true;
        }
    }
}
