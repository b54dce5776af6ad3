package io.hawser.verify.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.ivy.IvyAgent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole path: an Ivy text arrives as an eFTL event, and back, and a durable misses nothing. */
class FirstMessageTest {
    private static final SubscribeOptions GPS = SubscribeOptions.matching("{\"msg\":\"GPS\"}");

    private final HubFixture hub = new HubFixture();

    @AfterEach
    void stop() {
        hub.close();
    }

    private static long number(EftlMessage message) {
        return ((Value.Int) message.fields().get("lat").orElseThrow()).value();
    }

    /** Returns when the hub asks {@code agent} for its texts. */
    private static void awaitHub(IvyAgent agent) {
        await().until(() -> agent.clients().stream()
                .anyMatch(client ->
                        client.name().equals("HAWSER") && client.regexps().containsValue("(.*)")));
    }

    @Test
    void anIvyTextIsAnEftlEventWithTypedFieldsAndBack() {
        List<EftlMessage> heard = new CopyOnWriteArrayList<>();
        List<List<String>> commands = new CopyOnWriteArrayList<>();
        EftlConnection operator = hub.client("operator");
        operator.subscribe(GPS, heard::add).join();
        IvyAgent flight = hub.agent("FLIGHT");
        flight.bind("^CMD (\\S+) (.*)", (client, args) -> commands.add(args));
        awaitHub(flight);

        flight.send("7 ATTITUDE 1 2 3");
        flight.send("7 GPS 43.5 1.25 100");
        await().until(() -> !heard.isEmpty());
        assertThat(heard.get(0).fields())
                .isEqualTo(Fields.builder()
                        .put("text", "7 GPS 43.5 1.25 100")
                        .put("ac", 7)
                        .put("msg", "GPS")
                        .put("lat", 43.5)
                        .put("lon", 1.25)
                        .put("_dest", "ivy/local/FLIGHT")
                        .build());

        await().until(() -> {
            operator.publish(EftlMessage.ofText("CMD 7 climb 120")).join();
            return !commands.isEmpty();
        });
        assertThat(commands.get(0)).containsExactly("7", "climb 120");
        assertThat(heard).hasSize(1);
    }

    @Test
    void aDurableMissesNoTextWhileItsClientIsAway() {
        List<Long> heard = new CopyOnWriteArrayList<>();
        IvyAgent flight = hub.agent("FLIGHT");
        try (EftlConnection early = hub.client("operator")) {
            early.subscribe(GPS.durable("positions"), message -> heard.add(number(message)))
                    .join();
            awaitHub(flight);
            IntStream.range(0, 500).forEach(n -> flight.send("7 GPS " + n + " 1"));
            await().until(() -> heard.size() == 500);
        }
        EftlConnection witness = hub.client("witness");
        List<Long> seen = new CopyOnWriteArrayList<>();
        witness.subscribe(GPS, message -> seen.add(number(message))).join();
        IntStream.range(500, 3_000).forEach(n -> flight.send("7 GPS " + n + " 1"));
        await().until(() -> seen.size() == 2_500);

        hub.client("operator")
                .subscribe(GPS.durable("positions"), message -> heard.add(number(message)))
                .join();
        await().until(() -> heard.stream().distinct().count() == 3_000);
        assertThat(heard.stream().distinct().toList())
                .isEqualTo(IntStream.range(0, 3_000).mapToObj(n -> (long) n).toList());
    }

    @Test
    void everyAcknowledgedPublicationReachesTheAgentsInOrder() {
        List<String> heard = new CopyOnWriteArrayList<>();
        IvyAgent agent = hub.agent("A");
        agent.bind("^n=(\\d+)$", (client, args) -> heard.add(args.get(0)));
        EftlConnection client = hub.client("c");
        await().until(() -> client.publish(EftlMessage.ofText("n=0")).join() == 1);
        List<CompletableFuture<Integer>> sent = IntStream.rangeClosed(1, 2_000)
                .mapToObj(n -> client.publish(EftlMessage.ofText("n=" + n)))
                .toList();
        assertThat(sent).allSatisfy(receipt -> assertThat(receipt.join()).isEqualTo(1));
        await().until(() -> heard.contains("2000"));
        assertThat(heard.subList(heard.indexOf("1"), heard.size()))
                .isEqualTo(IntStream.rangeClosed(1, 2_000)
                        .mapToObj(String::valueOf)
                        .toList());
    }
}
