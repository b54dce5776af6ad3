package io.hawser.core.bytes;

/**
 * What may be written, and is believed when it is read.
 *
 * @param maxBytes bytes of one thing in all
 * @param maxDepth how deep messages and lists may stand in one another
 */
public record BytesLimits(int maxBytes, int maxDepth) {
    /** Twice the longest message that a gateway can be told to take, and deeper than any protocol goes. */
    public static final BytesLimits DEFAULT = new BytesLimits(128 << 20, 64);
}
