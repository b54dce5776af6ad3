package io.hawser.app.demo;

import java.time.Duration;
import java.util.Locale;

/**
 * A simulated aircraft that flies circles, tells where it is in the style of Paparazzi, and obeys. Not thread-safe: its
 * fields belong to the thread of its {@link FlightAgent}.
 *
 * <p>Commands: {@code climb METRES} and {@code descend METRES} (to that altitude), {@code heading DEGREES} (turn there
 * and fly on), {@code circle}, {@code home} (to where it started, and circle there). Others are ignored.
 */
final class Flight {
    /** What every text begins with, and what commands name. */
    static final String ID = "7";

    private static final double SPEED = 15;
    private static final double TURN = Math.toRadians(12);
    private static final double CLIMB = 4;
    private static final double METRES_A_DEGREE = 111_320;

    private static final double HOME_LATITUDE = 43.4622;
    private static final double HOME_LONGITUDE = 1.2729;
    /** So near it is at home. */
    private static final double NEAR = 50;

    private double latitude = HOME_LATITUDE;
    private double longitude = HOME_LONGITUDE;
    private double altitude = 100;
    private double heading;
    private double volts = 12.6;
    private double roll = TURN;
    private double wantedAltitude = altitude;
    private double wantedHeading = Double.NaN;
    private boolean homing;

    /** Flies on for {@code time}. */
    void fly(Duration time) {
        double seconds = time.toMillis() / 1000.0;
        double turn = TURN * seconds;
        if (homing) {
            headForHome();
        }
        if (!Double.isNaN(wantedHeading)) {
            double missing = Math.IEEEremainder(wantedHeading - heading, 2 * Math.PI);
            turn = Math.max(-turn, Math.min(turn, missing));
        }
        roll = turn / seconds;
        heading += turn;
        altitude += Math.max(-CLIMB * seconds, Math.min(CLIMB * seconds, wantedAltitude - altitude));
        latitude += SPEED * seconds * Math.cos(heading) / METRES_A_DEGREE;
        longitude += SPEED * seconds * Math.sin(heading) / METRES_A_DEGREE / Math.cos(Math.toRadians(latitude));
        volts = Math.max(10.5, volts - 0.0005 * seconds);
    }

    /** Does what {@code command} says, if it is one. */
    void obey(String command) {
        String[] words = command.split(" ", 2);
        try {
            switch (words[0]) {
                case "climb", "descend" -> wantedAltitude = Double.parseDouble(words[1]);
                case "heading" -> turnTo(Math.toRadians(Double.parseDouble(words[1])), false);
                case "circle" -> turnTo(Double.NaN, false);
                case "home" -> turnTo(Double.NaN, true);
                default -> {}
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException nonsense) {
            // an aircraft that hears nonsense flies on
        }
    }

    private void turnTo(double radians, boolean home) {
        wantedHeading = radians;
        homing = home;
    }

    private void headForHome() {
        double north = (HOME_LATITUDE - latitude) * METRES_A_DEGREE;
        double east = (HOME_LONGITUDE - longitude) * METRES_A_DEGREE * Math.cos(Math.toRadians(latitude));
        homing = Math.hypot(north, east) > NEAR;
        wantedHeading = homing ? Math.atan2(east, north) : Double.NaN;
    }

    /** Roll, pitch and heading in degrees. */
    String attitude() {
        double pitch = Math.signum(wantedAltitude - altitude) * 5;
        return text("ATTITUDE %.1f %.1f %.1f", Math.toDegrees(roll), pitch, course());
    }

    /** Latitude and longitude in degrees, altitude in metres, course in degrees. */
    String gps() {
        return text("GPS %.5f %.5f %.1f %.1f", latitude, longitude, altitude, course());
    }

    /** Volts. */
    String battery() {
        return text("BATTERY %.2f", volts);
    }

    private double course() {
        return (Math.toDegrees(heading) % 360 + 360) % 360;
    }

    private static String text(String format, Object... values) {
        return ID + " " + String.format(Locale.ROOT, format, values);
    }
}
