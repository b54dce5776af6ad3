package io.hawser.app.demo;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.List;
import java.util.Locale;

/**
 * How a simulated copter flies: up, waits, along a circle when its animation runs, and down. Time is handed in, in seconds since
 * 1970-01-01T00:00Z by the copter's own clock. What it tells is what an original tells ({@code specs/clever.md} 2.5). Owner: one
 * thread.
 */
final class CopterFlight {
    private static final double CLIMB = 1.0;
    private static final double HEIGHT = 1.5;
    private static final double RADIUS = 2.0;
    private static final double TURN_SECONDS = 20;
    private static final double FULL = 12.6;
    private static final double EMPTY = 10.5;
    private static final double VOLTS_A_SECOND = 0.002;

    private final double homeX;
    private final double homeY;
    private double x;
    private double y;
    private double z;
    private double wanted;
    private double volts = FULL;
    private double startsAt = Double.POSITIVE_INFINITY;
    private double pausedFor;
    private double before = Double.NaN;
    private boolean armed;
    private boolean paused;
    private String task = "No task";

    /** On the ground, in a row with the others. */
    CopterFlight(int number) {
        this.homeX = number;
        this.homeY = 0;
        this.x = homeX;
    }

    /** Flies on until {@code now}. */
    void step(double now) {
        double seconds = Double.isNaN(before) ? 0 : Math.max(0, Math.min(1, now - before));
        before = now;
        if (paused) {
            pausedFor += seconds;
            return;
        }
        if (armed) {
            volts = Math.max(EMPTY, volts - VOLTS_A_SECOND * seconds);
        }
        double running = now - startsAt - pausedFor;
        if (running >= 0) {
            armed = true;
            wanted = HEIGHT;
            task = "animation";
            double angle = 2 * Math.PI * running / TURN_SECONDS;
            x = homeX + RADIUS * Math.sin(angle);
            y = homeY + RADIUS * (1 - Math.cos(angle));
            if (running >= TURN_SECONDS) {
                land();
            }
        }
        z += Math.max(-CLIMB * seconds, Math.min(CLIMB * seconds, wanted - z));
        if (armed && z <= 0 && wanted <= 0) {
            disarm();
        }
    }

    /** The animation runs from {@code time} on. */
    void start(double time) {
        startsAt = time;
        pausedFor = 0;
        task = "start";
    }

    void pause() {
        paused = true;
        task = "paused";
    }

    void resume() {
        paused = false;
        task = "animation";
    }

    void takeOff(double height) {
        armed = true;
        wanted = height;
        task = "takeoff";
    }

    void takeOff() {
        takeOff(HEIGHT);
    }

    void land() {
        startsAt = Double.POSITIVE_INFINITY;
        paused = false;
        wanted = 0;
        task = "land";
    }

    /** Motors off: from wherever it is it falls. */
    void disarm() {
        startsAt = Double.POSITIVE_INFINITY;
        paused = false;
        wanted = 0;
        z = 0;
        armed = false;
        task = "No task";
    }

    String position() {
        return String.format(Locale.ROOT, "%.2f %.2f %.2f 0.0 map", x, y, z);
    }

    double volts() {
        return volts;
    }

    /** What an original says of itself every second. */
    Fields telemetry(double now) {
        return Fields.builder()
                .put("git_version", "demo")
                .put("animation_info", list(Value.of("circle"), Value.of("OK")))
                .put("battery", list(number(volts), number((volts - EMPTY) / (FULL - EMPTY))))
                .put("armed", Value.Bool.of(armed))
                .put("fcu_status", armed ? "ACTIVE" : "STANDBY")
                .put("calibration_status", "OK")
                .put("mode", armed ? "OFFBOARD" : "MANUAL")
                .put("selfcheck", "OK")
                .put("current_position", list(number(x), number(y), number(z), Value.of(0.0), Value.of("map")))
                .put(
                        "start_position",
                        list(number(homeX), number(homeY), number(0), Value.of(0.0), Value.of("fly"), Value.of(0.0)))
                .put("last_task", task)
                .put("time_delta", now)
                .put("config_version", "demo V1.0")
                .build();
    }

    private static Value list(Value... values) {
        return new Value.Sequence(List.of(values));
    }

    private static Value number(double value) {
        return Value.of(Math.round(value * 100) / 100.0);
    }
}
