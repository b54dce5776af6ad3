package io.hawser.iot.policy.rule;

import io.hawser.iot.policy.formula.FormulaLimits;
import java.time.Duration;

/**
 * How much a policy may ask of a device.
 *
 * @param maxFunctions functions of all its pipelines
 * @param maxWindow the longest window, slide or delay
 * @param maxBuckets pieces that a window is kept in: window divided by the greatest common divisor of window and slide
 * @param maxHeld messages that a batch holds back; when there are as many, all of them go
 * @param formula each formula
 */
public record PolicyLimits(int maxFunctions, Duration maxWindow, int maxBuckets, int maxHeld, FormulaLimits formula) {
    /** What holds when nothing is configured. */
    public static final PolicyLimits DEFAULT =
            new PolicyLimits(1_000, Duration.ofDays(366), 100_000, 5_000, FormulaLimits.DEFAULT);

    /** Refuses limits that leave no room at all. */
    public PolicyLimits {
        if (maxFunctions < 1 || maxWindow.toMillis() < 1 || maxBuckets < 1 || maxHeld < 1) {
            throw new IllegalArgumentException("limits of policies out of range: " + maxFunctions + " functions, "
                    + maxWindow + ", " + maxBuckets + " buckets, " + maxHeld + " messages");
        }
    }
}
