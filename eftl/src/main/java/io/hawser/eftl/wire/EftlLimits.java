package io.hawser.eftl.wire;

/**
 * How much one frame may hold. The size of the frame itself is limited where bytes arrive.
 *
 * @param maxDepth how deep messages and arrays may nest in a body, the body itself being 1; what is only skipped may nest
 *     twice as deep
 * @param maxNameBytes bytes of a field, durable, map or key name and of a string in a matcher, in UTF-8
 *     ({@code specs/eftl.md} 1.16 and 4: 256)
 * @param maxIdBytes bytes of an id or token that one side chose and the other repeats, in UTF-8
 * @param maxTextBytes bytes of any other text of an envelope (user, password, reason, regexp, ...), in UTF-8
 * @param maxMatcherBytes bytes of a matcher's text, in UTF-8
 * @param maxLoginOptions how many login options there may be
 * @param maxNumberDigits how many characters a number may have
 */
public record EftlLimits(
        int maxDepth,
        int maxNameBytes,
        int maxIdBytes,
        int maxTextBytes,
        int maxMatcherBytes,
        int maxLoginOptions,
        int maxNumberDigits) {

    /** What the hub and the library use unless they are told otherwise. */
    public static final EftlLimits DEFAULT = new EftlLimits(32, 256, 1024, 8192, 8192, 64, 1000);

    /** Refuses limits that leave no room at all. */
    public EftlLimits {
        if (maxDepth < 1
                || maxNameBytes < 1
                || maxIdBytes < 1
                || maxTextBytes < 1
                || maxMatcherBytes < 1
                || maxLoginOptions < 0
                || maxNumberDigits < 20) {
            throw new IllegalArgumentException("limits too small");
        }
    }
}
