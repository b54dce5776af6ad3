package io.hawser.core.match;

import java.util.function.Consumer;

/**
 * An immutable set that is walked in the order in which its members came. A change copies O(log n) small nodes.
 *
 * <p>Each member has a number, which grows, and stands under a key whose five-bit groups are those of the number from the
 * highest to the lowest: as a {@link PersistentMap} is walked by the lowest group first, it is walked by number.
 */
final class Roster<E> {
    /** Numbers have six groups of five bits. */
    static final int MAX_NUMBERS = 1 << 30;

    private static final Roster<?> EMPTY = new Roster<>(PersistentMap.empty(), PersistentMap.empty(), 0);

    /** Each member's number. */
    private final PersistentMap<E, Integer> numbers;
    /** The members by the key of their number. */
    private final PersistentMap<Integer, E> members;
    /** The number of the next to come. */
    private final int next;

    Roster(PersistentMap<E, Integer> numbers, PersistentMap<Integer, E> members, int next) {
        this.numbers = numbers;
        this.members = members;
        this.next = next;
    }

    /** The roster without members. */
    @SuppressWarnings("unchecked") // it has no members
    static <E> Roster<E> empty() {
        return (Roster<E>) EMPTY;
    }

    boolean isEmpty() {
        return numbers.isEmpty();
    }

    /** This roster, with {@code member} as its last; itself if it was there. */
    Roster<E> with(E member) {
        if (numbers.find(member) != null) {
            return this;
        }
        Roster<E> roomy = next == MAX_NUMBERS ? renumbered() : this;
        int number = roomy.next;
        return new Roster<>(roomy.numbers.with(member, number), roomy.members.with(key(number), member), number + 1);
    }

    /** This roster without {@code member}; itself if it was not there. */
    Roster<E> without(E member) {
        Integer number = numbers.find(member);
        return number == null ? this : new Roster<>(numbers.without(member), members.without(key(number)), next);
    }

    /** Calls {@code action} with each member, first come first. Allocates nothing. */
    void forEach(Consumer<? super E> action) {
        members.forEachValue(action);
    }

    private Roster<E> renumbered() {
        Numbering<E> all = new Numbering<>();
        forEach(all);
        return all.roster;
    }

    private static int key(int number) {
        int key = 0;
        for (int rest = number, i = 0; i < 6; i++, rest >>>= 5) {
            key = (key << 5) | (rest & 31);
        }
        return key;
    }

    private static final class Numbering<E> implements Consumer<E> {
        private Roster<E> roster = empty();

        @Override
        public void accept(E member) {
            roster = roster.with(member);
        }
    }
}
