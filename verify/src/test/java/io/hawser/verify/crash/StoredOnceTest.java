package io.hawser.verify.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A publisher whose hub was killed before it acknowledged sends everything again; the durable has it once. */
class StoredOnceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MESSAGES = 400;
    private static final int ENOUGH = 150;

    @TempDir
    private Path folder;

    @Test
    void whatIsSentAgainAfterAKillIsStoredOnce() throws Exception {
        List<Long> heard = new CopyOnWriteArrayList<>();
        String token;
        try (HubProcess hub = HubProcess.start(folder)) {
            try (EftlConnection subscriber = hub.client("s")) {
                subscriber
                        .subscribe(SubscribeOptions.everything().durable("d"), message -> {})
                        .join();
            }
            Publisher publisher = new Publisher(hub.url(), "");
            token = publisher.welcomed();
            publisher.publish(MESSAGES);
            await().atMost(PATIENCE).until(() -> publisher.acknowledged() >= ENOUGH);
            hub.kill();
        }
        try (HubProcess hub = HubProcess.start(folder)) {
            Publisher publisher = new Publisher(hub.url(), token);
            publisher.welcomed();
            publisher.publish(MESSAGES);
            await().atMost(PATIENCE).until(() -> publisher.acknowledged() == MESSAGES);
            try (EftlConnection subscriber = hub.client("s")) {
                subscriber
                        .subscribe(
                                SubscribeOptions.everything().durable("d"),
                                message -> heard.add(message.getLong("n").orElseThrow()))
                        .join();
                subscriber.publish(
                        EftlMessage.builder().setLong("n", MESSAGES + 1).build());
                await().atMost(PATIENCE).until(() -> heard.contains(MESSAGES + 1L));
            }
        }
        assertThat(heard)
                .isEqualTo(LongStream.rangeClosed(1, MESSAGES + 1).boxed().toList());
    }

    /** A client of which every frame is under control. */
    private static final class Publisher implements WebSocket.Listener {
        private static final Pattern WELCOME = Pattern.compile("\"op\":2,.*\"id_token\":\"([^\"]*)\"");
        private static final Pattern DONE = Pattern.compile("\"op\":9,\"seq\":\\d+\\}");

        private final List<String> frames = new CopyOnWriteArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private final WebSocket socket;

        Publisher(String url, String token) {
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(url), this)
                    .join();
            send("{\"op\":1,\"protocol\":1,\"client_type\":\"java\",\"client_id\":\"p\",\"id_token\":\"" + token
                    + "\",\"login_options\":{\"_qos\":\"true\",\"_resume\":\"true\"}}");
        }

        private void send(String frame) {
            socket.sendText(frame, true).join();
        }

        /** The token of the welcome. */
        String welcomed() {
            await().atMost(PATIENCE).until(() -> !frames.isEmpty());
            Matcher welcome = WELCOME.matcher(frames.get(0));
            assertThat(welcome.find()).as(frames.get(0)).isTrue();
            return welcome.group(1);
        }

        void publish(int count) {
            for (int n = 1; n <= count; n++) {
                send("{\"op\":8,\"seq\":" + n + ",\"body\":{\"n\":" + n + "}}");
            }
        }

        long acknowledged() {
            return frames.stream().filter(frame -> DONE.matcher(frame).find()).count();
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                frames.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
