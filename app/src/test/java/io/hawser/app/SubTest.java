package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code sub} shows of what comes, and {@code pub} of what goes. */
class SubTest {
    private final Hub hub = Hub.start(new ConfigReader(Map.of())
            .flag("test", "eftl.port", 0)
            .flag("test", "eftl.history-messages", 100)
            .read());
    private final CommandStage subscriber = new CommandStage(Map.of("HAWSER_URL", hub.eftlUrl()));
    private final CommandStage publisher = new CommandStage(Map.of("HAWSER_URL", hub.eftlUrl()));

    @TempDir
    private Path folder;

    @AfterEach
    void closeHub() {
        hub.close();
    }

    @Test
    void aMessageIsShownOnceWhateverTopicsFitIt() {
        CompletableFuture<Integer> sub =
                subscribe("robot/*", "robot/7", "state/>", "-I", "state/x", "--topics-only", "--count", "3");
        publish("robot/7", "x=1");
        publish("state/x", "x=1");
        publish("state/y", "x=1");
        publish("robot/8", "x=1");
        assertThat(ended(sub)).isZero();
        assertThat(subscriber.out).hasToString("robot/7\nstate/y\nrobot/8\n");
    }

    @Test
    void anyOfSeveralRegexpsChooses() {
        CompletableFuture<Integer> sub = subscribe("--re", "^a", "--re", "z$", "-r", "--count", "2");
        publish("t", "alpha");
        publish("t", "beta");
        publish("t", "fizz");
        assertThat(ended(sub)).isZero();
        assertThat(subscriber.out).hasToString("alpha\nfizz\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            -F %c:%t:%{x}:%%      | 1:robot/7:1.5:%
            -F %x                 | 68656c6c6f0a
            -F %p                 | hello\\n
            --headers-only        | TIME [#1] robot/7  eftl:CLIENT  26 B
            -d                    | +0.000 [#1] robot/7  eftl:CLIENT  26 B  {"x":1.5,"text":"hello\\n"}
            --translate cut~-c1-6 | {"n":1
            -o csv                | n,time,topic,from,bytes,fields
            """)
    void aLineIsWhatIsAskedFor(String options, String line) {
        CompletableFuture<Integer> sub = subscribe(Stream.concat(
                        Stream.of("robot/7", "--count", "1"),
                        Stream.of(options.split(" ")).map(each -> each.replace('~', ' ')))
                .toArray(String[]::new));
        publish("robot/7", "--json", "{\"x\":1.5,\"text\":\"hello\\n\"}");
        assertThat(ended(sub)).as(subscriber.err.toString()).isZero();
        String shown = subscriber.out.toString().lines().findFirst().orElse("");
        assertThat(shown.replaceAll("\\d\\d:\\d\\d:\\d\\d\\.\\d{3}", "TIME").replaceAll("eftl:\\S+", "eftl:CLIENT"))
                .isEqualTo(line);
    }

    @Test
    void waitingEndsInTime() {
        assertThat(subscriber.fails(5, "sub", "a", "--wait", "100ms"))
                .endsWith("hawser sub: 0 messages came within 0.1 s\n");
        CompletableFuture<Integer> sub = subscribe("b", "--wait", "1s", "--count", "2");
        publish("b", "x=1");
        assertThat(ended(sub)).isEqualTo(5);
        assertThat(subscriber.err.toString()).endsWith("hawser sub: 1 of 2 messages came within 1.0 s\n");
    }

    @Test
    void aDurableKeepsWhatWasNotAcknowledged() {
        String[] keep = {"sub", "alarms/>", "--durable", "alarms", "-r", "--count", "1"};
        assertThat(subscriber.run("sub", "alarms/>", "--durable", "alarms", "--wait", "100ms"))
                .isEqualTo(5);
        publish("alarms/fire", "one");
        publish("alarms/fire", "two");
        assertThat(subscriber.lines(keep)).containsExactly("one");
        assertThat(subscriber.lines(
                        Stream.concat(Stream.of(keep), Stream.of("--ack")).toArray(String[]::new)))
                .containsExactly("one");
        assertThat(subscriber.lines(keep)).containsExactly("two");
    }

    @Test
    void historyComesFirstWhereTheChannelKeepsOne() {
        publish("log/a", "one");
        publish("log/b", "two");
        publish("log/a", "three");
        assertThat(subscriber.lines("sub", "log/a", "--all", "-r", "--count", "2"))
                .containsExactly("one", "three");
        assertThat(subscriber.lines("sub", "log/a", "--start-seq", "2", "-r", "--count", "1"))
                .containsExactly("three");
        assertThat(subscriber.lines("sub", "log/a", "--since", "1970-01-01T00:00:00Z", "-r", "--count", "2"))
                .containsExactly("one", "three");
        assertThat(subscriber.fails(5, "sub", "log/a", "--since", "2100-01-01T00:00:00Z", "--wait", "200ms"))
                .contains("0 messages came");
        assertThat(subscriber.lines("sub", "log/*", "--last", "2", "-r", "--count", "2"))
                .containsExactly("two", "three");
        assertThat(subscriber.lines("sub", "log/b", "--last", "-r", "--count", "1"))
                .containsExactly("two");
        assertThat(subscriber.fails(5, "sub", "log/none", "--last", "--wait", "200ms"))
                .contains("0 messages came");
        assertThat(subscriber.fails(2, "sub", "log/a", "--last", "0")).contains("--last must be 1 or more");
        assertThat(subscriber.fails(2, "sub", "log/a", "--last", "1001")).contains("at most the newest 1000");
        assertThat(subscriber.fails(2, "sub", "log/a", "--last-per-topic")).contains("hawser.retained.topics");
        assertThat(subscriber.fails(2, "sub", "log/a", "--all", "--new")).contains("at a time");
        assertThat(subscriber.fails(2, "sub", "log/a", "--since", "soon")).contains("'soon' is no time");
    }

    @Test
    void aReportCountsTheBusiestTopics() {
        CompletableFuture<Integer> sub = subscribe(">", "--report", "--top", "2", "--count", "4");
        List.of("a", "b", "a", "c").forEach(topic -> publish(topic, "x=1"));
        assertThat(ended(sub)).isZero();
        assertThat(subscriber.out.toString().replaceAll("eftl:\\S+", "eftl:CLIENT"))
                .isEqualTo("""
                        topic=a  messages=2  bytes=14  last_from=eftl:CLIENT
                        topic=b  messages=1  bytes=7  last_from=eftl:CLIENT
                        """);
    }

    @Test
    void aWatchShowsTheNewestOfEachTopic() {
        CompletableFuture<Integer> sub = subscribe(">", "--watch", "-F", "%t %{x}", "--count", "3");
        publish("b", "x=1");
        publish("a", "x=2");
        publish("b", "x=3");
        assertThat(ended(sub)).isZero();
        assertThat(subscriber.out.toString()).endsWith("b 3  (2)\n").contains("a 2  (1)\n");
    }

    @Test
    void theRateIsToldEverySecond() {
        CompletableFuture<Integer> sub = subscribe(">", "--rate", "-o", "raw");
        publish("b", "x=1");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> subscriber.out.toString().contains("1970-01-01T00:00:00Z\t1\t7\n"));
        hub.close();
        assertThat(ended(sub)).isEqualTo(3);
    }

    @Test
    void filesAreSafeFromHostileTopics() throws Exception {
        Path dump = folder.resolve("dump");
        CompletableFuture<Integer> sub = subscribe(">", "--dump", dump.toString(), "--count", "3");
        publish("../../etc/passwd", "x=1");
        publish("~rf é", "x=2");
        publish("n/" + "x".repeat(300), "x=3");
        assertThat(ended(sub)).as(subscriber.err.toString()).isZero();
        try (Stream<Path> files = Files.list(dump)) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .containsExactly(
                            "000001-..%2F..%2Fetc%2Fpasswd.json",
                            "000002-%7Erf%20%C3%A9.json", "000003-n%2F" + "x".repeat(109) + ".json");
        }
        assertThat(subscriber.fails(2, "sub", ">", "--dump", dump.toString(), "--rate"))
                .contains("at a time");
    }

    @Test
    void aCsvFileHoldsNoFormula() throws Exception {
        Path file = folder.resolve("all.csv");
        CompletableFuture<Integer> sub = subscribe(">", "--csv", file.toString(), "--count", "1");
        publish("=cmd(),1", "x=1");
        assertThat(ended(sub)).isZero();
        assertThat(Files.readString(file)
                        .replaceAll("eftl:\\S+?,", "eftl:CLIENT,")
                        .replaceAll("20[^,]*Z", "TIME"))
                .isEqualTo(
                        "n,time,topic,from,bytes,fields\r\n1,TIME,\"'=cmd(),1\",eftl:CLIENT,7,\"{\"\"x\"\":1}\"\r\n");
        assertThat(subscriber.fails(1, "sub", ">", "--csv", file.toString())).contains("is there already");
    }

    @Test
    void manyMessagesGoAtOnceOrFromALine() throws Exception {
        CompletableFuture<Integer> sub = subscribe(">", "-F", "%t %p %{h}", "--count", "5");
        assertThat(publisher.run(
                        "pub",
                        "n/{{count}}",
                        "n={{count}} r={{random 3 3}}",
                        "--templates",
                        "--count",
                        "2",
                        "-H",
                        "h:v"))
                .isZero();
        assertThat(publisher.err.toString()).matches("published 2 messages, \\d+ bytes → 2 receptions in .* s\n");
        assertThat(publisher.fails(0, "pub", "line", "--send-on", "newline")).isEmpty();
        publisher.pipe("one\ntwo\n");
        assertThat(publisher.fails(0, "pub", "line", "--send-on", "newline"))
                .isEqualTo("published 14 bytes → 1 receiver\npublished 14 bytes → 1 receiver\n");
        Path file = Files.writeString(folder.resolve("body"), "x=7");
        assertThat(publisher.lines("pub", "file", "-f", file.toString(), "-o", "json"))
                .first()
                .asString()
                .matches("\\{\"topic\":\"file\",\"bytes\":7,\"receivers\":1,\"ms\":[0-9.]+}");
        assertThat(ended(sub)).isZero();
        assertThat(subscriber.out).hasToString("""
                        n/1 {"n":1,"r":3,"h":"v"} v
                        n/2 {"n":2,"r":3,"h":"v"} v
                        line one\s
                        line two\s
                        file {"x":7}\s
                        """);
    }

    @Test
    void publishingTellsWhatItCannot() {
        assertThat(publisher.fails(2, "pub", "a", "b", "-H", "novalue")).contains("-H must be NAME:VALUE");
        assertThat(publisher.fails(2, "pub", "a", "{{sum}}", "--templates")).contains("{{sum}} is nothing");
        assertThat(publisher.fails(6, "pub", "a", "-f", "/no/such/file")).contains("there is no file");
        assertThat(publisher.fails(2, "pub", "a", "b", "-f", "/etc/hostname")).contains("either BODY or --file");
        assertThat(publisher.fails(2, "pub", "a", "b", "--send-on", "newline")).contains("what is piped in, once");
        assertThat(publisher.fails(0, "pub", "a", "x=1", "--durable"))
                .matches("published 7 bytes → 0 receivers, acknowledged after [0-9.]+ ms\n");
    }

    private void publish(String... line) {
        assertThat(publisher.run(
                        Stream.concat(Stream.of("pub", "-q"), Stream.of(line)).toArray(String[]::new)))
                .as(publisher.err.toString())
                .isZero();
    }

    /** Starts {@code sub} and returns when the hub has its subscriptions. */
    private CompletableFuture<Integer> subscribe(String... line) {
        subscriber.err.getBuffer().setLength(0);
        CompletableFuture<Integer> sub = CompletableFuture.supplyAsync(() ->
                subscriber.run(Stream.concat(Stream.of("sub"), Stream.of(line)).toArray(String[]::new)));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> sub.isDone() || subscriber.err.toString().contains("listening"));
        return sub;
    }

    private static int ended(CompletableFuture<Integer> sub) {
        return sub.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
