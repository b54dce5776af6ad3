package io.hawser.eftl;

import static io.hawser.eftl.Script.welcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.durable.DurableSettings.WhenFull;
import io.hawser.eftl.gateway.EftlSettings;
import io.hawser.eftl.gateway.channel.EftlChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reading what a channel of Hawser's own hub keeps of its history. */
class ClientHistoryTest {
    private static final EftlOptions OPTIONS = EftlOptions.defaults();
    private static final String OURS = welcome("false").replace("}", ",'_hawser':'1'}");

    @Test
    void historyGoesOnWhereItWas() {
        Script script = Script.loggedIn(OPTIONS, OURS);
        script.connection()
                .subscribe(
                        SubscribeOptions.matching("{}").since(0),
                        message -> script.note("heard " + message.storeMessageId()));
        script.hears("> {'op':3,'id':'1','matcher':'{}','stopped':false,'ack':'none','_since':0}");
        script.says(
                "{'op':4,'id':'1','_since':0}",
                "{'op':7,'to':'1','seq':1,'sid':17,'body':{}}",
                "{'op':7,'to':'1','seq':2,'sid':21,'body':{}}");
        script.hears("heard 17", "heard 21");
        script.comesBack("true");
        script.hears("> {'op':3,'id':'1','matcher':'{}','stopped':false,'ack':'none','_since':21}", "state CONNECTED");
    }

    @Test
    void historyIsReadWithoutADurableAndWithoutAStop() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SubscribeOptions.everything().durable("d").since(0))
                .withMessageContaining("history is read without a durable");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> SubscribeOptions.everything().startingStopped().since(0));
    }

    @Test
    @Timeout(120)
    void fromHistoryToWhatComesThereIsNoGapAndNothingTwice() {
        DurableSettings history = DurableSettings.DEFAULT.withRoom(100_000, 64 << 20, WhenFull.DROP_OLDEST);
        try (LiveGateway gateway = new LiveGateway(keeping(history));
                EftlConnection publisher = Eftl.connect(gateway.url(), OPTIONS).join();
                EftlConnection reader = Eftl.connect(gateway.url(), OPTIONS).join()) {
            List<Long> heard = new CopyOnWriteArrayList<>();
            List<Long> stored = new CopyOnWriteArrayList<>();
            CompletableFuture<EftlSubscription> reading = new CompletableFuture<>();
            for (long n = 0; n < 3_000; n++) {
                publisher.publish(EftlMessage.builder().setLong("n", n).build());
                if (n == 1_500) {
                    reading = reader.subscribe(SubscribeOptions.everything().since(0), message -> {
                        heard.add(message.getLong("n").orElseThrow());
                        stored.add(message.storeMessageId());
                    });
                }
            }
            reading.join();
            await().atMost(Duration.ofSeconds(60)).until(() -> heard.size() >= 3_000);
            assertThat(heard).isEqualTo(LongStream.range(0, 3_000).boxed().toList());
            List<Long> again = new CopyOnWriteArrayList<>();
            reader.subscribe(
                            SubscribeOptions.matching("{\"n\":2999}").since(stored.get(10)),
                            message -> again.add(message.storeMessageId()))
                    .join();
            await().atMost(Duration.ofSeconds(60)).until(() -> !again.isEmpty());
            assertThat(again).containsExactly(stored.get(2_999));
        }
    }

    private static EftlSettings keeping(DurableSettings history) {
        return EftlSettings.DEFAULT.withChannels(List.of(EftlChannel.DEFAULT.withHistory(Optional.of(history))));
    }
}
