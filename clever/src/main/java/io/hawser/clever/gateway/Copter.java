package io.hawser.clever.gateway;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.Optional;

/**
 * One copter as the ground station knows it. Immutable.
 *
 * @param id what it calls itself; its address if it never said
 * @param address where it connected from
 * @param online false if it has gone
 * @param since when it came or went, in milliseconds since 1970-01-01T00:00Z
 * @param cloverDir where its Clover is, as it says; empty if it did not say
 * @param telemetry what it said last of itself ({@code specs/clever.md} 2.5)
 * @param telemetryAt when it said that, 0: never
 * @param clockOffset by how many seconds its clock is ahead of ours; empty if that is unknown
 * @param clockUncertainty by how many seconds that may be wrong; 0 if it is unknown
 */
public record Copter(
        String id,
        String address,
        boolean online,
        long since,
        String cloverDir,
        Fields telemetry,
        long telemetryAt,
        Optional<Double> clockOffset,
        double clockUncertainty) {
    /** True if it says that its motors may turn. */
    public boolean armed() {
        return Value.Bool.of(true).equals(telemetry.find("armed"));
    }
}
