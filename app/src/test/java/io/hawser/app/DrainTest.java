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
import io.hawser.net.http.HttpCall;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hub that is drained: what it acknowledged has arrived or is kept, and what it did not is not half done. */
@Timeout(60)
class DrainTest extends AdminStage {
    private static final int MESSAGES = 20_000;
    private static final int BEFORE = 500;

    DrainTest() {
        super(Map.of());
    }

    @Test
    void whatIsAcknowledgedHasArrivedWhenTheHubIsGone() throws InterruptedException {
        Set<Long> heard = ConcurrentHashMap.newKeySet();
        Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
        Queue<Throwable> refused = new ConcurrentLinkedQueue<>();
        CountDownLatch some = new CountDownLatch(BEFORE);
        EftlConnection subscriber = once("subscriber");
        subscriber
                .subscribe(
                        SubscribeOptions.everything(),
                        message -> heard.add(message.getLong("n").orElseThrow()))
                .join();
        EftlConnection publisher = once("publisher");
        for (long n = 1; n <= MESSAGES; n++) {
            long number = n;
            publisher.publish(EftlMessage.builder().setLong("n", n).build()).whenComplete((receivers, failure) -> {
                if (failure == null) {
                    acknowledged.add(number);
                    some.countDown();
                } else {
                    refused.add(failure);
                }
            });
            if (n == BEFORE) {
                assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
                assertThat(lines("drain")).containsExactly("draining=true  seconds=30");
            }
        }
        assertThat(hub.drain().done().orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
        assertThatThrownBy(() -> once("late")).hasMessageContaining("lets nobody in any more");
        assertThat(send(HttpCall.get(URI.create(url + "/readyz"))).status()).isEqualTo(503);
        assertThat(send(HttpCall.get(URI.create(url + "/livez"))).status()).isEqualTo(200);
        assertThat(lines("audit").toString()).contains("admin.POST").contains("/api/v1/drain");
        hub.close();
        subscriber.close();
        publisher.close();
        assertThat(acknowledged.size() + refused.size()).isEqualTo(MESSAGES);
        assertThat(acknowledged).hasSizeBetween(BEFORE, MESSAGES - 1);
        assertThat(heard).containsExactlyInAnyOrderElementsOf(acknowledged);
    }

    /** A client that does not come back by itself. */
    private EftlConnection once(String id) {
        return Eftl.connect(hub.eftlUrl(), EftlOptions.defaults().clientId(id).autoReconnectAttempts(0))
                .join();
    }

    @Test
    void aHubThatNobodyUsesIsDrainedAtOnce() {
        assertThat(hub.drain().begin().orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
        assertThat(hub.drain().begin().join()).as("once more").isTrue();
    }

    /** Asks for everything, and reads nothing but the welcome. */
    private static final class Mute implements WebSocket.Listener {
        private final CountDownLatch welcome = new CountDownLatch(1);

        @Override
        public void onOpen(WebSocket socket) {
            socket.request(1);
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            welcome.countDown();
            return CompletableFuture.completedFuture(null);
        }
    }

    @Test
    void whoDoesNotReadIsWaitedForNoLongerThanThat() throws InterruptedException {
        ConfigReader settings =
                new ConfigReader(Map.of()).flag("test", "eftl.port", 0).flag("test", "drain", "500ms");
        try (Hub other = Hub.start(settings.read());
                EftlConnection publisher =
                        Eftl.connect(other.eftlUrl(), EftlOptions.defaults()).join()) {
            Mute mute = new Mute();
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .subprotocols("v1.eftl.tibco.com")
                    .buildAsync(URI.create(other.eftlUrl()), mute)
                    .join();
            socket.sendText("{\"op\":1,\"client_id\":\"mute\"}", true).join();
            assertThat(mute.welcome.await(20, TimeUnit.SECONDS)).isTrue();
            socket.sendText("{\"op\":3,\"id\":\"1\",\"matcher\":\"{}\"}", true).join();
            EftlMessage large = EftlMessage.ofText("x".repeat(60_000));
            await().atMost(20, TimeUnit.SECONDS)
                    .until(() -> publisher.publish(large).join() == 1);
            for (int i = 0; i < 300; i++) {
                publisher.publish(large).join();
            }
            assertThat(other.drain().begin().orTimeout(20, TimeUnit.SECONDS).join())
                    .isFalse();
            socket.abort();
        }
    }
}
