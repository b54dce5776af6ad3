package io.hawser.core.match;

/**
 * Counts how much work a part of a pattern can make without looking at a char, which no step count sees: forty times
 * {@code (?:|)} have 2^40 ways to match nothing. Both numbers are upper bounds, and saturate.
 *
 * @param ways in how many ways the part matches nothing; 0 if it always takes a char
 * @param fan how many ways lie on any stretch through it without a char
 */
record SilentPaths(long ways, long fan) {
    /** A part that takes a char. */
    static final SilentPaths CHAR = new SilentPaths(0, 1);
    /** A part that matches nothing in one way, as an anchor does. */
    static final SilentPaths NOTHING = new SilentPaths(1, 1);

    private static final long MANY = 1_000_000;

    /** This part, then {@code next}. */
    SilentPaths then(SilentPaths next) {
        return new SilentPaths(capped(ways * next.ways), capped(fan * next.fan));
    }

    /** This part or {@code other}. */
    SilentPaths or(SilentPaths other) {
        long sum = capped(ways + other.ways);
        return new SilentPaths(sum, Math.max(Math.max(sum, 1), Math.max(fan, other.fan)));
    }

    /** This part as a look-around or atomic group: its inner ways are never returned to. */
    SilentPaths atomic() {
        return new SilentPaths(1, fan);
    }

    /** This part from {@code least} to {@code most} times. */
    SilentPaths times(long least, long most) {
        if (ways == 0) {
            return new SilentPaths(least == 0 ? 1 : 0, fan);
        }
        long all = ways == 1 ? 1 : power(ways, least);
        long more = capped(most > least ? all * (ways + 1) : all);
        return new SilentPaths(more, capped(Math.max(Math.max(more, least), fan)));
    }

    private static long power(long base, long exponent) {
        long result = 1;
        for (long i = 0; i < exponent && result < MANY; i++) {
            result *= base;
        }
        return capped(result);
    }

    private static long capped(long number) {
        return Math.min(number, MANY);
    }
}
