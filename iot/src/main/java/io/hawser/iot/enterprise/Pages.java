package io.hawser.iot.enterprise;

import io.hawser.iot.link.LinkException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A list at the server, read in pages of at most {@value #MOST}; what comes and goes meanwhile may be missing or come twice. Callable from
 * any thread; each method waits for the server.
 */
public final class Pages<T> {
    /** How many things the server gives at once. */
    public static final int MOST = 200;

    private final Source<T> source;

    /** Gets a page. */
    interface Source<T> {
        Page<T> page(long offset, int limit) throws LinkException;
    }

    /**
     * A part of the list.
     *
     * @param items what is in it
     * @param offset how many were left out before it
     * @param hasMore whether there is more behind it
     * @param total how many there are in all, if the server says so
     */
    public record Page<T>(List<T> items, long offset, boolean hasMore, OptionalLong total) {
        /** A page with a copy of the items. */
        public Page {
            items = List.copyOf(items);
        }
    }

    Pages(Source<T> source) {
        this.source = source;
    }

    /**
     * At most {@code limit} things behind the first {@code offset}.
     *
     * @throws IllegalArgumentException if the limit is not from 1 to {@value #MOST}, or the offset negative
     * @throws LinkException if the server does not say
     */
    public Page<T> page(long offset, int limit) throws LinkException {
        if (offset < 0 || limit < 1 || limit > MOST) {
            throw new IllegalArgumentException(
                    "a page has 1 to " + MOST + " things from 0 on, not " + limit + " from " + offset);
        }
        return source.page(offset, limit);
    }

    /** All of it, page by page. */
    public List<T> all() throws LinkException {
        List<T> all = new ArrayList<>();
        boolean more = true;
        while (more) {
            Page<T> page = source.page(all.size(), MOST);
            all.addAll(page.items());
            more = page.hasMore() && !page.items().isEmpty();
        }
        return all;
    }
}
