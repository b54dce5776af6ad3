package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages are recorded, and published again. */
@Timeout(60)
class RecordingTest extends AdminStage {
    private static final Fields TYPED = Fields.builder()
            .put("_dest", "robot/7/pose")
            .put("n", 1)
            .put("x", 2.0)
            .put("nan", Double.NaN)
            .put("at", new Value.DateTime(1_700_000_000_123L))
            .put("raw", new Value.Opaque(new byte[] {0, 1, -1}))
            .put("a/b~c", new Value.Nested(Fields.of("when", new Value.DateTime(5))))
            .put("list", new Value.Sequence(List.of(new Value.DateTime(6), new Value.DateTime(7))))
            .put("text", "zwei\nZeilen \u202e\u0007")
            .build();

    @TempDir
    private Path folder;

    RecordingTest() {
        super(Map.of());
    }

    private String url() {
        return hub.eftlUrl();
    }

    private List<EftlMessage> heard(EftlConnection client) {
        List<EftlMessage> heard = new CopyOnWriteArrayList<>();
        client.subscribe(SubscribeOptions.matching("{}"), heard::add).join();
        return heard;
    }

    private void record(Path file, String... more) throws IOException {
        try (EftlConnection publisher = connect("publisher")) {
            List<String> arguments = new ArrayList<>(List.of("record", file.toString(), "-s", url()));
            arguments.addAll(List.of(more));
            CompletableFuture<Integer> recording =
                    CompletableFuture.supplyAsync(() -> run(arguments.toArray(String[]::new)));
            await().until(() -> err.toString().contains("recording to"));
            publisher.publish(EftlMessage.of(TYPED)).join();
            publisher
                    .publish(EftlMessage.of(
                            Fields.builder().put("_dest", "other").put("n", 2).build()))
                    .join();
            publisher
                    .publish(EftlMessage.of(
                            Fields.builder().put("_dest", "robot/8").put("n", 3).build()))
                    .join();
            assertThat(recording.join()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"run.ndjson", "run.ndjson.gz"})
    void whatWasRecordedIsSaidAgainWithItsTypes(String name) throws IOException {
        Path file = folder.resolve(name);
        record(file, "robot/>", "--count", "2");
        try (EftlConnection client = connect("client")) {
            List<EftlMessage> heard = heard(client);
            assertThat(run("replay", file.toString(), "-s", url(), "--speed", "0"))
                    .as(err.toString())
                    .isZero();
            await().until(() -> heard.size() == 2);
            assertThat(heard.get(0).fields()).isEqualTo(TYPED);
            assertThat(heard.get(0).fields().names()).containsExactlyElementsOf(TYPED.names());
            assertThat(heard.get(1).getLong("n")).hasValue(3);
            assertThat(err.toString()).contains("published 2 messages in ").contains(" → 2 receptions");
        }
    }

    @Test
    void aRecordingIsReadByAnyToolAndKeptInOnePiece() throws IOException {
        Path file = folder.resolve("run.ndjson");
        record(file, "--count", "3");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(2))
                .matches("\\{\"n\":3,\"at\":\\d+\\.\\d{6},\"time\":\"[^\"]+Z\",\"topic\":\"robot/8\","
                        + "\"from\":\"eftl:publisher\",\"fields\":\\{\"n\":3},\"types\":\\{}}");
        assertThat(run("record", file.toString(), "-s", url())).isEqualTo(1);
        assertThat(err.toString()).endsWith("run.ndjson is there already; --force replaces it\n");
        assertThat(Files.readAllLines(file)).isEqualTo(lines);
    }

    @Test
    void aReplayIsAsFastAsItIsToldUnderOtherTopicsAndMoreThanOnce() throws IOException {
        Path file = folder.resolve("run.ndjson");
        Files.writeString(
                file, line("0.0", "robot/1") + line("0.4", "robot/2") + line("0.4", "away") + "{\"n\":4,\"at");
        try (EftlConnection client = connect("client")) {
            List<EftlMessage> heard = heard(client);
            long begun = System.nanoTime();
            assertThat(run(
                            "replay",
                            file.toString(),
                            "robot/*",
                            "-s",
                            url(),
                            "--speed",
                            "2",
                            "--loop",
                            "2",
                            "--topic-map",
                            "robot/*=sim/{1}/x"))
                    .as(err.toString())
                    .isZero();
            long millis = (System.nanoTime() - begun) / 1_000_000;
            assertThat(millis).isGreaterThanOrEqualTo(400);
            await().until(() -> heard.size() == 4);
            assertThat(heard)
                    .extracting(message -> message.topic().orElseThrow())
                    .containsExactly("sim/1/x", "sim/2/x", "sim/1/x", "sim/2/x");
            assertThat(err.toString()).contains("line 4 is not complete; the recording breaks off there");
        }
    }

    private static String line(String at, String topic) {
        return "{\"at\":" + at + ",\"time\":\"2026-11-22T10:00:00Z\",\"topic\":\"" + topic
                + "\",\"fields\":{\"n\":1}}\n";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    nonsense                  | line 2: not a JSON object: Unrecognized token 'nonsense'
                    {}                        | line 2: no line of a recording: it lacks "topic"
                    {"topic":"a/*"}           | line 2: a topic must not hold '*', '>' or control characters
                    {"topic":"a","fields":1}  | line 2: no line of a recording: it lacks "fields"
                    {"topic":"a","fields":{}} | line 2: no line of a recording: "at" must be seconds since it began
                    {"topic":"a","fields":{},"at":0,"time":"now"} | line 2: no line of a recording: "time" must be as
                    {"topic":"a","fields":{"x":"y"},"types":{"/x":"datetime"},"at":0,"time":"2026-11-22T10:00:00Z"} | line 2: the field /x is no datetime
                    """)
    void aLineThatIsNoneEndsTheReplayWithItsNumber(String wrong, String expected) throws IOException {
        Path file = folder.resolve("wrong.ndjson");
        Files.writeString(file, line("0", "a") + wrong + "\n" + line("0", "b"));
        assertThat(run("replay", file.toString(), "-s", url())).isEqualTo(1);
        assertThat(err.toString()).contains(expected.strip().replace("\"\"", "\""));
    }

    @Test
    void aHubThatGoesIsToldOfByWhoReplaysWithWhatWasPublished() throws IOException {
        Path file = folder.resolve("run.ndjson");
        Files.writeString(file, line("0.0", "robot/1") + line("3600", "robot/2"));
        List<EftlMessage> heard = heard(connect("client"));
        CompletableFuture<Integer> replay =
                CompletableFuture.supplyAsync(() -> run("replay", file.toString(), "-s", url()));
        await().until(() -> heard.size() == 1);
        hub.close();
        assertThat(replay.join()).isEqualTo(3);
        assertThat(err.toString())
                .containsPattern(
                        "published 1 messages in .* s → 1 receptions\nhawser replay: the hub ended the connection: ");
    }

    @Test
    void whatWasNotConfirmedIsNotCountedAsPublished() throws IOException {
        Path file = folder.resolve("run.ndjson");
        Files.writeString(file, line("0", "robot/1").repeat(100));
        List<EftlMessage> heard = heard(connect("client"));
        CompletableFuture<Integer> replay = CompletableFuture.supplyAsync(
                () -> run("replay", file.toString(), "-s", url(), "--speed", "0", "--loop"));
        await().until(() -> heard.size() > 100);
        hub.close();
        assertThat(replay.join()).isEqualTo(3);
        assertThat(err.toString())
                .containsPattern("published \\d+ messages in .*\nhawser replay: the hub ended the connection: ");
    }

    @Test
    void whatIsToBeReplacedStaysUntilTheHubHasAgreed() throws IOException {
        Path file = folder.resolve("run.ndjson");
        Files.writeString(file, "precious");
        assertThat(run("record", file.toString(), "-s", url(), "--force", "--match", "{\"a\":1.5}"))
                .isEqualTo(2);
        assertThat(file).hasContent("precious");
        record(file, "--count", "3", "--force");
        assertThat(Files.readAllLines(file)).hasSize(3);
        assertThat(err.toString()).contains("recorded 3 messages\n");
    }

    @Test
    void whatCannotBeReplayedIsSaid() {
        assertThat(run("replay", folder.resolve("none").toString(), "-s", url()))
                .isEqualTo(6);
        assertThat(run("replay", "x", "-s", url(), "--speed", "-1")).isEqualTo(2);
        assertThat(run("replay", "x", "-s", url(), "--topic-map", "a")).isEqualTo(2);
        assertThat(run("replay", "x", "-s", url(), "--topic-map", "a/*=b/{2}")).isEqualTo(2);
        assertThat(err.toString())
                .contains("there is no file ")
                .contains("--speed must be 0 to 1000000")
                .contains("must be FROM=TO")
                .contains("'a/*' has no wildcard number 2");
    }
}
