package io.hawser.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Value;
import org.junit.jupiter.api.Test;

/** The flight of a simulated copter: up, round, down. */
class CopterFlightTest {
    private final CopterFlight flight = new CopterFlight(3);
    private double now = 1_000;

    @Test
    void standsInItsPlaceOfTheRow() {
        fly(5);
        assertThat(flight.position()).isEqualTo("3.00 0.00 0.00 0.0 map");
        assertThat(flight.telemetry(now).find("armed")).isEqualTo(Value.Bool.of(false));
    }

    @Test
    void climbsAndLands() {
        flight.takeOff(2);
        fly(1);
        assertThat(flight.position()).isEqualTo("3.00 0.00 1.00 0.0 map");
        fly(5);
        assertThat(flight.position()).isEqualTo("3.00 0.00 2.00 0.0 map");
        flight.land();
        fly(5);
        assertThat(flight.position()).isEqualTo("3.00 0.00 0.00 0.0 map");
        assertThat(flight.telemetry(now).find("armed")).isEqualTo(Value.Bool.of(false));
    }

    @Test
    void startsAtTheTimeThatItIsToldAndComesBackAfterOneTurn() {
        flight.start(now + 2);
        fly(1);
        assertThat(flight.position()).startsWith("3.00 0.00 0.00");
        fly(11);
        assertThat(flight.position()).startsWith("3.00 4.00 1.50");
        fly(15);
        assertThat(flight.position()).startsWith("3.00 0.00 0.00");
    }

    @Test
    void pausesWhereItIs() {
        flight.start(now);
        fly(5);
        flight.pause();
        String there = flight.position();
        fly(30);
        assertThat(flight.position()).isEqualTo(there);
        flight.resume();
        fly(5);
        assertThat(flight.position()).startsWith("3.00 4.00");
    }

    @Test
    void fallsWhenItIsDisarmed() {
        flight.takeOff();
        fly(5);
        flight.disarm();
        assertThat(flight.position()).isEqualTo("3.00 0.00 0.00 0.0 map");
    }

    private void fly(int seconds) {
        for (int i = 0; i <= seconds * 10; i++) {
            flight.step(now + i / 10.0);
        }
        now += seconds;
    }
}
