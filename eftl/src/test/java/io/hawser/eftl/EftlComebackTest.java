package io.hawser.eftl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.eftl.EftlOptions.WhenFull;
import io.hawser.eftl.engine.EftlState;
import io.hawser.net.fault.FaultPlan;
import io.hawser.net.fault.FaultPlan.Faults;
import io.hawser.net.fault.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Java client against the real gateway, over TCP that is cut. */
class EftlComebackTest {
    private static final Duration SOON = Duration.ofMillis(50);

    private final LiveGateway gateway = new LiveGateway();
    private final FaultProxy proxy = new FaultProxy(gateway.address(), FaultPlan.always(Faults.NONE.sliced(512)), 0);
    private final String url = LiveGateway.url(proxy.address());
    private final List<EftlState> states = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        proxy.close();
        gateway.close();
    }

    private EftlOptions options(String id) {
        return EftlOptions.defaults().clientId(id).autoReconnectMaxDelay(SOON);
    }

    private EftlConnection connect(EftlOptions options) {
        EftlConnectionListener listener = new EftlConnectionListener() {
            @Override
            public void stateChanged(EftlConnection connection, EftlState state) {
                states.add(state);
            }
        };
        return Eftl.connect(url, options.listener(listener)).join();
    }

    private static EftlMessage numbered(long n) {
        return EftlMessage.builder().setLong("n", n).build();
    }

    private static long number(EftlMessage message) {
        return message.getLong("n").orElseThrow();
    }

    @Test
    void nothingIsLostOverManyCuts() {
        List<Long> heard = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Integer>> sent = new CopyOnWriteArrayList<>();
        try (EftlConnection publisher = connect(
                        options("publisher").maxUnacknowledged(100, 1 << 20).whenFull(WhenFull.WAIT));
                EftlConnection subscriber = connect(options("subscriber"))) {
            subscriber
                    .subscribe(SubscribeOptions.everything().durable("d"), message -> heard.add(number(message)))
                    .join();
            for (long n = 0; n < 3_000; n++) {
                sent.add(publisher.publish(numbered(n)));
                if (n % 500 == 250) {
                    proxy.resetAll();
                }
            }
            sent.forEach(CompletableFuture::join);
            await().until(() -> heard.stream().distinct().count() == 3_000);
            assertThat(heard.stream().distinct().sorted().toList())
                    .isEqualTo(LongStream.range(0, 3_000).boxed().toList());
            assertThat(states).contains(EftlState.RECONNECTING);
            assertThat(publisher.clientId()).isEqualTo("publisher");
        }
    }

    @Test
    void aLiveSubscriptionHearsAgain() {
        List<Long> heard = new CopyOnWriteArrayList<>();
        List<String> stood = new CopyOnWriteArrayList<>();
        try (EftlConnection connection = connect(options("c"))) {
            EftlMessageListener listener = new EftlMessageListener() {
                @Override
                public void received(EftlMessage message) {
                    heard.add(number(message));
                }

                @Override
                public void subscribed(EftlSubscription subscription) {
                    stood.add(subscription.id());
                }
            };
            connection.subscribe(SubscribeOptions.everything(), listener).join();
            connection.publish(numbered(1)).join();
            proxy.resetAll();
            await().until(() -> stood.size() == 2);
            connection.publish(numbered(2)).join();
            await().until(() -> heard.contains(2L));
            assertThat(states)
                    .containsExactly(
                            EftlState.CONNECTING, EftlState.CONNECTED, EftlState.RECONNECTING, EftlState.CONNECTED);
        }
        assertThat(states).endsWith(EftlState.DISCONNECTING, EftlState.DISCONNECTED);
    }

    @Test
    void theProgramReconnectsWhereTheLibraryDoesNot() {
        List<Long> heard = new CopyOnWriteArrayList<>();
        try (EftlConnection connection = connect(options("c").autoReconnectAttempts(0))) {
            connection
                    .subscribe(SubscribeOptions.everything(), message -> heard.add(number(message)))
                    .join();
            proxy.resetAll();
            await().until(() -> connection.state() == EftlState.DISCONNECTED);
            assertThat(connection.reconnect().join()).isSameAs(connection);
            // the new session's subscription stands some time after its login
            await().until(() -> {
                connection.publish(numbered(1)).join();
                return heard.contains(1L);
            });
        }
    }

    @Test
    void publishersWaitForRoomWhenToldTo() {
        try (EftlConnection connection =
                connect(options("c").maxUnacknowledged(4, 1 << 20).whenFull(WhenFull.WAIT))) {
            List<CompletableFuture<Integer>> sent = LongStream.range(0, 500)
                    .mapToObj(n -> connection.publish(numbered(n)))
                    .toList();
            assertThat(sent).allSatisfy(receipt -> assertThat(receipt.join()).isZero());
        }
    }

    @Test
    void closingWaitsForWhatIsUnderWay() {
        EftlConnection connection = connect(options("c"));
        List<CompletableFuture<Integer>> sent = LongStream.range(0, 1_000)
                .mapToObj(n -> connection.publish(numbered(n)))
                .toList();
        connection.close();
        assertThat(sent).allSatisfy(receipt -> assertThat(receipt.join()).isZero());
        assertThat(connection.state()).isEqualTo(EftlState.DISCONNECTED);
    }

    @Test
    void closingInsideAListenerDoesNotWaitForItself() {
        EftlConnection connection = connect(options("c"));
        connection
                .subscribe(SubscribeOptions.everything(), message -> connection.close())
                .join();
        connection.publish(numbered(1)).join();
        await().until(() -> connection.state() == EftlState.DISCONNECTED);
    }

    @Test
    void theSecondAddressServesWhenTheFirstDoesNot() {
        String dead = "ws://127.0.0.1:1/channel";
        try (EftlConnection connection =
                Eftl.connect(dead + "|" + gateway.url(), options("c")).join()) {
            assertThat(connection.publish(numbered(1)).join()).isZero();
        }
    }
}
