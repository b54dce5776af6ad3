package io.hawser.clever.wire;

/**
 * How much the bytes of a peer may ask of us. A header is never longer than its two bytes of length can say.
 *
 * @param maxJsonBytes the content of a JSON frame
 * @param maxFileBytes a file that comes in
 * @param maxDepth arrays and objects within one another; the original breaks at about 1000
 * @param maxNumberDigits digits of one number; Python reads no more than 4300
 */
public record CleverLimits(int maxJsonBytes, long maxFileBytes, int maxDepth, int maxNumberDigits) {
    /** What holds when nothing is configured. */
    public static final CleverLimits DEFAULT = new CleverLimits(16 << 20, 16L << 30, 990, 4_300);

    /** Checked: all positive. */
    public CleverLimits {
        if (maxJsonBytes < 1 || maxFileBytes < 1 || maxDepth < 1 || maxNumberDigits < 1) {
            throw new IllegalArgumentException("the limits of a clever-show peer must be positive");
        }
    }
}
