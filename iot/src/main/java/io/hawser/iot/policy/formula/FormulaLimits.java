package io.hawser.iot.policy.formula;

/**
 * How much a formula may ask of us.
 *
 * @param maxChars characters of its text
 * @param maxDepth parentheses, signs and choices within one another
 */
public record FormulaLimits(int maxChars, int maxDepth) {
    /** What holds when nothing is configured. */
    public static final FormulaLimits DEFAULT = new FormulaLimits(4_096, 100);

    private static final int LONGEST = 10_000;
    private static final int DEEPEST = 500;

    /** Refuses limits that leave no room at all, and those that our stack could not follow. */
    public FormulaLimits {
        if (maxChars < 1 || maxChars > LONGEST || maxDepth < 1 || maxDepth > DEEPEST) {
            throw new IllegalArgumentException("limits of formulas out of range: " + maxChars + ", " + maxDepth);
        }
    }
}
