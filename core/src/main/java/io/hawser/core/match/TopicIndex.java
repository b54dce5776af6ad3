package io.hawser.core.match;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries whose topic pattern matches a topic: an immutable trie of segments.
 *
 * <p>A look-up costs one step for each segment and matching branch, however many patterns there are; a change copies the
 * nodes on the pattern's path. One entry may stand under several patterns, and is then found once for each that matches.
 */
public final class TopicIndex<E> {
    private static final TopicIndex<?> EMPTY = new TopicIndex<>(Node.empty());

    private final Node<E> root;

    private TopicIndex(Node<E> root) {
        this.root = root;
    }

    /** The index without entries. */
    @SuppressWarnings("unchecked") // it holds no entries
    public static <E> TopicIndex<E> empty() {
        return (TopicIndex<E>) EMPTY;
    }

    /** True if there is no entry. */
    public boolean isEmpty() {
        return root.isEmpty();
    }

    /** This index with {@code entry} under {@code pattern}; itself if it was there. */
    public TopicIndex<E> with(TopicPattern pattern, E entry) {
        return changed(root.with(pattern.segments(), 0, entry));
    }

    /** This index without {@code entry} under {@code pattern}; itself if it was not there. */
    public TopicIndex<E> without(TopicPattern pattern, E entry) {
        return changed(root.without(pattern.segments(), 0, entry));
    }

    /** Calls {@code found} with each entry under each pattern that matches {@code topic}. */
    public void match(String topic, Consumer<? super E> found) {
        if (!isEmpty()) {
            root.match(TopicPattern.split(topic), 0, found);
        }
    }

    private TopicIndex<E> changed(Node<E> next) {
        return next.equals(root) ? this : new TopicIndex<>(next);
    }

    /**
     * The patterns that share the segments on the way here.
     *
     * @param named what follows after a segment of that name
     * @param one what follows after {@code *}; null if nothing does
     * @param here the entries whose pattern ends here
     * @param rest the entries whose pattern ends in {@code >} here
     */
    private record Node<E>(
            PersistentMap<String, Node<E>> named,
            @Nullable Node<E> one,
            PersistentMap<E, Boolean> here,
            PersistentMap<E, Boolean> rest) {
        private static final Node<?> NOTHING =
                new Node<>(PersistentMap.empty(), null, PersistentMap.empty(), PersistentMap.empty());

        @SuppressWarnings("unchecked") // it holds no entries
        static <E> Node<E> empty() {
            return (Node<E>) NOTHING;
        }

        boolean isEmpty() {
            return named.isEmpty() && one == null && here.isEmpty() && rest.isEmpty();
        }

        Node<E> with(List<String> segments, int depth, E entry) {
            if (depth == segments.size()) {
                return changed(named, one, here.with(entry, true), rest);
            }
            String segment = segments.get(depth);
            if (segment.equals(TopicPattern.REST)) {
                return changed(named, one, here, rest.with(entry, true));
            }
            Node<E> below = below(segment);
            return under(segment, (below == null ? Node.<E>empty() : below).with(segments, depth + 1, entry));
        }

        Node<E> without(List<String> segments, int depth, E entry) {
            if (depth == segments.size()) {
                return changed(named, one, here.without(entry), rest);
            }
            String segment = segments.get(depth);
            if (segment.equals(TopicPattern.REST)) {
                return changed(named, one, here, rest.without(entry));
            }
            Node<E> below = below(segment);
            return below == null ? this : under(segment, below.without(segments, depth + 1, entry));
        }

        void match(List<String> segments, int depth, Consumer<? super E> found) {
            if (depth == segments.size()) {
                here.forEachKey(found);
                return;
            }
            rest.forEachKey(found);
            if (one != null) {
                one.match(segments, depth + 1, found);
            }
            Node<E> below = named.find(segments.get(depth));
            if (below != null) {
                below.match(segments, depth + 1, found);
            }
        }

        private @Nullable Node<E> below(String segment) {
            return segment.equals(TopicPattern.ONE) ? one : named.find(segment);
        }

        private Node<E> under(String segment, Node<E> below) {
            if (segment.equals(TopicPattern.ONE)) {
                return changed(named, below.isEmpty() ? null : below, here, rest);
            }
            return changed(below.isEmpty() ? named.without(segment) : named.with(segment, below), one, here, rest);
        }

        private Node<E> changed(
                PersistentMap<String, Node<E>> newNamed,
                @Nullable Node<E> newOne,
                PersistentMap<E, Boolean> newHere,
                PersistentMap<E, Boolean> newRest) {
            boolean same = newNamed == named && Objects.equals(newOne, one) && newHere == here && newRest == rest;
            return same ? this : new Node<>(newNamed, newOne, newHere, newRest);
        }
    }
}
