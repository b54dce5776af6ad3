package io.hawser.core.match;

/**
 * What a regexp may cost. A step is one char of a text looked at by the engine.
 *
 * @param maxPatternChars how long a pattern may be
 * @param maxNesting how deep its groups may stand in one another
 * @param maxSilentPaths in how many ways a pattern may match nothing at one place: steps do not see these
 * @param swiftSteps steps a text may cost if RE2/J can take over
 * @param swiftStepsPerChar further such steps for each char of the text
 * @param maxLinearChars how long a text may be that RE2/J searches; it needs no steps, but time for each char
 * @param maxSteps steps a text may cost if only java.util.regex can express the pattern
 * @param maxAborts after how many aborted texts a pattern never runs again
 */
public record RegexpLimits(
        int maxPatternChars,
        int maxNesting,
        int maxSilentPaths,
        long swiftSteps,
        long swiftStepsPerChar,
        int maxLinearChars,
        long maxSteps,
        int maxAborts) {
    /** The limits where nothing else is configured. */
    public static final RegexpLimits DEFAULT = new RegexpLimits(1024, 50, 64, 20_000, 50, 1 << 18, 1_000_000, 3);

    /** These, with another length of patterns. */
    public RegexpLimits withMaxPatternChars(int chars) {
        return new RegexpLimits(
                chars, maxNesting, maxSilentPaths, swiftSteps, swiftStepsPerChar, maxLinearChars, maxSteps, maxAborts);
    }
}
