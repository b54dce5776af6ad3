package io.hawser.eftl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Java client against the real gateway, over loopback. */
class EftlConnectionTest {
    private final LiveGateway gateway = new LiveGateway();
    private final String url = gateway.url();

    @AfterEach
    void stop() {
        gateway.close();
    }

    private EftlConnection connect(String clientId) {
        return Eftl.connect(url, EftlOptions.defaults().clientId(clientId)).join();
    }

    /** Waits for the end of a connection. */
    private static final class Ending implements EftlConnectionListener {
        final CompletableFuture<Integer> code = new CompletableFuture<>();

        @Override
        public void disconnected(EftlConnection connection, int why, String reason) {
            code.complete(why);
        }
    }

    private static EftlMessage numbered(long n) {
        return EftlMessage.of(Fields.of("n", Value.of(n)));
    }

    private static long number(EftlMessage message) {
        return ((Value.Int) message.fields().get("n").orElseThrow()).value();
    }

    @Test
    void publishesToWhoeverMatches() {
        try (EftlConnection one = connect("one");
                EftlConnection two = connect("two")) {
            List<EftlMessage> heard = new CopyOnWriteArrayList<>();
            two.subscribe(SubscribeOptions.matching("{\"type\":\"hello\"}"), heard::add)
                    .join();
            Fields hello = Fields.builder().put("type", "hello").put("x", 1.5).build();
            assertThat(one.publish(EftlMessage.of(hello)).join()).isEqualTo(1);
            assertThat(one.publish(EftlMessage.ofText("other")).join()).isZero();
            await().until(() -> heard.size() == 1);
            assertThat(heard.get(0).fields()).isEqualTo(hello);
            assertThat(heard.get(0).topic()).contains("eftl/channel");
            assertThat(heard.get(0).from()).contains("eftl:one");
            assertThat(heard.get(0).time()).isPresent();
            assertThat(one.clientId()).isEqualTo("one");
        }
    }

    @Test
    void aTopicGoesToAllAndAQueueToOne() {
        try (EftlConnection one = connect("one");
                EftlConnection two = connect("two")) {
            List<EftlMessage> topics = new CopyOnWriteArrayList<>();
            List<EftlMessage> queued = new CopyOnWriteArrayList<>();
            for (EftlConnection each : List.of(one, two)) {
                each.subscribe(SubscribeOptions.matching("{\"_dest\":\"TOPIC:news\"}"), topics::add)
                        .join();
                each.subscribe(SubscribeOptions.matching("{\"_dest\":\"QUEUE:jobs\"}"), queued::add)
                        .join();
            }
            for (String destination : List.of("TOPIC:news", "news")) {
                assertThat(one.publish(sentTo(destination)).join()).isEqualTo(2);
            }
            for (int i = 0; i < 10; i++) {
                assertThat(one.publish(sentTo("QUEUE:jobs")).join()).isEqualTo(1);
            }
            assertThat(one.publish(sentTo("jobs")).join()).isZero();
            await().until(() -> topics.size() == 4 && queued.size() == 10);
        }
    }

    private static EftlMessage sentTo(String destination) {
        return EftlMessage.builder().setString("_dest", destination).build();
    }

    @Test
    void aDurableMissesNothingWhileItsClientIsAway() {
        List<Long> heard = new CopyOnWriteArrayList<>();
        SubscribeOptions durable = SubscribeOptions.matching("{\"n\":true}").durable("d");
        try (EftlConnection publisher = connect("publisher")) {
            try (EftlConnection away = connect("gcs")) {
                away.subscribe(durable, message -> heard.add(number(message))).join();
                LongStream.range(0, 1_000)
                        .forEach(n -> publisher.publish(numbered(n)).join());
                await().until(() -> heard.size() == 1_000);
            }
            List<CompletableFuture<Integer>> sent = LongStream.range(1_000, 5_000)
                    .mapToObj(n -> publisher.publish(numbered(n)))
                    .toList();
            sent.forEach(CompletableFuture::join);
            try (EftlConnection back = connect("gcs")) {
                back.subscribe(durable, message -> heard.add(number(message))).join();
                await().until(() -> heard.stream().distinct().count() == 5_000);
            }
        }
        assertThat(heard.stream().distinct().toList())
                .isEqualTo(LongStream.range(0, 5_000).boxed().toList());
    }

    @Test
    void acknowledgedByHandComesAgainUntilItIs() {
        SubscribeOptions byHand = SubscribeOptions.everything().durable("d").acknowledgedByHand();
        try (EftlConnection publisher = connect("publisher")) {
            List<EftlMessage> first = new CopyOnWriteArrayList<>();
            try (EftlConnection one = connect("gcs")) {
                one.subscribe(byHand, first::add).join();
                publisher.publish(numbered(1)).join();
                publisher.publish(numbered(2)).join();
                publisher.publish(numbered(3)).join();
                await().until(() -> first.size() == 3);
                one.acknowledge(first.get(1));
            }
            List<EftlMessage> second = new CopyOnWriteArrayList<>();
            try (EftlConnection two = connect("gcs")) {
                two.subscribe(byHand, second::add).join();
                await().until(() -> second.size() == 2);
                assertThat(second).extracting(EftlConnectionTest::number).containsExactly(1L, 3L);
                assertThat(second).extracting(EftlMessage::deliveryCount).containsExactly(2L, 2L);
                assertThat(second.get(0).storeMessageId())
                        .isEqualTo(first.get(0).storeMessageId());
                two.acknowledgeAll(second.get(1));
            }
            List<EftlMessage> third = new CopyOnWriteArrayList<>();
            try (EftlConnection three = connect("gcs")) {
                three.subscribe(byHand, third::add).join();
                publisher.publish(numbered(4)).join();
                await().until(() -> third.size() == 1);
                assertThat(number(third.get(0))).isEqualTo(4);
            }
        }
    }

    @Test
    void orderIsKeptThroughAWindowOfPublications() {
        try (EftlConnection publisher = connect("publisher");
                EftlConnection subscriber = connect("subscriber")) {
            List<Long> heard = new CopyOnWriteArrayList<>();
            subscriber
                    .subscribe(SubscribeOptions.everything(), message -> heard.add(number(message)))
                    .join();
            List<CompletableFuture<Integer>> sent = IntStream.range(0, 5_000)
                    .mapToObj(n -> publisher.publish(numbered(n)))
                    .toList();
            sent.forEach(CompletableFuture::join);
            await().until(() -> heard.size() == 5_000);
            assertThat(heard).isSorted();
        }
    }

    @Test
    void aRefusalSaysWhy() {
        try (EftlConnection connection = connect("c")) {
            assertThatThrownBy(() -> connection
                            .subscribe(SubscribeOptions.matching("{bad"), message -> {})
                            .join())
                    .cause()
                    .isInstanceOfSatisfying(EftlException.class, refused -> {
                        assertThat(refused.code()).isEqualTo(22);
                        assertThat(refused).hasMessageContaining("matcher");
                    });
            Fields wild = Fields.builder().put("_dest", "a/*").build();
            assertThatThrownBy(() -> connection.publish(EftlMessage.of(wild)).join())
                    .hasMessageContaining("_dest");
            assertThat(connection.publish(EftlMessage.ofText("still here")).join())
                    .isZero();
        }
    }

    @Test
    void aMessageOverTheServersLimitIsRefusedBeforeItIsSent() {
        try (EftlConnection connection = connect("c")) {
            assertThatThrownBy(() -> connection
                            .publish(EftlMessage.ofText("x".repeat(1 << 20)))
                            .join())
                    .hasMessageContaining("exceeds the server's limit of 1048576");
            assertThat(connection.publish(EftlMessage.ofText("ok")).join()).isZero();
        }
    }

    @Test
    void aListenerThatThrowsOrIsSlowHarmsNobody() throws InterruptedException {
        CountDownLatch hold = new CountDownLatch(1);
        try (EftlConnection publisher = connect("publisher");
                EftlConnection slow = connect("slow");
                EftlConnection failing = connect("failing")) {
            List<Long> heard = new CopyOnWriteArrayList<>();
            slow.subscribe(SubscribeOptions.everything(), message -> {
                        await().until(() -> hold.getCount() == 0);
                        heard.add(number(message));
                    })
                    .join();
            failing.subscribe(SubscribeOptions.everything(), message -> {
                        throw new IllegalStateException("on purpose");
                    })
                    .join();
            assertThat(publisher.publish(numbered(1)).join()).isEqualTo(2);
            assertThat(publisher.publish(numbered(2)).join()).isEqualTo(2);
            hold.countDown();
            await().until(() -> heard.size() == 2);
        }
    }

    @Test
    void aClosedSubscriptionHearsNothing() {
        try (EftlConnection connection = connect("c")) {
            List<EftlMessage> heard = new CopyOnWriteArrayList<>();
            EftlSubscription gone = connection
                    .subscribe(SubscribeOptions.everything(), heard::add)
                    .join();
            gone.close();
            await().until(() -> connection.publish(numbered(1)).join() == 0);
            int before = heard.size();
            connection.publish(numbered(2)).join();
            assertThat(heard).hasSize(before);
        }
    }

    @Test
    void aSubscriptionThatTheServerTakesAwayIsToldSo() {
        SubscribeOptions durable = SubscribeOptions.everything().durable("d");
        try (EftlConnection connection = connect("c")) {
            CompletableFuture<EftlException> told = new CompletableFuture<>();
            CompletableFuture<Boolean> goneForGood = new CompletableFuture<>();
            EftlMessageListener older = new EftlMessageListener() {
                @Override
                public void received(EftlMessage message) {}

                @Override
                public void refused(EftlException why, boolean forGood) {
                    told.complete(why);
                    goneForGood.complete(forGood);
                }
            };
            connection.subscribe(durable, older).join();
            connection.subscribe(durable, message -> {}).join();
            assertThat(told.join())
                    .isInstanceOf(EftlRefusedException.class)
                    .hasMessageContaining("durable d was deleted or taken over")
                    .extracting(EftlException::code)
                    .isEqualTo(22);
            assertThat(goneForGood.join()).isTrue();
        }
    }

    @Test
    void aNewerConnectionWithTheSameIdEndsTheOlder() {
        Ending ended = new Ending();
        EftlConnection older = Eftl.connect(
                        url, EftlOptions.defaults().clientId("same").listener(ended))
                .join();
        try (EftlConnection newer = connect("same")) {
            assertThat(ended.code.join()).isEqualTo(4000);
            assertThat(newer.publish(numbered(1)).join()).isZero();
            assertThatThrownBy(() -> older.publish(numbered(2)).join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(EftlClosedException.class);
        }
        older.close();
    }

    @Test
    void whatCannotBeConnectedToSaysSo() {
        assertThatThrownBy(() -> Eftl.connect(url.replace("channel", "nowhere"), EftlOptions.defaults())
                        .join())
                .hasMessageContaining("404")
                .hasMessageContaining("no channel /nowhere");
        gateway.close();
        assertThatThrownBy(() -> Eftl.connect(url, EftlOptions.defaults().handshakeTimeout(Duration.ofSeconds(5)))
                        .join())
                .cause()
                .isInstanceOf(EftlException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> Eftl.connect("http://x", EftlOptions.defaults()));
    }

    @Test
    void closingFailsWhatIsStillOpen() {
        Ending ended = new Ending();
        EftlConnection connection =
                Eftl.connect(url, EftlOptions.defaults().listener(ended)).join();
        connection.close();
        assertThat(ended.code.join()).isEqualTo(1000);
        assertThatThrownBy(() -> connection.publish(numbered(1)).join()).hasMessageContaining("closed");
        connection.close();
    }
}
