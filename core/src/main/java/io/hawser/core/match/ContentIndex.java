package io.hawser.core.match;

import io.hawser.core.match.ContentMatcher.Equal;
import io.hawser.core.match.ContentMatcher.Predicate;
import io.hawser.core.match.ContentMatcher.Present;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries whose content matcher holds of a message's fields: an immutable index by one access predicate each.
 *
 * <p>A matcher is filed under one of its predicates, the access predicate: the equality whose bucket is smallest at that
 * moment, else a presence, else (absences only, or nothing) among the rest. A look-up walks the message's fields, and of
 * the matchers in the buckets that these lead to verifies what they ask beyond the access predicate; equal matchers are
 * verified once. A change copies O(log n) nodes and finds a filed matcher by probing its few possible places.
 */
public final class ContentIndex<E> {
    private static final ContentIndex<?> EMPTY = new ContentIndex<>(PersistentMap.empty(), Bucket.empty());

    private final PersistentMap<String, ByField<E>> fields;
    private final Bucket<E> rest;

    private ContentIndex(PersistentMap<String, ByField<E>> fields, Bucket<E> rest) {
        this.fields = fields;
        this.rest = rest;
    }

    /** The index without entries. */
    @SuppressWarnings("unchecked") // it holds no entries
    public static <E> ContentIndex<E> empty() {
        return (ContentIndex<E>) EMPTY;
    }

    /** True if there is no entry. */
    public boolean isEmpty() {
        return fields.isEmpty() && rest.isEmpty();
    }

    /** This index with {@code entry} under {@code matcher}; itself if it was there. */
    public ContentIndex<E> with(ContentMatcher matcher, E entry) {
        Predicate filed = filed(matcher);
        Predicate access = filed == null && !rest.holds(matcher) ? access(matcher) : filed;
        return changed(access, bucket(access).with(matcher, access, entry));
    }

    /** This index without {@code entry} under {@code matcher}; itself if it was not there. */
    public ContentIndex<E> without(ContentMatcher matcher, E entry) {
        Predicate access = filed(matcher);
        return changed(access, bucket(access).without(matcher, entry));
    }

    /** Calls {@code found} with each entry under each matcher that holds of {@code message}. */
    public void match(Fields message, Consumer<? super E> found) {
        BiConsumer<ContentMatcher, Filed<E>> verify = (matcher, filed) -> {
            if (filed.remainder().matches(message)) {
                filed.entries().forEachKey(found);
            }
        };
        rest.matchers().forEach(verify);
        if (fields.isEmpty()) {
            return;
        }
        for (int i = 0; i < message.size(); i++) {
            ByField<E> field = fields.find(message.name(i));
            if (field == null) {
                continue;
            }
            field.present().matchers().forEach(verify);
            Bucket<E> equal = field.equal().isEmpty() ? null : field.equal().find(message.value(i));
            if (equal != null) {
                equal.matchers().forEach(verify);
            }
        }
    }

    /** The predicate that {@code matcher} is filed under; null if it is among the rest, or not filed at all. */
    private @Nullable Predicate filed(ContentMatcher matcher) {
        for (Predicate predicate : matcher.predicates()) {
            if (bucket(predicate).holds(matcher)) {
                return predicate;
            }
        }
        return null;
    }

    /** The predicate to file {@code matcher} under; null for the rest. */
    private @Nullable Predicate access(ContentMatcher matcher) {
        Predicate best = null;
        for (Predicate predicate : matcher.predicates()) {
            if (predicate instanceof Equal) {
                boolean smaller = !(best instanceof Equal)
                        || bucket(predicate).size() < bucket(best).size();
                best = smaller ? predicate : best;
            } else if (predicate instanceof Present && best == null) {
                best = predicate;
            }
        }
        return best;
    }

    private Bucket<E> bucket(@Nullable Predicate access) {
        if (access == null) {
            return rest;
        }
        ByField<E> field = fields.find(access.name());
        return field == null ? Bucket.empty() : field.bucket(access);
    }

    private ContentIndex<E> changed(@Nullable Predicate access, Bucket<E> bucket) {
        if (bucket.equals(bucket(access))) {
            return this;
        }
        if (access == null) {
            return new ContentIndex<>(fields, bucket);
        }
        String name = access.name();
        ByField<E> field = fields.get(name).orElse(ByField.empty()).with(access, bucket);
        return new ContentIndex<>(field.isEmpty() ? fields.without(name) : fields.with(name, field), rest);
    }

    /**
     * What is filed under predicates about one field.
     *
     * @param equal the buckets of the equalities, by value
     * @param present the bucket of the presence
     */
    private record ByField<E>(PersistentMap<Value, Bucket<E>> equal, Bucket<E> present) {
        static <E> ByField<E> empty() {
            return new ByField<>(PersistentMap.empty(), Bucket.empty());
        }

        boolean isEmpty() {
            return equal.isEmpty() && present.isEmpty();
        }

        Bucket<E> bucket(Predicate access) {
            if (access instanceof Equal filter) {
                return equal.get(filter.value()).orElse(Bucket.empty());
            }
            return access instanceof Present ? present : Bucket.empty();
        }

        ByField<E> with(Predicate access, Bucket<E> bucket) {
            if (!(access instanceof Equal filter)) {
                return new ByField<>(equal, bucket);
            }
            Value value = filter.value();
            return new ByField<>(bucket.isEmpty() ? equal.without(value) : equal.with(value, bucket), present);
        }
    }

    /** The matchers filed under one predicate. */
    private record Bucket<E>(PersistentMap<ContentMatcher, Filed<E>> matchers) {
        private static final Bucket<?> NOTHING = new Bucket<>(PersistentMap.empty());

        @SuppressWarnings("unchecked") // it holds no entries
        static <E> Bucket<E> empty() {
            return (Bucket<E>) NOTHING;
        }

        boolean isEmpty() {
            return matchers.isEmpty();
        }

        int size() {
            return matchers.size();
        }

        boolean holds(ContentMatcher matcher) {
            return matchers.find(matcher) != null;
        }

        Bucket<E> with(ContentMatcher matcher, @Nullable Predicate access, E entry) {
            Filed<E> filed = matchers.get(matcher).orElseGet(() -> Filed.under(access, matcher));
            return changed(matcher, filed, filed.entries().with(entry, true));
        }

        Bucket<E> without(ContentMatcher matcher, E entry) {
            Filed<E> filed = matchers.find(matcher);
            return filed == null
                    ? this
                    : changed(matcher, filed, filed.entries().without(entry));
        }

        private Bucket<E> changed(ContentMatcher matcher, Filed<E> filed, PersistentMap<E, Boolean> entries) {
            if (entries == filed.entries()) {
                return this;
            }
            return new Bucket<>(
                    entries.isEmpty()
                            ? matchers.without(matcher)
                            : matchers.with(matcher, new Filed<>(filed.remainder(), entries)));
        }
    }

    /**
     * One matcher in a bucket.
     *
     * @param remainder what is left to verify where the access predicate holds
     * @param entries who stands under the matcher
     */
    private record Filed<E>(ContentMatcher remainder, PersistentMap<E, Boolean> entries) {
        static <E> Filed<E> under(@Nullable Predicate access, ContentMatcher matcher) {
            List<Predicate> left = new ArrayList<>(matcher.predicates());
            left.remove(access);
            return new Filed<>(left.isEmpty() ? ContentMatcher.ALL : new ContentMatcher(left), PersistentMap.empty());
        }
    }
}
