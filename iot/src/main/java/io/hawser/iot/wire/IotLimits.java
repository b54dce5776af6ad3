package io.hawser.iot.wire;

/**
 * How much a body may ask of us. Where bytes arrive, {@code maxBodyBytes} must be kept too, before they are collected.
 *
 * @param maxBodyBytes one body
 * @param maxMessages messages of one batch; the originals send at most 1,000 ({@code specs/iot.md} 3.2)
 * @param maxDepth objects and arrays within one another, 1 to 500
 * @param maxNameChars characters of a member's name ({@code specs/iot.md} 1.7.1: keys below 2,048)
 * @param maxTextChars characters of one string ({@code specs/iot.md} 1.7.1: values below 65,536)
 * @param maxNumberDigits characters of one number
 * @param maxAssertionChars characters of a client's assertion
 */
public record IotLimits(
        int maxBodyBytes,
        int maxMessages,
        int maxDepth,
        int maxNameChars,
        int maxTextChars,
        int maxNumberDigits,
        int maxAssertionChars) {
    /** What holds when nothing is configured. */
    public static final IotLimits DEFAULT = new IotLimits(4 << 20, 10_000, 32, 2_047, 65_535, 1_000, 8_192);

    private static final int DEEPEST = 500;

    /** Refuses limits that leave no room at all, and a depth that our stack could not follow. */
    public IotLimits {
        if (maxBodyBytes < 2
                || maxMessages < 1
                || maxDepth < 1
                || maxDepth > DEEPEST
                || maxNameChars < 1
                || maxTextChars < 1
                || maxNumberDigits < 20
                || maxAssertionChars < 1) {
            throw new IllegalArgumentException("limits of the IoT wire out of range: " + this);
        }
    }
}
