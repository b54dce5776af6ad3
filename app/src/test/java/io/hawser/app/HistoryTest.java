package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The history of a channel on the disk: it outlives the hub as long as the channel keeps one. */
@Timeout(120)
class HistoryTest {
    @TempDir
    private Path data;

    private Hub start(int messages) {
        return Hub.start(new ConfigReader(Map.of())
                .flag("--port", "eftl.port", 0)
                .flag("--data", "data", data.toString())
                .flag("--history", "eftl.history-messages", messages)
                .read());
    }

    private static EftlConnection connect(Hub hub) {
        return Eftl.connect(hub.eftlUrl(), EftlOptions.defaults()).join();
    }

    private static void publish(EftlConnection connection, long from, long to) {
        for (long n = from; n <= to; n++) {
            assertThat(connection
                            .publish(EftlMessage.builder().setLong("n", n).build())
                            .join())
                    .isZero();
        }
    }

    private static List<EftlMessage> read(EftlConnection connection, String matcher, long since) {
        List<EftlMessage> heard = new CopyOnWriteArrayList<>();
        connection
                .subscribe(SubscribeOptions.matching(matcher).since(since), heard::add)
                .join();
        return heard;
    }

    private static List<Long> numbers(List<EftlMessage> messages) {
        return messages.stream()
                .map(message -> message.getLong("n").orElseThrow())
                .toList();
    }

    @Test
    void historyOutlivesTheHubAndGoesWithItsSetting() {
        long second;
        try (Hub hub = start(4);
                EftlConnection one = connect(hub)) {
            publish(one, 1, 3);
            List<EftlMessage> heard = read(one, "", 0);
            await().until(() -> heard.size() == 3);
            second = heard.get(1).storeMessageId();
        }
        try (Hub hub = start(4);
                EftlConnection one = connect(hub)) {
            List<EftlMessage> all = read(one, "", 0);
            List<EftlMessage> later = read(one, "{\"n\":true}", second);
            await().until(() -> all.size() == 3 && later.size() == 1);
            publish(one, 4, 6);
            await().until(() -> all.size() == 6 && later.size() == 4);
            assertThat(numbers(all)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
            assertThat(numbers(later)).containsExactly(3L, 4L, 5L, 6L);
            assertThat(later.get(0).topic()).contains("eftl/channel");
            List<EftlMessage> kept = read(one, "", 0);
            await().until(() -> kept.size() == 4);
            assertThat(numbers(kept)).containsExactly(3L, 4L, 5L, 6L);
        }
        try (Hub hub = start(0);
                EftlConnection one = connect(hub)) {
            assertThatThrownBy(() -> read(one, "", 0)).hasMessageContaining("channel /channel keeps no history");
            publish(one, 7, 7);
        }
        try (Hub hub = start(4);
                EftlConnection one = connect(hub)) {
            List<EftlMessage> heard = read(one, "", 0);
            publish(one, 8, 8);
            await().atMost(Duration.ofSeconds(20)).until(() -> !heard.isEmpty());
            assertThat(numbers(heard)).containsExactly(8L);
        }
    }
}
