package io.hawser.core.link;

import java.util.Arrays;

/**
 * Which of one hub's messages have come: a window over the numbers below the highest, a bit each.
 *
 * <pre>
 *   ... known | window of 65,536 | highest | new ...
 *   far away, either side: the hub has started again, and so does the window
 * </pre>
 *
 * <p>Owner: the linkage's.
 */
final class SeenNumbers {
    static final int WINDOW = 1 << 16;

    /** The numbers of two lives of a hub are farther apart. */
    static final long FAR = 1L << 24;

    private final long[] bits = new long[WINDOW / Long.SIZE];
    private long highest;
    private boolean any;

    /** Adds {@code number}, and says whether it is new; what has fallen out of the window is not. */
    boolean add(long number) {
        if (!any || Math.abs(number - highest) > FAR) {
            any = true;
            highest = number;
            Arrays.fill(bits, 0);
        } else if (number > highest) {
            forget(Math.max(highest + 1, number - WINDOW + 1), number);
            highest = number;
        } else if (number <= highest - WINDOW) {
            return false;
        }
        long bit = 1L << number;
        int word = (int) (number % WINDOW / Long.SIZE);
        boolean news = (bits[word] & bit) == 0;
        bits[word] |= bit;
        return news;
    }

    /** The places of {@code from} to {@code to} belong to these now. */
    private void forget(long from, long to) {
        for (long number = from; number <= to; number++) {
            bits[(int) (number % WINDOW / Long.SIZE)] &= ~(1L << number);
        }
    }
}
