package io.hawser.core.match;

import org.jspecify.annotations.Nullable;

/**
 * How often the atom before it stands: {@code *}, {@code +}, {@code ?} or a count in braces.
 *
 * @param least at least so many times
 * @param most at most so many times; {@code Long.MAX_VALUE} if there is no end
 * @param possessive true if it never gives back what it took
 * @param end where in the pattern it ends
 */
record Quantifier(long least, long most, boolean possessive, int end) {
    private static final int MAX_DIGITS = 10;

    /** The quantifier at {@code at}, null if there is none. A brace that counts nothing is a char like any other. */
    static @Nullable Quantifier at(String pattern, int at) {
        char first = at < pattern.length() ? pattern.charAt(at) : 0;
        return switch (first) {
            case '*' -> upTo(pattern, at + 1, 0, Long.MAX_VALUE);
            case '+' -> upTo(pattern, at + 1, 1, Long.MAX_VALUE);
            case '?' -> upTo(pattern, at + 1, 0, 1);
            case '{' -> counted(pattern, at + 1);
            default -> null;
        };
    }

    private static @Nullable Quantifier counted(String pattern, int at) {
        int leastEnd = digits(pattern, at);
        if (leastEnd == at) {
            return null;
        }
        long least = Long.parseLong(pattern, at, leastEnd, 10);
        if (pattern.startsWith("}", leastEnd)) {
            return upTo(pattern, leastEnd + 1, least, least);
        }
        int mostEnd = digits(pattern, leastEnd + 1);
        if (!pattern.startsWith(",", leastEnd) || !pattern.startsWith("}", mostEnd)) {
            return null;
        }
        boolean open = mostEnd == leastEnd + 1;
        long most = open ? Long.MAX_VALUE : Long.parseLong(pattern, leastEnd + 1, mostEnd, 10);
        return upTo(pattern, mostEnd + 1, least, most);
    }

    private static int digits(String pattern, int from) {
        int at = from;
        while (at < pattern.length()
                && at - from < MAX_DIGITS
                && pattern.charAt(at) >= '0'
                && pattern.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static Quantifier upTo(String pattern, int end, long least, long most) {
        boolean possessive = pattern.startsWith("+", end);
        return new Quantifier(least, most, possessive, possessive || pattern.startsWith("?", end) ? end + 1 : end);
    }
}
