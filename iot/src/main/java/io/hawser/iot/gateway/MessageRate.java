package io.hawser.iot.gateway;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How much each device may say now: so many messages a second, and what it did not say for ten seconds. A call that begins within that
 * is taken as a whole. Owner: the gateway's loop.
 */
final class MessageRate {
    private static final int SAVED_SECONDS = 10;
    private static final double NANOS = 1e9;

    private final int perSecond;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> devices = new HashMap<>();

    private record Bucket(double left, long at) {}

    /**
     * Every device may say as much as ten seconds bring.
     *
     * @param perSecond 0: as much as it can
     */
    MessageRate(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
    }

    /** True if {@code device} may say {@code messages} now; then they are counted. */
    boolean takes(String device, int messages) {
        if (perSecond == 0) {
            return true;
        }
        long now = nanoTime.getAsLong();
        double most = (double) perSecond * SAVED_SECONDS;
        Bucket before = devices.getOrDefault(device, new Bucket(most, now));
        double left = Math.min(most, before.left() + (now - before.at()) / NANOS * perSecond);
        boolean taken = left > 0;
        devices.put(device, new Bucket(taken ? left - messages : left, now));
        return taken;
    }
}
