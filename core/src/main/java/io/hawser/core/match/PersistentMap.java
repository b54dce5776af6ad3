package io.hawser.core.match;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash map whose changed copies share what did not change: a change copies O(log n) small nodes.
 *
 * <p>The map is a tree of branches: each looks at five bits of the hash and holds a child only for the values that
 * occur. Keys whose whole hashes are equal end in one bucket, which is searched by {@code equals}. A walk goes by the hash:
 * by its lowest five bits first, then by the next five.
 */
public final class PersistentMap<K, V> {
    private static final int BITS = 5;
    private static final PersistentMap<?, ?> EMPTY = new PersistentMap<>(null, 0);

    private final @Nullable Node<K, V> root;
    private final int size;

    private PersistentMap(@Nullable Node<K, V> root, int size) {
        this.root = root;
        this.size = size;
    }

    /** The map without keys. */
    @SuppressWarnings("unchecked") // it holds neither keys nor values
    public static <K, V> PersistentMap<K, V> empty() {
        return (PersistentMap<K, V>) EMPTY;
    }

    /** How many keys there are. */
    public int size() {
        return size;
    }

    /** True if there is no key. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** The value of {@code key}, if there is one. */
    public Optional<V> get(K key) {
        return Optional.ofNullable(find(key));
    }

    /** The value of {@code key}, null if there is none: {@link #get} without the wrapper, for hot paths. */
    public @Nullable V find(K key) {
        return root == null ? null : root.find(0, key.hashCode(), key);
    }

    /** This map with {@code value} for {@code key}. */
    public PersistentMap<K, V> with(K key, V value) {
        Leaf<K, V> leaf = new Leaf<>(key.hashCode(), key, value);
        if (root == null) {
            return new PersistentMap<>(leaf, 1);
        }
        V before = find(key);
        return before == value ? this : new PersistentMap<>(root.with(0, leaf), before == null ? size + 1 : size);
    }

    /** This map without {@code key}; itself if it has no such key. */
    public PersistentMap<K, V> without(K key) {
        if (root == null || find(key) == null) {
            return this;
        }
        return size == 1 ? empty() : new PersistentMap<>(root.without(0, key.hashCode(), key), size - 1);
    }

    /** Calls {@code action} with each key and its value. */
    public void forEach(BiConsumer<? super K, ? super V> action) {
        if (root != null) {
            root.forEach(action);
        }
    }

    /** Calls {@code action} with each key. Allocates nothing. */
    public void forEachKey(Consumer<? super K> action) {
        if (root != null) {
            root.forEachKey(action);
        }
    }

    /** Calls {@code action} with each value. Allocates nothing. */
    public void forEachValue(Consumer<? super V> action) {
        if (root != null) {
            root.forEachValue(action);
        }
    }

    /** One place of the tree; {@code shift} is how many bits of the hash led to it. */
    private sealed interface Node<K, V> {
        @Nullable
        V find(int shift, int hash, K key);

        Node<K, V> with(int shift, Leaf<K, V> leaf);

        /** What is left without {@code key}, which is here; null if nothing is. */
        @Nullable
        Node<K, V> without(int shift, int hash, K key);

        void forEach(BiConsumer<? super K, ? super V> action);

        void forEachKey(Consumer<? super K> action);

        void forEachValue(Consumer<? super V> action);
    }

    private static final class Leaf<K, V> implements Node<K, V> {
        private final int hash;
        private final K key;
        private final V value;

        private Leaf(int hash, K key, V value) {
            this.hash = hash;
            this.key = key;
            this.value = value;
        }

        private boolean holds(int otherHash, K other) {
            return hash == otherHash && key.equals(other);
        }

        @Override
        public @Nullable V find(int shift, int wanted, K other) {
            return holds(wanted, other) ? value : null;
        }

        @Override
        public Node<K, V> with(int shift, Leaf<K, V> leaf) {
            if (holds(leaf.hash, leaf.key)) {
                return leaf;
            }
            return hash == leaf.hash
                    ? new Bucket<>(inserted(only(this), 1, leaf))
                    : Branch.of(shift, hash, this).with(shift, leaf);
        }

        @Override
        public @Nullable Node<K, V> without(int shift, int wanted, K other) {
            return null;
        }

        @Override
        public void forEach(BiConsumer<? super K, ? super V> action) {
            action.accept(key, value);
        }

        @Override
        public void forEachKey(Consumer<? super K> action) {
            action.accept(key);
        }

        @Override
        public void forEachValue(Consumer<? super V> action) {
            action.accept(value);
        }
    }

    /** Two or more leaves of one hash. */
    private static final class Bucket<K, V> implements Node<K, V> {
        private final Node<K, V>[] leaves;
        private final int hash;

        private Bucket(Node<K, V>[] leaves) {
            this.leaves = leaves;
            this.hash = ((Leaf<K, V>) leaves[0]).hash;
        }

        private int position(int wanted, K key) {
            for (int i = 0; i < leaves.length; i++) {
                if (((Leaf<K, V>) leaves[i]).holds(wanted, key)) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        public @Nullable V find(int shift, int wanted, K key) {
            int at = position(wanted, key);
            return at < 0 ? null : leaves[at].find(shift, wanted, key);
        }

        @Override
        public Node<K, V> with(int shift, Leaf<K, V> leaf) {
            if (leaf.hash != hash) {
                return Branch.of(shift, hash, this).with(shift, leaf);
            }
            int at = position(leaf.hash, leaf.key);
            return new Bucket<>(at < 0 ? inserted(leaves, leaves.length, leaf) : replaced(leaves, at, leaf));
        }

        @Override
        public Node<K, V> without(int shift, int wanted, K key) {
            Node<K, V>[] left = removed(leaves, position(wanted, key));
            return left.length == 1 ? left[0] : new Bucket<>(left);
        }

        @Override
        public void forEach(BiConsumer<? super K, ? super V> action) {
            for (Node<K, V> leaf : leaves) {
                leaf.forEach(action);
            }
        }

        @Override
        public void forEachKey(Consumer<? super K> action) {
            for (Node<K, V> leaf : leaves) {
                leaf.forEachKey(action);
            }
        }

        @Override
        public void forEachValue(Consumer<? super V> action) {
            for (Node<K, V> leaf : leaves) {
                leaf.forEachValue(action);
            }
        }
    }

    /** Up to 32 children; bit i of {@code bitmap} says that there is one for the five hash bits i. */
    private static final class Branch<K, V> implements Node<K, V> {
        private final int bitmap;
        private final Node<K, V>[] children;

        private Branch(int bitmap, Node<K, V>[] children) {
            this.bitmap = bitmap;
            this.children = children;
        }

        private static <K, V> Branch<K, V> of(int shift, int hash, Node<K, V> child) {
            return new Branch<>(bit(shift, hash), only(child));
        }

        private static int bit(int shift, int hash) {
            return 1 << ((hash >>> shift) & 31);
        }

        private int position(int bit) {
            return Integer.bitCount(bitmap & (bit - 1));
        }

        @Override
        public @Nullable V find(int shift, int hash, K key) {
            int bit = bit(shift, hash);
            return (bitmap & bit) == 0 ? null : children[position(bit)].find(shift + BITS, hash, key);
        }

        @Override
        public Node<K, V> with(int shift, Leaf<K, V> leaf) {
            int bit = bit(shift, leaf.hash);
            int at = position(bit);
            return (bitmap & bit) == 0
                    ? new Branch<>(bitmap | bit, inserted(children, at, leaf))
                    : new Branch<>(bitmap, replaced(children, at, children[at].with(shift + BITS, leaf)));
        }

        @Override
        public @Nullable Node<K, V> without(int shift, int hash, K key) {
            int bit = bit(shift, hash);
            int at = position(bit);
            Node<K, V> left = children[at].without(shift + BITS, hash, key);
            if (left == null) {
                return shrunk(bitmap & ~bit, removed(children, at));
            }
            return shrunk(bitmap, replaced(children, at, left));
        }

        /** A branch with a single child that is no branch is that child. */
        private static <K, V> @Nullable Node<K, V> shrunk(int bitmap, Node<K, V>[] children) {
            if (children.length == 1 && !(children[0] instanceof Branch)) {
                return children[0];
            }
            return children.length == 0 ? null : new Branch<>(bitmap, children);
        }

        @Override
        public void forEach(BiConsumer<? super K, ? super V> action) {
            for (Node<K, V> child : children) {
                child.forEach(action);
            }
        }

        @Override
        public void forEachKey(Consumer<? super K> action) {
            for (Node<K, V> child : children) {
                child.forEachKey(action);
            }
        }

        @Override
        public void forEachValue(Consumer<? super V> action) {
            for (Node<K, V> child : children) {
                child.forEachValue(action);
            }
        }
    }

    @SuppressWarnings("unchecked") // an array of a generic type cannot be made otherwise; it holds nodes of these types
    private static <K, V> Node<K, V>[] only(Node<K, V> node) {
        return (Node<K, V>[]) new Node<?, ?>[] {node};
    }

    private static <K, V> Node<K, V>[] inserted(Node<K, V>[] nodes, int at, Node<K, V> node) {
        Node<K, V>[] copy = Arrays.copyOf(nodes, nodes.length + 1);
        System.arraycopy(nodes, at, copy, at + 1, nodes.length - at);
        copy[at] = node;
        return copy;
    }

    private static <K, V> Node<K, V>[] replaced(Node<K, V>[] nodes, int at, Node<K, V> node) {
        Node<K, V>[] copy = nodes.clone();
        copy[at] = node;
        return copy;
    }

    private static <K, V> Node<K, V>[] removed(Node<K, V>[] nodes, int at) {
        Node<K, V>[] copy = Arrays.copyOf(nodes, nodes.length - 1);
        System.arraycopy(nodes, at + 1, copy, at, nodes.length - at - 1);
        return copy;
    }
}
