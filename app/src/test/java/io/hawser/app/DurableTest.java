package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlException;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlMessageListener;
import io.hawser.eftl.SubscribeOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept for whom, over HTTP and on the command line: how deep it is, what it is, and its removal. */
@Timeout(60)
class DurableTest extends AdminStage {
    private static final String ALARMS = "{\"kind\":\"alarm\"}";

    DurableTest() {
        super(Map.of("durable.messages", 1_000, "durable.message-ttl", "90m"));
    }

    /** Leaves a durable of that client behind. */
    private void leave(String client, String durable) {
        try (EftlConnection connection = connect(client)) {
            connection
                    .subscribe(SubscribeOptions.matching(ALARMS).durable(durable), message -> {})
                    .join();
        }
    }

    private void publish(int count) {
        try (EftlConnection connection = connect("source")) {
            CompletableFuture.allOf(IntStream.range(0, count)
                            .mapToObj(n -> connection.publish(EftlMessage.builder()
                                    .setString("kind", "alarm")
                                    .setLong("n", n)
                                    .build()))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    @Test
    void tellsHowDeepItIs() {
        leave("gcs", "alarms");
        publish(3);
        assertThat(lines("durable", "ls", "-o", "json"))
                .hasSize(1)
                .allMatch(row -> get("/api/v1/durables").text().contains(row.replaceFirst("\"oldest.*", "")))
                .first()
                .asString()
                .startsWith("{\"kind\":\"durable\",\"owner\":\"eftl/channel/gcs\",\"name\":\"alarms\",\"topic\":\">\","
                        + "\"match\":{\"kind\":\"alarm\"},\"type\":\"standard\",\"messages\":3,"
                        + "\"max_messages\":1000,\"bytes\":")
                .contains("\"max_bytes\":67108864,\"in_flight\":0,\"consumers\":0,\"redelivered\":0,\"dropped\":0,"
                        + "\"expired\":0,\"oldest_seconds\":");
        assertThat(lines("durable", "info", "alarms").get(0))
                .contains("messages=3", "when_full=reject", "message_ttl_seconds=5400", "durable_ttl_seconds=2592000");
    }

    @Test
    void tellsWhatConsumersHold() {
        try (EftlConnection connection = connect("gcs")) {
            connection
                    .subscribe(
                            SubscribeOptions.matching(ALARMS).durable("alarms").acknowledgedByHand(), message -> {})
                    .join();
            publish(4);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> lines("durable", "info", "alarms").get(0).contains("in_flight=4  consumers=1"));
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> lines("durable", "info", "alarms").get(0).contains("in_flight=0  consumers=0"));
    }

    @Test
    void showsMessagesAndKeepsThem() {
        leave("gcs", "alarms");
        publish(900);
        List<String> all = lines("durable", "view", "alarms", "--limit", "5000", "-o", "json");
        assertThat(all).hasSize(900);
        assertThat(all.get(899))
                .isEqualTo(lines("durable", "view", "alarms", "--from", "900", "-o", "json")
                        .get(0))
                .startsWith("{\"id\":900,\"deliveries\":0,\"time\":\"")
                .contains("\"topic\":\"eftl/channel\",\"from\":\"eftl:source\"")
                .endsWith("\"fields\":{\"kind\":\"alarm\",\"n\":899}}");
        assertThat(lines("durable", "view", "alarms", "--from", "10", "--limit", "2"))
                .hasSize(2);
        assertThat(lines("durable", "view", "alarms")).hasSize(100);
        assertThat(get("/api/v1/durables/alarms/messages?from=899&limit=10").text())
                .contains("\"id\":899", "\"id\":900")
                .endsWith("\"next\":901}");
        assertThat(get("/api/v1/durables/alarms/messages?from=901").text()).isEqualTo("{\"items\":[]}");
        assertThat(lines("durable", "info", "alarms").get(0)).contains("messages=900");
    }

    @Test
    void showsWhatCameInATimeOnSomeTopicsAndTheNewest() {
        leave("gcs", "alarms");
        say("robot/1/alarm", 1);
        say("robot/2/alarm", 2);
        say("pump/1/alarm", 3);
        Instant between = Instant.now();
        await().until(() -> Instant.now().isAfter(between.plusMillis(1)));
        say("robot/1/alarm", 4);
        say("robot/3/alarm", 5);

        assertThat(numbers()).containsExactly(1, 2, 3, 4, 5);
        assertThat(numbers("--topic", "robot/*/alarm")).containsExactly(1, 2, 4, 5);
        assertThat(numbers("--topic", "pump/>")).containsExactly(3);
        assertThat(numbers("--until", between.toString())).containsExactly(1, 2, 3);
        assertThat(numbers("--since", between.plusMillis(1).toString())).containsExactly(4, 5);
        assertThat(numbers("--since", "1h", "--topic", "robot/1/>")).containsExactly(1, 4);
        assertThat(numbers("--until", "1h")).isEmpty();
        assertThat(numbers("--last", "2")).containsExactly(4, 5);
        assertThat(numbers("--last", "2", "--topic", "robot/1/alarm", "--since", "2d"))
                .containsExactly(1, 4);
        assertThat(numbers("--last", "1000")).containsExactly(1, 2, 3, 4, 5);
        assertThat(numbers("--from", "3", "--limit", "1", "--topic", "robot/>")).containsExactly(4);
        assertThat(get("/api/v1/durables/alarms/messages?topic=pump/*/alarm&limit=1")
                        .text())
                .contains("\"n\":3")
                .endsWith("\"next\":4}");
    }

    /** What {@code durable view} prints of {@code alarms}, by the number that was said. */
    private List<Integer> numbers(String... options) {
        String[] all = Stream.concat(Stream.of("durable", "view", "alarms"), Stream.of(options))
                .toArray(String[]::new);
        return lines(all).stream()
                .map(line -> Integer.parseInt(line.replaceFirst(".*\"n\":(\\d+).*", "$1")))
                .toList();
    }

    private void say(String topic, int n) {
        try (EftlConnection connection = connect("source")) {
            connection
                    .publish(EftlMessage.builder()
                            .setString("_dest", topic)
                            .setString("kind", "alarm")
                            .setLong("n", n)
                            .build())
                    .join();
        }
    }

    @Test
    void filtersFindWhatIsFarBehindInPagesOfABoundedLength() {
        leave("gcs", "alarms");
        publish(990);
        say("robot/9/alarm", 991);
        publish(9);
        assertThat(numbers("--topic", "robot/>")).containsExactly(991);
        assertThat(numbers("--last", "1", "--topic", "robot/>")).containsExactly(991);
        assertThat(lines("durable", "view", "alarms", "--topic", "eftl/channel", "--limit", "995"))
                .hasSize(995);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            --since soon         | 'since' must be a time such as 2027-01-31T12:00:00Z, or how long ago that is, such as 10m or 2d
            --until 5x           | 'until' must be a time such as 2027-01-31T12:00:00Z, or how long ago that is, such as 10m or 2d
            --since 1m --until 2m | 'since' is after 'until': nothing is between them
            --topic a/>/b        | 'topic': '>' in 'a/>/b' must be the last segment
            --last 0             | --last must be 1 to 1000
            --last 5 --limit 7   | --last goes without --from and --limit
            --limit 0            | --limit must be 1 or more, --from 0 or more
            """)
    void tellsWhatMakesNoSense(String options, String words) {
        leave("gcs", "alarms");
        String[] all = ("durable view alarms " + options).split(" ", -1);
        assertThat(run(all)).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("hawser durable view: " + words + "\n");
    }

    @Test
    void removesMessagesIfOneMeansIt() {
        leave("gcs", "alarms");
        publish(3);
        assertThat(run("durable", "purge", "alarms")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("hawser durable purge: say --yes to remove all messages of it\n");
        assertThat(lines("durable", "info", "alarms").get(0)).contains("messages=3");
        assertThat(lines("durable", "purge", "alarms", "--yes"))
                .containsExactly("purged=alarms  owner=eftl/channel/gcs");
        assertThat(lines("durable", "info", "alarms").get(0))
                .contains("messages=0")
                .doesNotContain("oldest");
        publish(1);
        assertThat(lines("durable", "info", "alarms").get(0)).contains("messages=1");
    }

    @Test
    void removesADurableAndTellsWhoeverConsumes() {
        try (EftlConnection connection = connect("gcs")) {
            CompletableFuture<String> told = new CompletableFuture<>();
            EftlMessageListener ear = new EftlMessageListener() {
                @Override
                public void received(EftlMessage message) {}

                @Override
                public void refused(EftlException why, boolean forGood) {
                    told.complete(why.getMessage());
                }
            };
            connection
                    .subscribe(SubscribeOptions.matching(ALARMS).durable("alarms"), ear)
                    .join();
            assertThat(run("durable", "rm", "alarms", "--yes"))
                    .as(err.toString())
                    .isZero();
            assertThat(told)
                    .succeedsWithin(Duration.ofSeconds(20))
                    .asString()
                    .contains("durable alarms was deleted or taken over");
            assertThat(run("durable", "info", "alarms")).isEqualTo(6);
            assertThat(err.toString()).endsWith("hawser durable info: there is no durable alarms\n");
            assertThat(lines("durable", "ls")).isEmpty();
            assertThat(lines("subs")).isEmpty();
            assertThat(run("durable", "rm", "alarms", "--yes")).isEqualTo(6);
        }
        leave("gcs", "alarms");
        publish(2);
        assertThat(lines("durable", "info", "alarms").get(0)).contains("messages=2");
    }

    @Test
    void asksWhoseItIs() {
        leave("a", "alarms");
        leave("b", "alarms");
        assertThat(run("durable", "info", "alarms")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("hawser durable info: several durables are called alarms; say whose: owner eftl/channel/a,"
                        + " or eftl/channel/b\n");
        assertThat(lines("durable", "info", "alarms", "--owner", "eftl/channel/b")
                        .get(0))
                .contains("owner=eftl/channel/b");
        assertThat(run("durable", "rm", "alarms", "--owner", "eftl/channel/a", "--yes"))
                .isZero();
        assertThat(lines("durable", "info", "alarms").get(0)).contains("owner=eftl/channel/b");
        assertThat(run("durable", "info", "alarms", "--owner", "eftl/channel/a"))
                .isEqualTo(6);
    }
}
