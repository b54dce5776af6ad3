package io.hawser.iot.policy;

/**
 * The moments at which a window or a delay ends ({@code specs/iot.md} 4.2): the first one after the policy was assigned, rounded
 * down to 10 ms, then one every {@code step}. All in milliseconds of the engine's clock.
 */
record Grid(long first, long step) {
    private static final long ROUNDED = 10;

    static Grid of(long assigned, long delay, long step) {
        return new Grid(Math.floorDiv(assigned + delay, ROUNDED) * ROUNDED, step);
    }

    /** The first moment that is not before {@code time}. */
    long atOrAfter(long time) {
        return time <= first ? first : first - Math.floorDiv(first - time, step) * step;
    }
}
