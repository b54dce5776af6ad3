package io.hawser.core.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private final Traffic traffic = new Traffic();

    @Test
    void sumsByProtocolAndDirection() {
        traffic.in("ivy", 10);
        traffic.in("ivy", 5);
        traffic.out("eftl", 3, 45);

        assertThat(traffic.sums().keySet()).containsExactly("eftl", "ivy");
        assertThat(traffic.sums())
                .containsEntry("ivy", new Traffic.Sums(2, 15, 0, 0))
                .containsEntry("eftl", new Traffic.Sums(0, 0, 3, 45));
    }

    @Test
    void aBatchIsToldOnce() {
        Departures departures = new Departures(traffic, "eftl");
        departures.add(10);
        departures.add(20);
        assertThat(traffic.sums()).isEmpty();
        departures.tell();
        departures.tell();
        assertThat(traffic.sums()).containsEntry("eftl", new Traffic.Sums(0, 0, 2, 30));
    }

    @Test
    void nothingIsLostBetweenThreads() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                for (int n = 0; n < 10_000; n++) {
                    traffic.in("iot", 2);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(traffic.sums()).containsEntry("iot", new Traffic.Sums(40_000, 80_000, 0, 0));
    }
}
