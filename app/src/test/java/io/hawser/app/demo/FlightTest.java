package io.hawser.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The simulated flight: its texts, its circle, its obedience. */
class FlightTest {
    private final Flight flight = new Flight();

    @Test
    void startsWhereItStands() {
        assertThat(flight.gps()).isEqualTo("7 GPS 43.46220 1.27290 100.0 0.0");
        assertThat(flight.attitude()).isEqualTo("7 ATTITUDE 12.0 0.0 0.0");
        assertThat(flight.battery()).isEqualTo("7 BATTERY 12.60");
    }

    @Test
    void comesBackAfterOneCircle() {
        fly(300);

        assertThat(number(2)).isCloseTo(43.4622, offset(0.0001));
        assertThat(number(3)).isCloseTo(1.2729, offset(0.0001));
    }

    @Test
    void climbsToTheAltitudeThatItIsTold() {
        flight.obey("climb 120");
        fly(10);
        assertThat(flight.gps()).contains(" 104.0 ");

        fly(100);
        assertThat(flight.gps()).contains(" 120.0 ");
    }

    @Test
    void turnsToTheHeadingThatItIsTold() {
        flight.obey("heading 270");
        fly(200);

        assertThat(flight.gps()).endsWith(" 270.0");
        assertThat(flight.attitude()).isEqualTo("7 ATTITUDE 0.0 0.0 270.0");
    }

    @Test
    void turnsHomeAndCirclesThere() {
        flight.obey("heading 90");
        fly(600);
        assertThat(number(3)).isGreaterThan(1.28);

        flight.obey("home");
        fly(900);
        double north = (number(2) - 43.4622) * 111_320;
        double east = (number(3) - 1.2729) * 111_320 * Math.cos(Math.toRadians(43.4622));
        assertThat(Math.hypot(north, east)).isLessThan(200);
        assertThat(flight.attitude()).startsWith("7 ATTITUDE 12.0 ");
    }

    @Test
    void ignoresNonsense() {
        flight.obey("climb");
        flight.obey("climb high");
        flight.obey("heading NaN");
        flight.obey("loop 3");
        flight.obey("");
        fly(1);

        assertThat(flight.gps()).isEqualTo("7 GPS 43.46221 1.27290 100.0 1.2");
    }

    private void fly(int steps) {
        for (int i = 0; i < steps; i++) {
            flight.fly(Duration.ofMillis(100));
        }
    }

    private double number(int word) {
        return Double.parseDouble(flight.gps().split(" ", -1)[word]);
    }
}
