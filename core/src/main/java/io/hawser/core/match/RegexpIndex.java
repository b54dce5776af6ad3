package io.hawser.core.match;

import io.hawser.core.match.RequiredLiterals.Clause;
import io.hawser.core.match.RequiredLiterals.Literal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries whose regexp occurs in a text, with the captures: an immutable index by one access clause each.
 *
 * <p>A regexp is filed under the literals of one clause of what it requires ({@link RequiredLiterals}), of which every text that
 * matches holds at least one: under literals that are found cheaply and are shared with few others at that moment. Those that must
 * start the text are looked up once a text, others at each of its chars, and regexps that require nothing are run on every text. Each
 * regexp that a look-up leads to is run, after a look at its other literals.
 *
 * <p>Regexps of equal text are evaluated once a message, whoever wants them. A change copies O(log n) nodes, and a branch of a
 * {@link LiteralTree} for each char of a literal that others share; nothing is ever rebuilt.
 */
public final class RegexpIndex<E> {
    private static final RegexpIndex<?> EMPTY = new RegexpIndex<>(
            PersistentMap.empty(), LiteralTree.empty(), LiteralTree.empty(), PersistentMap.empty(), 0);

    private final PersistentMap<String, Group<E>> groups;
    private final LiteralTree<Filed> starts;
    private final LiteralTree<Filed> parts;
    private final PersistentMap<Filed, Boolean> rest;
    /** The number of the next regexp to come. */
    private final long next;

    private RegexpIndex(
            PersistentMap<String, Group<E>> groups,
            LiteralTree<Filed> starts,
            LiteralTree<Filed> parts,
            PersistentMap<Filed, Boolean> rest,
            long next) {
        this.groups = groups;
        this.starts = starts;
        this.parts = parts;
        this.rest = rest;
        this.next = next;
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
        Group<E> group = groups.find(regexp.text());
        if (group != null) {
            return changed(group, group.entries().with(entry));
        }
        Filed filed = new Filed(regexp, next, access(regexp));
        LiteralTree<Filed> newStarts = starts;
        LiteralTree<Filed> newParts = parts;
        for (Literal literal : filed.access) {
            newStarts = literal.atStart() ? newStarts.with(literal.text(), filed) : newStarts;
            newParts = literal.atStart() ? newParts : newParts.with(literal.text(), filed);
        }
        return new RegexpIndex<>(
                groups.with(regexp.text(), new Group<>(filed, Roster.<E>empty().with(entry))),
                newStarts,
                newParts,
                filed.access.isEmpty() ? rest.with(filed, true) : rest,
                next + 1);
    }

    /** This index without {@code entry} under {@code regexp}; itself if it was not there under an equal text. */
    public RegexpIndex<E> without(Regexp regexp, E entry) {
        Group<E> group = groups.find(regexp.text());
        if (group == null) {
            return this;
        }
        Roster<E> left = group.entries().without(entry);
        if (!left.isEmpty()) {
            return changed(group, left);
        }
        Filed filed = group.filed();
        LiteralTree<Filed> newStarts = starts;
        LiteralTree<Filed> newParts = parts;
        for (Literal literal : filed.access) {
            newStarts = literal.atStart() ? newStarts.without(literal.text(), filed) : newStarts;
            newParts = literal.atStart() ? newParts : newParts.without(literal.text(), filed);
        }
        return new RegexpIndex<>(groups.without(regexp.text()), newStarts, newParts, rest.without(filed), next);
    }

    /**
     * Calls {@code found} with each entry under each regexp that occurs in {@code text}, and what it captured: regexps in the order
     * in which they came, and the entries of each in the order in which they came.
     */
    public void match(String text, BiConsumer<? super E, Captures> found) {
        if (isEmpty()) {
            return;
        }
        Search search = new Search(text);
        starts.atStart(text, search::run);
        if (!parts.isEmpty()) {
            parts.anywhere(text, search);
        }
        rest.forEachKey(search::run);
        for (Match match : search.inOrder()) {
            Group<E> group = groups.find(match.filed().regexp.text());
            if (group != null) {
                group.entries().forEach(entry -> found.accept(entry, match.captures()));
            }
        }
    }

    private RegexpIndex<E> changed(Group<E> group, Roster<E> entries) {
        return entries == group.entries()
                ? this
                : new RegexpIndex<>(
                        groups.with(group.filed().regexp.text(), new Group<>(group.filed(), entries)),
                        starts,
                        parts,
                        rest,
                        next);
    }

    /** The literals to file {@code regexp} under; none if it requires none. */
    private List<Literal> access(Regexp regexp) {
        return regexp.required().clauses().stream()
                .min(Comparator.comparingLong(this::cost))
                .map(Clause::literals)
                .orElse(List.of());
    }

    /** What it costs to file one more under {@code clause}: how many are run in vain, and in how many texts. */
    private long cost(Clause clause) {
        long cost = 0;
        for (Literal literal : clause.literals()) {
            LiteralTree<Filed> tree = literal.atStart() ? starts : parts;
            cost += (1L + tree.count(literal.text())) * frequency(literal);
        }
        return cost;
    }

    /** How often a literal is found in texts that have nothing to do with it, as a guess. */
    private static int frequency(Literal literal) {
        int length = literal.text().length();
        return (length > 2 ? 1 : length == 2 ? 8 : 64) * (literal.atStart() ? 1 : 8);
    }

    /** The regexp that is run for all entries of one pattern text. */
    private record Group<E>(Filed filed, Roster<E> entries) {}

    /** One regexp, under the literals {@code access}. Each is itself alone. */
    private static final class Filed {
        private final Regexp regexp;
        private final long number;
        private final List<Literal> access;

        private Filed(Regexp regexp, long number, List<Literal> access) {
            this.regexp = regexp;
            this.number = number;
            this.access = access;
        }
    }

    private record Match(Filed filed, Captures captures) {}

    /** One text's way through the index. Its owner is the call that made it. */
    private static final class Search implements Consumer<LiteralTree.Leaf<Filed>> {
        private final String text;
        private final List<Match> matches = new ArrayList<>(2);
        /** What must not be looked at a second time: leaves, and regexps that are filed under several literals. */
        private @Nullable Set<Object> seen;

        private Search(String text) {
            this.text = text;
        }

        /** A leaf whose literal may stand in the text once more. */
        @Override
        public void accept(LiteralTree.Leaf<Filed> leaf) {
            if (first(leaf)) {
                run(leaf);
            }
        }

        private void run(LiteralTree.Leaf<Filed> leaf) {
            leaf.filed().forEachKey(this::run);
        }

        private void run(Filed filed) {
            if (filed.access.size() > 1 && !first(filed)) {
                return;
            }
            Captures captures = filed.regexp.match(text);
            if (captures != null) {
                matches.add(new Match(filed, captures));
            }
        }

        private boolean first(Object what) {
            Set<Object> before = seen;
            if (before == null) {
                before = new HashSet<>();
                seen = before;
            }
            return before.add(what);
        }

        private List<Match> inOrder() {
            if (matches.size() > 1) {
                matches.sort(Comparator.comparingLong(match -> match.filed().number));
            }
            return matches;
        }
    }
}
