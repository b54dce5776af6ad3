package io.hawser.core.match;

import java.util.function.BiConsumer;

/**
 * Finds the entries whose regexp occurs in a text, with the captures: an immutable list, asked one after another.
 *
 * <p>Regexps of equal text are evaluated once a message, whoever wants them. A change copies O(log n) nodes.
 */
public final class RegexpIndex<E> {
    private static final RegexpIndex<?> EMPTY = new RegexpIndex<>(PersistentMap.empty());

    private final PersistentMap<String, Group<E>> groups;

    private RegexpIndex(PersistentMap<String, Group<E>> groups) {
        this.groups = groups;
    }

    /** The index without entries. */
    @SuppressWarnings("unchecked") // it holds no entries
    public static <E> RegexpIndex<E> empty() {
        return (RegexpIndex<E>) EMPTY;
    }

    /** True if there is no entry. */
    public boolean isEmpty() {
        return groups.isEmpty();
    }

    /** This index with {@code entry} under {@code regexp}; itself if it was there under an equal text. */
    public RegexpIndex<E> with(Regexp regexp, E entry) {
        Group<E> group = groups.get(regexp.text()).orElseGet(() -> new Group<>(regexp, PersistentMap.empty()));
        return changed(group, group.entries().with(entry, true));
    }

    /** This index without {@code entry} under {@code regexp}; itself if it was not there under an equal text. */
    public RegexpIndex<E> without(Regexp regexp, E entry) {
        Group<E> group = groups.find(regexp.text());
        return group == null ? this : changed(group, group.entries().without(entry));
    }

    /** Calls {@code found} with each entry under each regexp that occurs in {@code text}, and what it captured. */
    public void match(String text, BiConsumer<? super E, Captures> found) {
        groups.forEach((pattern, group) -> {
            Captures captures = group.regexp().match(text);
            if (captures != null) {
                group.entries().forEachKey(entry -> found.accept(entry, captures));
            }
        });
    }

    private RegexpIndex<E> changed(Group<E> group, PersistentMap<E, Boolean> entries) {
        if (entries == group.entries()) {
            return this;
        }
        String text = group.regexp().text();
        return new RegexpIndex<>(
                entries.isEmpty() ? groups.without(text) : groups.with(text, new Group<>(group.regexp(), entries)));
    }

    /** The entries of one pattern text, and the regexp that is run for all of them. */
    private record Group<E>(Regexp regexp, PersistentMap<E, Boolean> entries) {}
}
