package io.hawser.iot.policy.rule;

/** What is made of the values in a window ({@code specs/iot.md} 4.2). */
public enum Statistic {
    MEAN,
    MIN,
    MAX,
    /** Of the population, not of a sample of it. */
    STANDARD_DEVIATION
}
