package io.hawser.core.match;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds which of many literals stand in a text: an immutable tree of chars, whose changed copies share what did not change.
 *
 * <p>A branch stands for the chars that lead to it; a literal hangs as a leaf where no other literal shares its way, so a
 * leaf is compared as a whole when it is reached. A search at one place of a text costs a step for each char that some
 * literal shares with it; a change copies the branches on the literal's way. Of a literal only the first
 * {@value #MAX_CHARS} chars count: what lies behind them is for whoever finds it to check.
 *
 * @param <F> what is filed under a literal
 */
final class LiteralTree<F> {
    /** So many steps a search takes at one place of a text, at most. */
    static final int MAX_CHARS = 32;

    /** So many chars are sought one after the other, as the machine does it many places at a time. */
    private static final int FEW = 4;

    private static final LiteralTree<?> EMPTY = new LiteralTree<>(Branch.empty());

    private final Branch<F> root;

    private LiteralTree(Branch<F> root) {
        this.root = root;
    }

    /** The tree without literals. */
    @SuppressWarnings("unchecked") // it holds no literals
    static <F> LiteralTree<F> empty() {
        return (LiteralTree<F>) EMPTY;
    }

    /** True if there is no literal. */
    boolean isEmpty() {
        return root.isEmpty();
    }

    /** How many are filed under {@code literal}, or under one that begins as it does. */
    int count(String literal) {
        Leaf<F> leaf = root.find(0, counting(literal));
        return leaf == null ? 0 : leaf.filed.size();
    }

    /** This tree with {@code filed} under {@code literal}, which is not empty. */
    LiteralTree<F> with(String literal, F filed) {
        String counting = counting(literal);
        Leaf<F> before = root.find(0, counting);
        PersistentMap<F, Boolean> all = before == null ? PersistentMap.empty() : before.filed;
        return new LiteralTree<>(root.with(0, new Leaf<>(counting, all.with(filed, true))));
    }

    /** This tree without {@code filed} under {@code literal}; itself if it was not there. */
    LiteralTree<F> without(String literal, F filed) {
        String counting = counting(literal);
        Leaf<F> before = root.find(0, counting);
        if (before == null || before.filed.find(filed) == null) {
            return this;
        }
        PersistentMap<F, Boolean> left = before.filed.without(filed);
        Branch<F> changed = left.isEmpty() ? root.without(0, counting) : root.with(0, new Leaf<>(counting, left));
        return new LiteralTree<>(changed);
    }

    /** Calls {@code found} with each leaf whose literal stands at the start of {@code text}, once. */
    void atStart(String text, Consumer<Leaf<F>> found) {
        if (!text.isEmpty()) {
            at(text, 0, found);
        }
    }

    /** Calls {@code found} with each leaf whose literal stands in {@code text}, as often as it does. */
    void anywhere(String text, Consumer<Leaf<F>> found) {
        char[] firsts = root.chars;
        if (firsts.length > FEW) {
            for (int i = 0; i < text.length(); i++) {
                at(text, i, found);
            }
            return;
        }
        for (char first : firsts) {
            for (int i = text.indexOf(first); i >= 0; i = text.indexOf(first, i + 1)) {
                at(text, i, found);
            }
        }
    }

    private void at(String text, int start, Consumer<Leaf<F>> found) {
        Node<F> node = root.child(text.charAt(start));
        int at = start + 1;
        while (node instanceof Branch<F> branch) {
            if (branch.here != null) {
                found.accept(branch.here);
            }
            node = at < text.length() ? branch.child(text.charAt(at++)) : null;
        }
        if (node instanceof Leaf<F> leaf && text.startsWith(leaf.literal, start)) {
            found.accept(leaf);
        }
    }

    private static String counting(String literal) {
        return literal.length() > MAX_CHARS ? literal.substring(0, MAX_CHARS) : literal;
    }

    /** One place of the tree. */
    private sealed interface Node<F> {}

    /** One literal, and what is filed under it. Each is itself alone. */
    static final class Leaf<F> implements Node<F> {
        private final String literal;
        private final PersistentMap<F, Boolean> filed;

        private Leaf(String literal, PersistentMap<F, Boolean> filed) {
            this.literal = literal;
            this.filed = filed;
        }

        PersistentMap<F, Boolean> filed() {
            return filed;
        }
    }

    /**
     * What shares the chars on the way here. Bit i of {@code low} and {@code high} says that a child continues with the char i
     * and 64 + i; those come first among the children, in order, then those of other chars.
     */
    private static final class Branch<F> implements Node<F> {
        private static final Branch<?> EMPTY = new Branch<>(null, new char[0], children(0));

        private final @Nullable Leaf<F> here;
        private final long low;
        private final long high;
        private final char[] chars;
        private final Node<F>[] children;

        private Branch(@Nullable Leaf<F> here, char[] chars, Node<F>[] children) {
            this.here = here;
            this.chars = chars;
            this.children = children;
            long lower = 0;
            long upper = 0;
            for (char c : chars) {
                lower |= c < 64 ? 1L << c : 0;
                upper |= c >= 64 && c < 128 ? 1L << c : 0;
            }
            this.low = lower;
            this.high = upper;
        }

        @SuppressWarnings("unchecked") // it holds nothing
        private static <F> Branch<F> empty() {
            return (Branch<F>) EMPTY;
        }

        @SuppressWarnings("unchecked") // an array of a generic type cannot be made otherwise
        private static <F> Node<F>[] children(int count) {
            return (Node<F>[]) new Node<?>[count];
        }

        private boolean isEmpty() {
            return here == null && children.length == 0;
        }

        /** Where the child for {@code c} stands, or should stand: then -1 less that. */
        private int position(char c) {
            if (c >= 128) {
                return Arrays.binarySearch(chars, c);
            }
            long bits = c < 64 ? low : high;
            long bit = 1L << c;
            int before = Long.bitCount(bits & (bit - 1)) + (c < 64 ? 0 : Long.bitCount(low));
            return (bits & bit) != 0 ? before : -1 - before;
        }

        private @Nullable Node<F> child(char c) {
            if (c < 128 && ((c < 64 ? low : high) & (1L << c)) == 0) {
                return null;
            }
            int at = position(c);
            return at < 0 ? null : children[at];
        }

        private @Nullable Leaf<F> find(int depth, String literal) {
            if (depth == literal.length()) {
                return here;
            }
            Node<F> child = child(literal.charAt(depth));
            if (child instanceof Branch<F> branch) {
                return branch.find(depth + 1, literal);
            }
            return child instanceof Leaf<F> leaf && leaf.literal.equals(literal) ? leaf : null;
        }

        private Branch<F> with(int depth, Leaf<F> leaf) {
            if (depth == leaf.literal.length()) {
                return new Branch<>(leaf, chars, children);
            }
            char c = leaf.literal.charAt(depth);
            int at = position(c);
            if (at < 0) {
                return inserted(-1 - at, c, leaf);
            }
            Node<F> child = children[at];
            if (child instanceof Leaf<F> other) {
                return replaced(at, other.literal.equals(leaf.literal) ? leaf : split(depth + 1, other, leaf));
            }
            return replaced(at, ((Branch<F>) child).with(depth + 1, leaf));
        }

        private static <F> Branch<F> split(int depth, Leaf<F> one, Leaf<F> other) {
            return Branch.<F>empty().with(depth, one).with(depth, other);
        }

        /** This branch without {@code literal}, which is here. */
        private Branch<F> without(int depth, String literal) {
            if (depth == literal.length()) {
                return new Branch<>(null, chars, children);
            }
            int at = position(literal.charAt(depth));
            if (!(children[at] instanceof Branch<F> branch)) {
                return removed(at);
            }
            Branch<F> left = branch.without(depth + 1, literal);
            return left.isEmpty() ? removed(at) : replaced(at, left.shrunk());
        }

        /** A branch that leads to a single leaf is that leaf. */
        private Node<F> shrunk() {
            if (children.length == 0 && here != null) {
                return here;
            }
            return here == null && children.length == 1 && children[0] instanceof Leaf<F> leaf ? leaf : this;
        }

        private Branch<F> inserted(int at, char c, Node<F> child) {
            char[] moreChars = Arrays.copyOf(chars, chars.length + 1);
            Node<F>[] more = Arrays.copyOf(children, children.length + 1);
            System.arraycopy(chars, at, moreChars, at + 1, chars.length - at);
            System.arraycopy(children, at, more, at + 1, children.length - at);
            moreChars[at] = c;
            more[at] = child;
            return new Branch<>(here, moreChars, more);
        }

        private Branch<F> replaced(int at, Node<F> child) {
            Node<F>[] changed = children.clone();
            changed[at] = child;
            return new Branch<>(here, chars, changed);
        }

        private Branch<F> removed(int at) {
            char[] fewerChars = Arrays.copyOf(chars, chars.length - 1);
            Node<F>[] fewer = Arrays.copyOf(children, children.length - 1);
            System.arraycopy(chars, at + 1, fewerChars, at, chars.length - at - 1);
            System.arraycopy(children, at + 1, fewer, at, children.length - at - 1);
            return new Branch<>(here, fewerChars, fewer);
        }
    }
}
