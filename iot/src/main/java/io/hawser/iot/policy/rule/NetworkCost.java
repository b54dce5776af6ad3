package io.hawser.iot.policy.rule;

/** What it costs to send something, the cheapest first ({@code specs/iot.md} 4.2). */
public enum NetworkCost {
    ETHERNET,
    CELLULAR,
    SATELLITE
}
