package io.hawser.app.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.config.HubConfig;
import io.hawser.core.store.StoreException;
import io.hawser.net.CannotListenException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub comes up, goes down, and leaves nothing behind when it cannot. */
class HubTest {
    @Test
    void namesTheAddressThatItListensOn() {
        try (Hub hub = Hub.start(onPort(0))) {
            assertThat(hub.eftlAddress().getPort()).isPositive();
            assertThat(hub.eftlUrl())
                    .isEqualTo("ws://127.0.0.1:" + hub.eftlAddress().getPort() + "/channel");
        }
    }

    @Test
    void startsAgainOnThePortOfAClosedOne() {
        int port;
        try (Hub first = Hub.start(onPort(0))) {
            port = first.eftlAddress().getPort();
        }
        try (Hub second = Hub.start(onPort(port))) {
            assertThat(second.eftlAddress().getPort()).isEqualTo(port);
        }
    }

    @Test
    void closesTwice() {
        Hub hub = Hub.start(onPort(0));
        hub.close();
        hub.close();

        awaitThreads(0);
    }

    /** A pending upload and an entry with a time to live leave a timer of hours. */
    @Test
    void endsAThreadAtOnceThoughSomethingIsPlannedForLater() throws InterruptedException {
        ScheduledExecutorService thread = new HubThreads(ending -> {}).one("hawser-test");
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        Future<?> later = thread.schedule(() -> done.add("later"), 1, TimeUnit.DAYS);
        thread.execute(() -> done.add("now"));
        thread.shutdown();
        assertThat(thread.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(done).containsExactly("now");
        assertThat(later.isCancelled()).isTrue();
    }

    @Test
    void saysThatAPortIsTakenAndLeavesNoThread() {
        try (Hub other = Hub.start(onPort(0))) {
            int port = other.eftlAddress().getPort();
            long before = ownThreads();

            assertThatThrownBy(() -> Hub.start(onPort(port)))
                    .isInstanceOf(CannotListenException.class)
                    .hasMessage("cannot listen on 127.0.0.1:" + port
                            + ": address already in use; stop the other program or choose another port");
            awaitThreads(before);
        }
    }

    @Test
    void keepsItsDataFolderToItself(@TempDir Path folder) {
        HubConfig config = new ConfigReader(Map.of())
                .flag("test", "eftl.port", 0)
                .flag("test", "data", folder.toString())
                .read();
        Hub first = Hub.start(config);
        long before = ownThreads();
        assertThatThrownBy(() -> Hub.start(config))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("in use by another hub");
        awaitThreads(before);
        assertThat(first.failure()).isNotDone();
        first.close();
        Hub.start(config).close();
    }

    private static HubConfig onPort(int port) {
        return new ConfigReader(Map.of()).flag("test", "eftl.port", port).read();
    }

    /** A thread is gone a moment after its last task. */
    private static void awaitThreads(long count) {
        await().atMost(Duration.ofSeconds(10)).until(() -> ownThreads() == count);
    }

    private static long ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("hawser-(loop|store|conductor|password).*"))
                .count();
    }
}
